import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type KeptLine, type LineOptions, lineOpener } from '../../src/delivery/kept-line.ts';
import { serveTcp } from '../support/server.ts';

/** What one request came to: `200 OK`, `401 OK Digest realm="x"`, or how it failed. */
async function lineTo(url: string, options: Partial<LineOptions> = {}) {
	const open = await lineOpener(new URL(url), {
		timeout: 20_000,
		insecure: false,
		allowRemote: false,
		keepsBody: true,
		...options,
	});
	let told: (what: string) => void = () => undefined;
	const line: KeptLine = open({
		answered: (status, head, body) =>
			told([status, body ?? 'unread', head.challenge() ?? []].flat().join(' ')),
		failed: (what) => told(what),
		broken: (error) => told(String(error)),
	});
	onTestFinished(() => line.close());
	return () =>
		new Promise<string>((resolve) => {
			told = resolve;
			line.send({ method: 'POST', path: '/', headers: [], body: Buffer.from('a=1') });
		});
}

/** Answers the nth request of all connections by what is given, in so many pieces. */
async function answering(answers: readonly { wire: string; pieces?: number }[]) {
	let n = 0;
	return serveTcp((socket: Socket) => {
		socket.setNoDelay(true);
		let held = '';
		socket.on('data', (data: Buffer) => {
			held += data.toString('latin1');
			if (!held.endsWith('\r\n\r\na=1')) return;
			held = '';
			const { wire = '', pieces = 1 } = answers[n++] ?? {};
			const size = Math.ceil(wire.length / pieces);
			const write = (from: number) => {
				if (from < wire.length)
					socket.write(wire.slice(from, from + size), 'latin1', () =>
						setImmediate(() => write(from + size)),
					);
				else if (/connection: close/i.test(wire)) socket.end();
			};
			write(0);
		});
	});
}

const wires: readonly (readonly [wire: string, told: string])[] = [
	['HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nOK', '200 OK'],
	['HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 3\r\n\r\nOK!', '200 OK!'],
	['HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 3\r\n\r\nNO!', '200 NO!'],
	['HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=9\r\n\r\nOK', '200 OK'],
	['HTTP/1.1 500 no\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n', '500 '],
	['HTTP/1.1 204 No Content\r\n\r\n', '204 '],
	['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n', '200 OK'],
	['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\ncontent-length: 1\r\n\r\n1', '201 1'],
	[
		'HTTP/1.1 401 Who\r\nwww-authenticate: Digest realm="x"\r\ncontent-length: 0\r\n\r\n',
		'401  Digest realm="x"',
	],
	['HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nOK', '200 OK'],
	['HTTP/1.0 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nOK', '200 OK'],
	[
		`HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n${'x'.repeat(4_000)}`,
		`200 ${'x'.repeat(4_000)}`,
	],
];

test('every answer is told as it came, however often the one before it came, whole or in pieces', async () => {
	const answer = fc.record({
		of: fc.nat(wires.length - 1),
		times: fc.integer({ min: 1, max: 4 }),
		pieces: fc.constantFrom(1, 1, 1, 2, 7),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 12 }), async (given) => {
			const all = given.flatMap((one) => Array.from({ length: one.times }, () => one));
			const url = await answering(
				all.map(({ of, pieces }) => ({ wire: wires[of]?.[0] ?? '', pieces })),
			);
			const send = await lineTo(url);
			for (const { of } of all) expect(await send()).toBe(wires[of]?.[1]);
		}),
		{ numRuns: 40 },
	);
});

const [[ok] = ['']] = wires;
const thrice = [ok, ok, ok];

test.each([
	['silence', '', 'timed out (no answer)'],
	['a part of it', ok.slice(0, -1), 'timed out (no end of the answer)'],
	['another body', ok.replace('OK', 'NO').replace(/OK$/, 'NO'), '200 NO'],
	['another status', ok.replace('200', '503'), '503 OK'],
	['what is no answer', 'nonsense\r\n\r\n', 'not an HTTP answer'],
])('behind an answer that came three times, %s is told as such', async (_, wire, told) => {
	const url = await answering([...thrice, wire].map((one) => ({ wire: one })));
	const send = await lineTo(url, { timeout: 500 });
	for (const __ of thrice) expect(await send()).toBe('200 OK');
	expect(await send()).toBe(told);
});

test('bytes behind an answer that is known are no answer to the next request', async () => {
	const url = await answering([...thrice, `${ok}junk\r\n\r\n`, ok].map((wire) => ({ wire })));
	const send = await lineTo(url, { timeout: 500 });
	for (const __ of thrice) expect(await send()).toBe('200 OK');
	await send();
	expect(await send()).not.toBe('200 junk');
});

test.each([1, 3, 20])(
	'of an answer beyond 64 KiB the first 64 are told, in however many pieces (%i) it comes',
	async (pieces) => {
		const long = `HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n${'xyz'.repeat(30_000)}`;
		const url = await answering([{ wire: long, pieces }, { wire: ok }]);
		const send = await lineTo(url);
		expect(await send()).toBe(`200 ${'xyz'.repeat(30_000).slice(0, 65_536)}`);
		expect(await send()).toBe('200 OK');
	},
);

test('an answer is known on every connection, and read where its body is of no interest', async () => {
	const url = await answering(Array.from({ length: 8 }, () => ({ wire: ok })));
	const named = url.replace('127.0.0.1', 'localhost');
	const send = await lineTo(named, { keepsBody: false });
	for (let n = 0; n < 8; n++) expect(await send()).toBe('200 unread');
});
