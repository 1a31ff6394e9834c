import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forward, pathFor } from '../../src/inspect/forward.ts';
import { composed } from '../support/catalogue.ts';
import { deliveryOf, run } from '../support/deliver.ts';
import { listening } from '../support/listening.ts';
import { callsim } from '../support/run-cli.ts';
import { closedPort } from '../support/server.ts';

interface Got {
	readonly raw: readonly string[];
	readonly method: string | undefined;
	readonly url: string | undefined;
	readonly body: Buffer;
}

/** A receiver that keeps what it gets, byte for byte. */
async function receiver(respond: (response: ServerResponse, request: IncomingMessage) => void) {
	const got: Got[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { rawHeaders: raw, method, url } = request;
		got.push({ raw, method, url, body: Buffer.concat(chunks) });
		respond(response, request);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

/** What a raw client is answered, byte for byte. */
const exchange = (url: string, request: Buffer): Promise<string> =>
	new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(request));
		socket.on('data', (chunk) => chunks.push(chunk));
		socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
		socket.on('error', reject);
	});

describe('listen --forward-to', () => {
	test('hands on every byte and header but those of the connection, and answers the same way', async () => {
		const to = await receiver((response) => {
			response.sendDate = false;
			response.writeHead(418, 'I am a Teapot', [
				...['X-One', '1', 'x-one', '2', 'Set-Cookie', 'a=b', 'Set-Cookie', 'c=d'],
				...['Content-Type', 'text/x', 'Content-Length', '3', 'Keep-Alive', 'timeout=9'],
				...['X-Gone', 'here', 'Connection', 'close, X-Gone'],
			]);
			response.end(Buffer.from([0xff, 0x00, 0x0a]));
		});
		const listener = await listening(['--forward-to', to.origin]);
		const body = Buffer.from([0x61, 0x3d, 0xff, 0x00, 0x0d, 0x0a]);
		const head = [
			'PUT /a%2Fb/?q=1?r=%20 HTTP/1.1',
			'hOsT: shop.example.com',
			'X-B: 2',
			'x-a:  1',
			'X-B: 3',
			'Connection: close, x-drop',
			'x-drop: 1',
			'TE: trailers',
			'Expect: 100-continue',
			'Content-Length: 6',
			'',
			'',
		].join('\r\n');
		const answer = await exchange(listener.url, Buffer.concat([Buffer.from(head), body]));
		const [got] = to.got;
		expect(got).toMatchObject({ method: 'PUT', url: '/a%2Fb/?q=1?r=%20', body });
		const { host } = new URL(to.origin);
		expect(got?.raw.slice(0, 10)).toEqual([
			'hOsT',
			host,
			'X-B',
			'2',
			'x-a',
			'1',
			'X-B',
			'3',
			'Content-Length',
			'6',
		]);
		expect(got?.raw.join()).not.toMatch(/x-drop|trailers|100-continue/i);
		const own = answer.replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, '');
		expect(own).toMatch(
			/^HTTP\/1.1 418 I am a Teapot\r\nX-One: 1\r\nx-one: 2\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\nContent-Type: text\/x\r\nContent-Length: 3\r\n/,
		);
		expect(own).not.toMatch(/X-Gone|timeout=9|Date:/);
		expect(own.endsWith('\r\n\r\n\xff\x00\n')).toBe(true);
		expect(await listener.received(1)).toMatchObject([
			{ answered: 418, forwarded: { url: `${to.origin}/a%2Fb/?q=1?r=%20`, status: 418 } },
		]);
	});

	test('shows what came and what was answered, and verifies it', async () => {
		const to = await receiver((response) => response.writeHead(500).end('SQLSTATE[42S02]'));
		const listener = await listening(['bayarcash', '--forward-to', `${to.origin}/hook`]);
		await run([await deliveryOf('bayarcash/transaction-success', listener.url, {}, 'none')]);
		expect(await listener.received(1)).toMatchObject([
			{
				event: 'bayarcash/transaction-success',
				genuine: true,
				answered: 500,
				forwarded: { url: `${to.origin}/hook`, status: 500, body: 'SQLSTATE[42S02]' },
			},
		]);
		expect(to.got[0]?.body.toString()).toBe(
			Buffer.from((await composed('bayarcash/transaction-success')).request.body ?? []).toString(),
		);
	});

	test('lets the receiver ask for Digest, and its sender answer', async () => {
		const behind = await listening(['transfez']);
		const listener = await listening(['transfez', '--forward-to', new URL(behind.url).origin]);
		const events = await run([
			await deliveryOf('transfez/transaction-completed', listener.url, {}, 'none'),
		]);
		expect(events.at(-1)).toMatchObject({ exitCode: 0 });
		expect(await listener.received(2)).toMatchObject([
			{ answered: 401, challenged: true },
			{ answered: 200, genuine: true },
		]);
		expect(await behind.received(2)).toMatchObject([{ answered: 401 }, { genuine: true }]);
	});

	test('answers 502 with a sentence where nobody listens, and goes on', async () => {
		const listener = await listening(['--forward-to', `127.0.0.1:${await closedPort()}`]);
		for (let round = 1; round <= 2; round++) {
			const answer = await fetch(listener.url, { method: 'POST', body: 'a=1' });
			expect(answer.status).toBe(502);
			expect(await answer.text()).toMatch(/could not hand it on to .*: nothing listens there\.\n$/);
		}
		expect(await listener.received(2)).toMatchObject([
			{
				answered: 502,
				forwarded: { failure: expect.stringContaining('nothing listens') as string },
			},
			{ answered: 502 },
		]);
	});

	test.each([
		['a remote address', ['--forward-to', 'http://203.0.113.7/cb'], 'target-remote'],
		['a metadata service', ['--forward-to', 'http://169.254.169.254/'], 'target-remote'],
		[
			'an answer of our own beside it',
			['--forward-to', ':1', '--answer', '200'],
			'option-conflict',
		],
		['what is no URL', ['--forward-to', 'ftp://localhost/'], 'target-invalid'],
	])('refuses %s before it listens', async (_name, args, code) => {
		expect(await callsim(['listen', '--port', '0', ...args])).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining(`error ${code}`) as string,
		});
	});

	test('refuses to hand on to itself', async () => {
		const port = String(await closedPort());
		for (const host of ['127.0.0.1', 'localhost'])
			expect(
				await callsim(['listen', '--port', port, '--forward-to', `http://${host}:${port}/cb`]),
			).toMatchObject({ code: 2, stderr: expect.stringContaining('is callsim itself') as string });
	});
});

test('a name that leads elsewhere at the moment of dialling is not dialled', async () => {
	const request = {
		method: 'POST',
		url: '/',
		headers: {},
		rawHeaders: [],
		body: Buffer.from('a=1'),
	};
	const options = {
		to: new URL('http://shop.test:9/cb'),
		reach: { insecure: false, allowRemote: false },
		signal: new AbortController().signal,
		lookUp: async () => [{ address: '203.0.113.7', family: 4 }],
	};
	expect(await forward(request, options)).toMatchObject({
		failure: expect.stringContaining('is not on this machine or its private network') as string,
	});
});

test('a receiver that never answers is given up', async () => {
	const mute = await receiver(() => undefined);
	const request = {
		method: 'POST',
		url: '/',
		headers: {},
		rawHeaders: [],
		body: Buffer.from('a=1'),
	};
	const options = {
		to: new URL(mute.origin),
		reach: { insecure: false, allowRemote: false },
		signal: new AbortController().signal,
		patience: 20,
	};
	expect(await forward(request, options)).toMatchObject({
		failure: expect.stringContaining('did not answer in time') as string,
	});
});

test.each([
	['http://a/', '/x/y?b=1', '/x/y?b=1'],
	['http://a', '/x', '/x'],
	['http://a/cb', '/x?b=1', '/cb?b=1'],
	['http://a/cb', '/x', '/cb'],
	['http://a/cb?k=1', '/x?b=1', '/cb?k=1&b=1'],
	['http://a/cb?k=1', '/x', '/cb?k=1'],
	['http://a/', '/x?', '/x?'],
	['http://a/', '*', '/'],
])('%s, asked for %s, is asked for %s', (to, asked, expected) => {
	expect(pathFor(new URL(to), asked)).toBe(expected);
});
