import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isOwnCaller } from '../../src/sandbox/own-caller.ts';
import { anyCharacter } from '../support/any-character.ts';
import { inherited } from '../support/cli-process.ts';
import { call, formOf, intentFields, openSandbox } from '../support/open-sandbox.ts';
import { answering, closedPort } from '../support/server.ts';

const json = { 'content-type': 'application/json' };

describe('controls', () => {
	test('read orders and deliveries, decide, and send again: the same bytes, or broken on purpose', async () => {
		const { box, shop, seen } = await openSandbox();
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ callback_url: shop }));
		const settled = await call('POST', `${box.url}/_callsim/orders/ORD-0060/settle`, {
			outcome: 'success',
		});
		expect(settled.status).toBe(200);
		const { json: read } = await call('GET', `${box.url}/_callsim/orders/ORD-0060`);
		expect(read).toMatchObject({ state: 'paid', amount: '60.00', outcomes: [] });
		const resend = `${box.url}/_callsim/deliveries/ORD-0060/resend`;
		await call('POST', resend, { times: 2 });
		await call('POST', resend, { unsigned: true });
		await call('POST', resend, { tamper: 'amount=1.00' });
		const bodies = seen.slice(1).map(({ body }) => body.toString());
		expect(bodies.slice(1, 3)).toEqual([bodies[0], bodies[0]]);
		expect(bodies[3]).not.toContain('checksum');
		expect(formOf(seen[5] ?? { body: Buffer.from('') })['amount']).toBe('1.00');
		const { json: sent } = await call('GET', `${box.url}/_callsim/deliveries?order=ORD-0060`);
		expect(sent.deliveries).toHaveLength(6);
		expect(sent.deliveries[1].attempts[0]).toMatchObject({ status: 200, answer: 'answer 2' });
	});

	test('say once why a receiver that is not there was not reached', async () => {
		const { box } = await openSandbox();
		const callback_url = `http://127.0.0.1:${await closedPort()}/cb`;
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ callback_url }));
		await box.settle('ORD-0060', 'success');
		const { json: sent } = await call('GET', `${box.url}/_callsim/deliveries?order=ORD-0060`);
		expect(sent.deliveries[1].attempts[0]).toEqual({
			at: expect.any(Number),
			offsetMs: 0,
			came: 'connection refused (ECONNREFUSED)',
			acknowledged: false,
		});
	});

	test('send late, on the clock of the sandbox', async () => {
		const { box, shop, seen } = await openSandbox();
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ callback_url: shop }));
		await box.settle('ORD-0060', 'success');
		await box.resend('ORD-0060', { afterMs: 60_000 });
		await box.advance('59s');
		expect(seen).toHaveLength(2);
		await box.advance('1s');
		expect(seen).toHaveLength(3);
	});

	test('let the next call fail, and only that', async () => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/banks`;
		box.failNext('500');
		box.failNext('429');
		box.failNext('reset');
		expect((await call('GET', url)).status).toBe(500);
		const busy = await call('GET', url);
		expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '60']);
		expect(Number(busy.headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
		await expect(call('GET', url)).rejects.toThrow('fetch failed');
		expect((await call('GET', url)).status).toBe(200);
	});

	test('say what cannot be done', async () => {
		const { box } = await openSandbox();
		const at = `${box.url}/_callsim`;
		await call('POST', `${box.url}/v3/payment-intents`, intentFields());
		const wrong = [
			await call('POST', `${at}/orders/ORD-9/settle`, { outcome: 'success' }),
			await call('POST', `${at}/orders/ORD-0060/settle`, { outcome: 'maybe' }),
			await call('POST', `${at}/advance`, { by: 'soon' }),
			await call('POST', `${at}/deliveries/ORD-0060/resend`, { times: 1000 }),
			await call('POST', `${at}/nothing`, {}),
		];
		expect(wrong.map(({ status }) => status)).toEqual([409, 409, 400, 409, 409]);
		expect(wrong.every(({ json: { message } }) => message.length > 10)).toBe(true);
	});

	test('are where a browser is led that opens the address itself; a shop is told what is wrong', async () => {
		for (const providers of [['bayarcash'], ['khoins']]) {
			const { box } = await openSandbox({ providers });
			const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
			const visit = await call('GET', `${box.url}/`, undefined, { accept });
			expect([visit.status, visit.headers.get('location')]).toEqual([303, '/_callsim/']);
			expect(box.calls()).toEqual([]);
			expect((await call('GET', `${box.url}/`)).status).toBe(404);
			const asked = await call('GET', `${box.url}/?tujuan=1`, undefined, { accept });
			expect(asked.status).toBe(providers[0] === 'khoins' ? 200 : 404);
		}
	});

	test('guess no address below a base address, and one that is misspelt', async () => {
		const { box } = await openSandbox({ providers: ['bayarcash'] });
		const said = async (path: string) => (await call('GET', box.url + path)).json.message;
		for (const path of ['/v3/', '/v3', '/api/v2/', '/api']) {
			expect(await said(path)).toContain('nothing is at /');
			expect(await said(path)).not.toContain('did you mean');
		}
		expect(await said('/v3/bank')).toContain('did you mean /v3/banks?');
	});

	test('are none of the calls of the shop', async () => {
		const { box } = await openSandbox();
		for (const [path, body] of [
			['fail', { as: '500' }],
			['balances/iak', { amount: '5' }],
			['reset', {}],
		] as const)
			expect((await call('POST', `${box.url}/_callsim/${path}`, body)).status).toBe(200);
		expect(box.calls()).toEqual([]);
	});

	test('are for this machine and no page of another', () => {
		const url = 'http://127.0.0.1:4848';
		const asked = (from: string, headers: Record<string, string>) =>
			isOwnCaller({ from, headers }, url);
		expect(asked('127.0.0.1', { host: 'localhost:4848' })).toBe(true);
		expect(asked('::ffff:127.0.0.1', { host: '127.0.0.1:4848' })).toBe(true);
		expect(asked('::1', { host: '[::1]:4848' })).toBe(true);
		expect(asked('10.0.0.7', { host: '127.0.0.1:4848' })).toBe(false);
		expect(asked('127.0.0.1', { host: 'rebound.example:4848' })).toBe(false);
		expect(asked('127.0.0.1', { host: 'localhost:4848', origin: 'http://evil.example' })).toBe(
			false,
		);
		expect(asked('127.0.0.1', { host: 'localhost:4848', origin: 'null' })).toBe(false);
		expect(asked('127.0.0.1', { host: 'localhost:4848', origin: 'http://localhost:3000' })).toBe(
			false,
		);
		expect(asked('127.0.0.1', { host: 'localhost:4848', origin: 'http://localhost:4848' })).toBe(
			true,
		);
	});

	test('refuse a foreign origin over the wire, too', async () => {
		const { box } = await openSandbox();
		const headers = { ...json, origin: 'http://evil.example' };
		const answer = await call('POST', `${box.url}/_callsim/reset`, {}, headers);
		expect(answer.status).toBe(403);
	});

	test('tell of every change on a stream', async () => {
		const { box } = await openSandbox();
		const answer = await fetch(`${box.url}/_callsim/events`);
		const reader = answer.body?.getReader();
		const read = async () => Buffer.from((await reader?.read())?.value ?? []).toString();
		expect(await read()).toContain(': callsim');
		await call('GET', `${box.url}/v3/banks`);
		expect(await read()).toContain('event: changed');
		await reader?.cancel();
	});
});

/** Not fc.webPath, which takes a second to get ready. */
const path = fc
	.string({ unit: fc.constantFrom(...'aZ0-._~!$&()*+,;=:@/', '%41', '%2F', '%00', '%ff', '..') })
	.map((text) => `/${text}`);

describe('what comes in is bounded', () => {
	test('a body of more than a megabyte is answered 413', async () => {
		const { box } = await openSandbox();
		const answer = await fetch(`${box.url}/v3/payment-intents`, {
			method: 'POST',
			body: 'x'.repeat(1024 * 1024 + 1),
		});
		expect(answer.status).toBe(413);
		expect((await call('GET', `${box.url}/v3/banks`)).status).toBe(200);
	});

	test('no bytes take it down', async () => {
		const { box } = await openSandbox();
		const { hostname, port } = new URL(box.url);
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: anyCharacter }), path, async (body, path) => {
				const socket = createConnection({ host: hostname, port: Number(port) });
				const length = Buffer.byteLength(body);
				socket.write(
					`POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer t\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n${body}`,
				);
				const answer = await new Promise<string>((resolve) => {
					let text = '';
					socket
						.on('data', (chunk) => (text += chunk))
						.once('close', () => resolve(text))
						.once('error', () => resolve(text));
				});
				expect(answer).toMatch(/^HTTP\/1\.1 [2-4]\d\d /);
			}),
			{ numRuns: 50 },
		);
		expect((await call('GET', `${box.url}/v3/banks`)).status).toBe(200);
	});
});

describe('--state', () => {
	const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
	async function started(file: string): Promise<{ url: string; kill(): Promise<void> }> {
		const child = spawn(
			process.execPath,
			[
				bin,
				'sandbox',
				'--port',
				'0',
				'--state',
				file,
				'--outcome',
				'ask',
				'--delay',
				'0',
				'--speed',
				'1',
			],
			{ env: inherited() },
		);
		onTestFinished(() => void child.kill('SIGKILL'));
		const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		let text = '';
		const url = await new Promise<string>((resolve) =>
			child.stdout.on('data', (chunk) => {
				text += chunk;
				const [, found] = /sandbox on (\S+)\n/.exec(text) ?? [];
				if (found !== undefined) resolve(found);
			}),
		);
		return {
			url,
			async kill() {
				child.kill('SIGKILL');
				await ended;
			},
		};
	}

	test('survives a kill: orders, deliveries, keys and what was still to be tried', async () => {
		const file = join(mkdtempSync(join(tmpdir(), 'callsim-sandbox-')), 'state.jsonl');
		const shop = await answering(200, 500, 200);
		const first = await started(file);
		const key = { 'idempotency-key': 'k' };
		const fields = intentFields({ callback_url: shop.url });
		const made = await call('POST', `${first.url}/v3/payment-intents`, fields, key);
		await call('POST', `${first.url}/_callsim/orders/ORD-0060/settle`, { outcome: 'success' });
		await first.kill();
		writeFileSync(file, '{"kind":"order","id":"torn', { flag: 'a' });

		const second = await started(file);
		const again = await call('POST', `${second.url}/v3/payment-intents`, fields, key);
		expect(again.json.id).toBe(made.json.id);
		const { json: read } = await call('GET', `${second.url}/_callsim/orders/ORD-0060`);
		expect(read.state).toBe('paid');
		await call('POST', `${second.url}/_callsim/advance`, { by: '5m' });
		const { json: sent } = await call('GET', `${second.url}/_callsim/deliveries?order=ORD-0060`);
		expect(sent.deliveries[1]).toMatchObject({ why: 'acknowledged' });
		expect(sent.deliveries[1].attempts.map(({ status }: { status: number }) => status)).toEqual([
			500, 200,
		]);
		expect(shop.seen[2]?.body).toEqual(shop.seen[1]?.body);
		await second.kill();
		expect(readFileSync(file, 'utf8')).not.toContain('torn');
	});
});
