import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reachOf } from '../../src/delivery/reach.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { composed } from '../support/catalogue.ts';
import { attemptWith } from '../support/deliver.ts';
import { closedPort, serve, serveTcp } from '../support/server.ts';

type Options = Parameters<typeof attemptWith>[0];

async function outcomeOf(
	url: string,
	options: Options = {},
	signal?: AbortSignal,
): Promise<Outcome> {
	const { request } = await composed('iak/pulsa-success', {}, { target: new URL(url) });
	return (await attemptWith(options)(request, 0, signal)).outcome;
}

test('the body arrives as the bytes that were signed, with the few headers a provider would send', async () => {
	const { url, seen } = await serve((_seen, response) => response.end('OK'));
	const { request } = await composed(
		'bayarcash/transaction-success',
		{ set: ['payer_name=Siti é | Kedai'] },
		{ target: new URL(url) },
	);
	await attemptWith()(request, 0, undefined);
	expect(Buffer.compare(seen[0]?.body ?? Buffer.alloc(0), Buffer.from(request.body ?? []))).toBe(0);
	expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual([
		'accept',
		'connection',
		'content-length',
		'content-type',
		'host',
		'user-agent',
	]);
});

describe('outcomes', () => {
	test('an answer of more than 64 KiB is cut there, and one that never ends cannot hang the tool', async () => {
		const { url } = await serve((_seen, response) => {
			response.writeHead(200);
			const more = (): void => {
				while (response.write('x'.repeat(16_384)));
				response.once('drain', () => more());
			};
			more();
		});
		expect(await outcomeOf(url, { timeout: 0 })).toMatchObject({
			kind: 'answered',
			status: 200,
			truncated: true,
			body: { length: 65_536 },
		});
	});

	test('an answer of exactly 64 KiB is whole', async () => {
		const { url } = await serve((_seen, response) => response.end('x'.repeat(65_536)));
		expect(await outcomeOf(url)).toMatchObject({ truncated: false, body: { length: 65_536 } });
	});

	test.each([
		['headers', (_write: (text: string) => void): void => undefined],
		[
			'body',
			(write: (text: string) => void): void =>
				write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'),
		],
	] as const)(
		'a timeout tells that the %s did not come, close to the time asked for',
		async (phase, begin) => {
			const url = await serveTcp((socket) =>
				socket.once('data', () => begin((text) => socket.write(text))),
			);
			const outcome = await outcomeOf(url, { timeout: 300 });
			expect(outcome).toMatchObject({ kind: 'timed-out', phase });
			// A timer may fire a millisecond early by the clock that measures it.
			expect(outcome.tookMs).toBeGreaterThanOrEqual(295);
		},
	);

	test.each([
		['closed', (socket: import('node:net').Socket) => socket.end()],
		['reset', (socket: import('node:net').Socket) => socket.resetAndDestroy()],
		['malformed', (socket: import('node:net').Socket) => socket.end('SSH-2.0-OpenSSH\r\n')],
	] as const)('a connection that is %s before an answer is broken', async (cause, act) => {
		const url = await serveTcp((socket) => socket.once('data', () => act(socket)));
		expect(await outcomeOf(url)).toMatchObject({ kind: 'broken', cause });
	});

	test.each([
		['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK'],
		['HTTP/1.1 200 OK\r\ncontent-length: 2\r\n', 'content-length: 2'],
		['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-a', 'x-a'],
	])('an answer that ends within its head says behind what: %j', async (text, last) => {
		const url = await serveTcp((socket) => socket.once('data', () => socket.end(text)));
		const outcome = await outcomeOf(url);
		expect(outcome).toMatchObject({ kind: 'broken', cause: 'closed' });
		expect('detail' in outcome && outcome.detail).toContain(
			`within the head of the answer, behind "${last}"`,
		);
	});

	test('a refused port, a name that does not exist and TLS where there is none are unreachable', async () => {
		expect(await outcomeOf(`http://127.0.0.1:${await closedPort()}/`)).toMatchObject({
			kind: 'unreachable',
			cause: 'refused',
		});
		expect(await outcomeOf(`http://localhost:${await closedPort()}/`)).toMatchObject({
			kind: 'unreachable',
			cause: 'refused',
		});
		const missing = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
		expect(
			await outcomeOf('http://shop.test/', { lookUp: () => Promise.reject(missing) }),
		).toMatchObject({
			kind: 'unreachable',
			cause: 'name-not-found',
		});
		const { url } = await serve((_seen, response) => response.end());
		expect(await outcomeOf(url.replace('http:', 'https:'))).toMatchObject({
			kind: 'unreachable',
			cause: 'tls',
		});
	});

	test('an informational answer is not the answer', async () => {
		const url = await serveTcp((socket) =>
			socket.once('data', () =>
				socket.write(
					'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK',
				),
			),
		);
		expect(await outcomeOf(url)).toMatchObject({ kind: 'answered', status: 200 });
	});

	test('an interruption while the receiver thinks is an attempt without an answer; before it is none', async () => {
		const controller = new AbortController();
		const url = await serveTcp((socket) =>
			socket.once('data', () => controller.abort(new Error('enough'))),
		);
		expect(await outcomeOf(url, {}, controller.signal)).toMatchObject({
			kind: 'broken',
			cause: 'closed',
			detail: 'interrupted',
		});
		await expect(outcomeOf(url, {}, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
			'enough',
		);
	});

	test('a timeout longer than a Node timer can hold does not fire at once', async () => {
		const { url } = await serve((_seen, response) => response.end('OK'));
		expect(await outcomeOf(url, { timeout: 25 * 86_400_000 })).toMatchObject({ kind: 'answered' });
	});
});

/** A server with a certificate of its own for localhost; the names that it was asked for. */
async function serveTls() {
	const folder = mkdtempSync(join(tmpdir(), 'callsim-tls-'));
	const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
	const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert];
	execFileSync('openssl', [...made, '-days', '1', '-subj', '/CN=localhost'], { stdio: 'ignore' });
	const asked: (string | undefined)[] = [];
	const server = createServer(
		{ key: readFileSync(key), cert: readFileSync(cert) },
		(request, response) => {
			asked.push((request.socket as TLSSocket).servername || undefined, request.headers.host);
			response.end('OK');
		},
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	return { port: (server.address() as AddressInfo).port, asked };
}

test('a certificate of one’s own needs --insecure', async () => {
	const { port } = await serveTls();
	const url = `https://localhost:${port}/`;
	expect(await outcomeOf(url)).toMatchObject({ kind: 'unreachable', cause: 'tls' });
	expect(await outcomeOf(url, { insecure: true })).toMatchObject({ kind: 'answered', status: 200 });
});

test('a name that is said to be somewhere is the one that TLS and HTTP ask for', async () => {
	const { port, asked } = await serveTls();
	const reach = reachOf({ insecure: true, resolve: { 'shop.test': '127.0.0.1' } });
	expect(await outcomeOf(`https://shop.test:${port}/`, reach)).toMatchObject({ status: 200 });
	expect(asked).toEqual(['shop.test', `shop.test:${port}`]);
});
