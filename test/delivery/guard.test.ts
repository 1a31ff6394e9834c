import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLocalAddress, isLocalhostName } from '../../src/delivery/address.ts';
import { permittedAddresses, RemoteAddress } from '../../src/delivery/guarded-lookup.ts';
import { attemptWith, deliveryOf, only, run } from '../support/deliver.ts';
import { answering } from '../support/server.ts';
import { needs } from '../support/tools.ts';

describe('what is local', () => {
	test.each([
		'127.0.0.1',
		'127.255.255.254',
		'0.0.0.0',
		'::',
		'[::]',
		'::1',
		'[::1]',
		'10.0.0.1',
		'172.16.0.1',
		'172.31.255.255',
		'192.168.1.10',
		'100.64.0.1',
		'100.127.255.255',
		'fc00::1',
		'fd12::1',
		'fe80::1',
		'fe80::1%eth0',
		'febf::1',
		'::ffff:127.0.0.1',
		'::ffff:10.1.2.3',
		'::ffff:7f00:1',
	])('%s', (address) => {
		expect(isLocalAddress(address)).toBe(true);
	});
	test.each([
		'8.8.8.8',
		'169.254.169.254',
		'172.15.255.255',
		'172.32.0.0',
		'192.167.255.255',
		'100.63.255.255',
		'100.128.0.0',
		'128.0.0.1',
		'2001:db8::1',
		'fec0::1',
		'fbff::1',
		'::ffff:8.8.8.8',
		'::ffff:169.254.169.254',
		'::2',
		'localhost',
		'',
	])('not %s', (address) => {
		expect(isLocalAddress(address)).toBe(false);
	});
	test('a mapped address is judged as the address it maps', () => {
		fc.assert(
			fc.property(fc.ipV4(), (address) => {
				expect(isLocalAddress(`::ffff:${address}`)).toBe(isLocalAddress(address));
			}),
		);
	});
	test.each([
		['localhost', true],
		['LOCALHOST.', true],
		['shop.localhost', true],
		['notlocalhost', false],
		['localhost.example.com', false],
	])('the name %s: %s, without asking DNS', (name, expected) => expect(isLocalhostName(name)).toBe(expected));
});

describe('the dialled address', () => {
	const resolving =
		(...addresses: string[]) =>
		() =>
			Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

	test('one remote address among local ones refuses the name', async () => {
		await expect(permittedAddresses('shop.test', false, resolving('127.0.0.1', '93.184.216.34'))).rejects.toThrow(
			RemoteAddress,
		);
		await expect(permittedAddresses('shop.test', true, resolving('93.184.216.34'))).resolves.toHaveLength(1);
		await expect(permittedAddresses('shop.test', false, resolving('127.0.0.1', '10.0.0.1'))).resolves.toHaveLength(2);
	});

	test('a name that turns remote in the middle of a schedule ends the delivery there', async () => {
		const { url, seen } = await answering(500);
		let asked = 0;
		const resolve = () => resolving(++asked === 1 ? '127.0.0.1' : '93.184.216.34')();
		const delivery = await deliveryOf('bayarcash/transaction-success', url.replace('127.0.0.1', 'shop.test'));
		const events = await run([delivery], { attempt: attemptWith({ resolve }) });
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
				listening(address, `${process.execPath} "${bin}" fire iak/pulsa-success --to ${address}:8080 ${flag}`),
			);
		expect(fire('192.168.77.5')).toMatchObject({ status: 0 });
		const refused = fire('203.0.113.5');
		expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('target-remote') as string });
		expect(refused.stdout).not.toContain('attempt');
		expect(fire('203.0.113.5', '--allow-remote')).toMatchObject({ status: 0 });
	});
});
