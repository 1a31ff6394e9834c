import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { permittedAddresses, RemoteAddress } from '../../src/delivery/guarded-lookup.ts';
import { lineOpener } from '../../src/delivery/kept-line.ts';
import { reachOf } from '../../src/delivery/reach.ts';
import { attemptWith, deliveryOf, only, run } from '../support/deliver.ts';
import { answering, serve } from '../support/server.ts';
import { needs } from '../support/tools.ts';

describe('the dialled address', () => {
	const resolving =
		(...addresses: string[]) =>
		() =>
			Promise.resolve(
				addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
			);

	const shop = new URL('http://shop.test/cb');

	test('one remote address among local ones refuses the name', async () => {
		await expect(
			permittedAddresses(shop, reachOf({}), resolving('127.0.0.1', '93.184.216.34')),
		).rejects.toThrow(RemoteAddress);
		await expect(
			permittedAddresses(shop, reachOf({ allowRemote: true }), resolving('93.184.216.34')),
		).resolves.toHaveLength(1);
		await expect(
			permittedAddresses(shop, reachOf({}), resolving('127.0.0.1', '10.0.0.1')),
		).resolves.toHaveLength(2);
	});

	test('a name that turns remote in the middle of a schedule ends the delivery there', async () => {
		const { url, seen } = await answering(500);
		let asked = 0;
		const resolve = () => resolving(++asked === 1 ? '127.0.0.1' : '93.184.216.34')();
		const delivery = await deliveryOf(
			'bayarcash/transaction-success',
			url.replace('127.0.0.1', 'shop.test'),
		);
		const events = await run([delivery], { attempt: attemptWith({ lookUp: resolve }) });
		expect(seen).toHaveLength(1);
		expect(only(events, 'attempt')).toHaveLength(1);
		expect(only(events, 'finished')[0]).toMatchObject({
			why: 'refused-target',
			attempts: 1,
			lastStatus: 500,
			acknowledged: false,
		});
		expect(events.at(-1)).toMatchObject({ exitCode: 2 });
	});
});

describe.skipIf(!needs('unshare', 'ip'))('in a network of its own', () => {
	const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
	/** A namespace whose only interface is a loopback with one public and one private address: nothing can leave it. */
	const inNamespace = (command: string) =>
		spawnSync(
			'unshare',
			[
				'-rn',
				'sh',
				'-ec',
				`ip link set lo up; ip addr add 203.0.113.5/32 dev lo; ip addr add 192.168.77.5/32 dev lo; ${command}`,
			],
			{ encoding: 'utf8', timeout: 15_000 },
		);
	const listening = (address: string, then: string) =>
		`${process.execPath} -e "require('http').createServer((q,r)=>r.end('OK')).listen(8080,'${address}',()=>console.log('up'))" & server=$!; trap "kill $server" EXIT; for i in 1 2 3 4 5 6 7 8 9 10; do if ${process.execPath} -e "require('net').connect(8080,'${address}').on('connect',()=>process.exit(0)).on('error',()=>process.exit(1))"; then break; fi; done; ${then}`;

	test('a private address is fired at, a public one is not', () => {
		const fire = (address: string, flag = '') =>
			inNamespace(
				listening(
					address,
					`${process.execPath} "${bin}" fire iak/pulsa-success --to ${address}:8080 ${flag}`,
				),
			);
		expect(fire('192.168.77.5')).toMatchObject({ status: 0 });
		const refused = fire('203.0.113.5');
		expect(refused).toMatchObject({
			status: 2,
			stderr: expect.stringContaining('target-remote') as string,
		});
		expect(refused.stdout).not.toContain('attempt');
		expect(fire('203.0.113.5', '--allow-remote')).toMatchObject({ status: 0 });
	});
});

test('a machine that is busy while it dials does not make a listening receiver unreachable', async () => {
	const { url } = await answering(200);
	// The address that answers first, and one that refuses; the process is held up right after it has begun to dial.
	const resolve = async () => {
		setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400));
		return [
			{ address: '127.0.0.1', family: 4 },
			{ address: '::1', family: 6 },
		];
	};
	const delivery = await deliveryOf('iak/pulsa-success', url.replace('127.0.0.1', 'shop.test'));
	const events = await run([delivery], { attempt: attemptWith({ lookUp: resolve }) });
	expect(only(events, 'finished')[0]).toMatchObject({ why: 'acknowledged' });
});

test('a line of a burst that is dialled anew is judged anew, by the address that it then leads to', async () => {
	let asked = 0;
	const { url, seen } = await serve((_, response) => {
		response.writeHead(500, { connection: 'close' }).end();
	});
	const lookUp = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '203.0.113.9', family: 4 }];
	const target = new URL(url.replace('127.0.0.1', 'shop.test'));
	const open = await lineOpener(target, { ...reachOf({}), timeout: 0, keepsBody: false, lookUp });
	const request = { method: 'POST', path: '/', headers: [], body: Buffer.from('a') } as const;
	const ends = await new Promise<unknown[]>((resolve) => {
		const told: unknown[] = [];
		const tell = (what: unknown) => {
			told.push(what);
			if (told.length === 2) resolve(told);
			else line.send({ ...request, headers: [] });
		};
		const line = open({ answered: tell, failed: tell, broken: tell });
		line.send({ ...request, headers: [] });
	});
	expect(ends).toEqual([500, expect.any(RemoteAddress)]);
	expect(seen).toHaveLength(1);
});
