import { describe, expect, test } from 'vitest';
import { ask } from '../../src/delivery/ask.ts';
import { RemoteAddress } from '../../src/delivery/guarded-lookup.ts';
import { type ConnectionOptions, connect } from '../../src/delivery/http.ts';
import type { BodyPace } from '../../src/model/request.ts';
import { serve, serveTcp } from '../support/server.ts';

const options: ConnectionOptions = { timeout: 5_000, insecure: false, allowRemote: false };
const header = (name: string, value: string) => ({ name, value, shown: value, shell: value });
const request = (url: string, more: { body?: Uint8Array; pace?: BodyPace } = {}) => ({
	method: 'POST',
	url: new URL(url),
	headers: [header('x-a', '1')],
	body: Buffer.from('abcdef'),
	...more,
});
const to = (url: string, more: Partial<ConnectionOptions> = {}) =>
	connect(new URL(url), { ...options, ...more });
/** A name server that has been asked, and does not answer. */
const silent = () => new Promise<never>(() => undefined);

/** Answers so on every connection, and counts them. */
async function speaking(...answers: string[]) {
	const seen = { connections: 0, requests: 0 };
	const url = await serveTcp((socket) => {
		seen.connections++;
		socket.on('data', () => {
			socket.write(answers[Math.min(seen.requests++, answers.length - 1)] ?? '');
		});
	});
	return { url, seen };
}
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK';

test.each(['http://203.0.113.9/', 'http://[2001:db8::1]/', 'https://169.254.169.254/'])(
	'a connection to %s is not even opened',
	async (url) => {
		await expect(to(url)).rejects.toThrow(RemoteAddress);
	},
);

describe('a connection', () => {
	test('is made by the first request, and kept for the next', async () => {
		const { url, seen } = await speaking(ok);
		const connection = await to(url);
		expect(connection.isConnected()).toBe(false);
		expect(await connection.send(request(url))).toMatchObject({ kind: 'answered', status: 200 });
		expect(connection.isConnected()).toBe(true);
		await connection.send(request(url));
		await connection.close();
		expect(seen).toEqual({ connections: 1, requests: 2 });
	});

	test('on which something may still come is not used again', async () => {
		const long = `HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n${'x'.repeat(70_000)}`;
		const { url, seen } = await speaking(long, ok);
		const connection = await to(url);
		expect(await connection.send(request(url))).toMatchObject({ truncated: true });
		expect(await connection.send(request(url))).toMatchObject({ truncated: false, status: 200 });
		await connection.close();
		expect(seen.connections).toBe(2);
	});

	test('may be closed twice, and before it was opened', async () => {
		const { url, seen } = await speaking(ok);
		const connection = await to(url);
		await connection.close();
		await connection.close();
		expect(seen.connections).toBe(0);
	});

	test('reads each answer anew, and tells of each what was put right in it', async () => {
		const odd = ok.replaceAll('\r\n', '\n');
		const { url } = await speaking(odd, ok, odd);
		const connection = await to(url);
		const defects: number[] = [];
		for (let at = 0; at < 3; at++) {
			const outcome = await connection.send(request(url));
			defects.push(outcome.kind === 'answered' ? (outcome.defects ?? []).length : -1);
		}
		await connection.close();
		expect(defects).toEqual([1, 0, 1]);
	});

	test('on which only ever "wait" is said is given up, but not too early', async () => {
		const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
		const outcomes = [];
		for (const count of [1_000, 1_001]) {
			const { url } = await speaking(`${interim.repeat(count)}${ok}`);
			const connection = await to(url);
			outcomes.push(await connection.send(request(url)));
			await connection.close();
		}
		expect(outcomes).toMatchObject([
			{ kind: 'answered', status: 200 },
			{ kind: 'broken', cause: 'malformed', detail: 'more than 1000 interim answers' },
		]);
	});
});

describe('nobody is waited for', () => {
	test('longer than was said, with what did not come', async () => {
		const connection = await to('http://shop.test/', { timeout: 30, lookUp: silent });
		expect(await connection.send(request('http://shop.test/'))).toMatchObject({
			kind: 'timed-out',
			phase: 'connect',
			tookMs: expect.any(Number) as number,
		});
		await connection.close();
	});

	test('behind a signal: nothing was sent, so that there is no outcome', async () => {
		const stop = new AbortController();
		const connection = await to('http://shop.test/', { lookUp: silent, signal: stop.signal });
		const sent = connection.send(request('http://shop.test/'));
		stop.abort(new Error('enough'));
		await expect(sent).rejects.toThrow('enough');
		await connection.close();
	});

	test('where a name turns out to be remote', async () => {
		const lookUp = async () => [{ address: '203.0.113.9', family: 4 }];
		const connection = await to('http://shop.test/', { lookUp });
		await expect(connection.send(request('http://shop.test/'))).rejects.toThrow(RemoteAddress);
		await connection.close();
	});
});

describe('a body', () => {
	const sent = async (more: { body?: Uint8Array; pace?: BodyPace }) => {
		const { url, seen } = await serve((_seen, response) => response.end('OK'));
		const connection = await to(url);
		await connection.send(request(url, more));
		await connection.close();
		const { headers, body } = seen[0] ?? { headers: {}, body: Buffer.alloc(0) };
		const { 'content-length': length, 'transfer-encoding': encoding } = headers;
		return { length, encoding, body: body.toString() };
	};

	test('goes out whole, or in pieces, with its length', async () => {
		const whole = { length: '6', encoding: undefined, body: 'abcdef' };
		expect(await sent({})).toMatchObject(whole);
		expect(await sent({ pace: { pieces: 3, pauseMs: 0 } })).toMatchObject(whole);
		expect(await sent({ pace: { pieces: 3, pauseMs: 0, chunked: false } })).toMatchObject(whole);
	});

	test('in chunks has no length that could be seen', async () => {
		expect(await sent({ pace: { pieces: 3, pauseMs: 0, chunked: true } })).toMatchObject({
			length: undefined,
			encoding: 'chunked',
			body: 'abcdef',
		});
	});

	test('in the middle of which we hang up has no answer', async () => {
		const url = await serveTcp((socket) => socket.resume());
		const connection = await to(url);
		const pace = { pieces: 3, pauseMs: 0, stopAfter: 1 };
		const outcome = await connection.send(request(url, { pace }));
		await connection.close();
		expect(outcome).toMatchObject({ kind: 'broken', cause: 'closed' });
		expect(outcome).toMatchObject({ detail: expect.stringContaining('hung up') as string });
	});
});

test.each([
	['GET', undefined],
	['HEAD', undefined],
	['POST', '0'],
] as const)('a page of the user’s is asked with %s', async (method, length) => {
	const { url, seen } = await serve((_seen, response) => response.writeHead(204).end());
	expect(await ask(method, new URL(url), options, 'shop/1')).toMatchObject({ status: 204 });
	expect(seen[0]).toMatchObject({ method, headers: { 'user-agent': 'shop/1' } });
	expect(seen[0]?.headers['content-length']).toBe(length);
});
