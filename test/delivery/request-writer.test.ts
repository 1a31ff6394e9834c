import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { lineOpener } from '../../src/delivery/kept-line.ts';
import type { LineRequest } from '../../src/delivery/request-writer.ts';
import { serveTcp } from '../support/server.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

/** A line that is asked for one answer after another. */
async function lineTo(url: string, timeout = 20_000) {
	const open = await lineOpener(new URL(url), {
		timeout,
		insecure: false,
		allowRemote: false,
		keepsBody: false,
	});
	let told: (what: string) => void = () => undefined;
	const line = open({
		answered: (status) => told(String(status)),
		failed: (what) => told(what),
		broken: (error) => told(String(error)),
	});
	onTestFinished(() => line.close());
	return (request: LineRequest) =>
		new Promise<string>((resolve) => {
			told = resolve;
			line.send(request);
		});
}

/** Answers every request and keeps its bytes. */
async function recording() {
	const arrived: string[] = [];
	const url = await serveTcp((socket: Socket) => {
		let held = '';
		socket.on('data', (data) => {
			held += data.toString('latin1');
			const [head = '', rest] = held.split('\r\n\r\n');
			const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
			if (rest === undefined || rest.length < length) return;
			arrived.push(held);
			if (head.includes('connection: close')) socket.end(ok);
			else socket.write(ok);
			held = '';
		});
	});
	return { url, arrived };
}

const headers = [
	['content-type', 'text/plain'],
	['content-type', 'text/plain', 'x-attempt', '2'],
	['connection', 'close'],
	['host', 'shop.example'],
	[],
];

test('a request arrives as on a fresh line, whatever has gone before it on its own', async () => {
	const body = fc.constantFrom('a=1', 'a=2', 'longer=1', '', 'é').map((text) => Buffer.from(text));
	const request = fc.record({
		method: fc.constantFrom('POST' as const, 'POST' as const, 'PUT' as const, 'GET' as const),
		path: fc.constantFrom('/', '/', '/?a=1'),
		headers: fc.nat(headers.length - 1).map((at) => headers[at] ?? []),
		body: fc.option(body, { freq: 6 }),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 10 }), async (requests) => {
			const kept = await recording();
			const send = await lineTo(kept.url);
			for (const one of requests) expect(await send(one)).toBe('200');
			const fresh = await recording();
			for (const one of requests) await (await lineTo(fresh.url))(one);
			const unported = (all: string[]) => all.map((text) => text.replace(/127.0.0.1:\d+/, 'here'));
			expect(unported(kept.arrived)).toEqual(unported(fresh.arrived));
		}),
		{ numRuns: 60 },
	);
});

test('more than the system takes at once arrives whole and in order, again and again', async () => {
	const bodies = [1, 2, 3].map((n) => Buffer.alloc(12_000_000, `${n}-${'abcdefgh'.repeat(n)}`));
	const arrived: Buffer[] = [];
	const url = await serveTcp((socket: Socket) => {
		let chunks: Buffer[] = [];
		socket.on('data', (data: Buffer) => {
			chunks.push(data);
			if (data.at(-1) !== '.'.charCodeAt(0)) return;
			const all = Buffer.concat(chunks);
			arrived.push(all.subarray(all.indexOf('\r\n\r\n') + 4));
			chunks = [];
			socket.write(ok);
		});
	});
	const send = await lineTo(url);
	const fields = ['content-type', 'text/plain'];
	for (const body of bodies) {
		body.write('.', body.length - 1);
		expect(await send({ method: 'POST', path: '/', headers: fields, body })).toBe('200');
	}
	expect(arrived.length).toBe(3);
	expect(bodies.filter((body, at) => arrived[at]?.equals(body) !== true)).toEqual([]);
});

test('what is answered before it has been read is not garbled by the request behind it', async () => {
	let arrived = '';
	const url = await serveTcp((socket: Socket) => {
		socket.once('data', () => {
			// More than the system holds has been written by then, and waits.
			socket.pause().write(ok);
			setImmediate(() => setImmediate(() => socket.resume()));
		});
		socket.on('data', (data: Buffer) => {
			arrived += data.toString('latin1');
			if (arrived.endsWith('y.')) socket.write(ok);
		});
	});
	const send = await lineTo(url);
	const fields = ['content-type', 'text/plain'];
	const bodies = ['x', 'y'].map((letter) => `${letter.repeat(12_000_000)}.`);
	for (const body of bodies.map((text) => Buffer.from(text)))
		expect(await send({ method: 'POST', path: '/', headers: fields, body })).toBe('200');
	const [, ...seen] = arrived.split(/(?:POST[\s\S]*?\r\n\r\n)/);
	expect(seen.map((body, at) => body === bodies[at])).toEqual([true, true]);
});

test('where a header asks the receiver to close, the connection is not used again', async () => {
	let connections = 0;
	const url = await serveTcp((socket: Socket) => {
		connections++;
		socket.on('data', () => socket.write(ok));
	});
	const send = await lineTo(url);
	const fields = ['connection', 'close'];
	for (const body of ['1', '2', '3'].map((text) => Buffer.from(text)))
		expect(await send({ method: 'POST', path: '/', headers: fields, body })).toBe('200');
	expect(connections).toBe(3);
});

test.each(['end', 'resetAndDestroy'] as const)(
	'a connection that the receiver has left (%s) fails by name, and another one is made',
	async (leave) => {
		let count = 0;
		const url = await serveTcp((socket: Socket) => {
			socket.on('error', () => undefined);
			socket.on('data', () => {
				count++;
				if (count === 2) socket[leave]();
				else socket.write(ok);
			});
		});
		const send = await lineTo(url);
		const request: LineRequest = { method: 'POST', path: '/', headers: [], body: Buffer.from('a') };
		expect(await send(request)).toBe('200');
		expect(await send(request)).toBe(
			leave === 'end' ? 'no answer, connection closed' : 'connection reset',
		);
		expect(await send(request)).toBe('200');
	},
);
