import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { longestHead } from '../../src/delivery/answer-head.ts';
import { composed } from '../support/catalogue.ts';
import { attemptWith } from '../support/deliver.ts';
import { oddAnswers, oddBehindHeads } from '../support/odd-answers.ts';
import { serve, serveTcp } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const hasCurl = needs('curl');

async function attemptAt(url: string) {
	const { request } = await composed('iak/pulsa-success', {}, { target: new URL(url) });
	return attemptWith()(request, 0, undefined);
}

const serveWire = (wire: string) =>
	serveTcp((socket) => socket.once('data', () => socket.end(Buffer.from(wire, 'latin1'))));

describe.each([...oddAnswers, ...oddBehindHeads])('$name', ({ wire, status, told }) => {
	test('is an answer with a warning, or is named', async () => {
		const { outcome, warnings } = await attemptAt(await serveWire(wire));
		if (status === undefined) {
			expect(outcome).toMatchObject({
				kind: 'broken',
				cause: 'malformed',
				detail: expect.stringContaining(told),
			});
			expect(warnings).toEqual([]);
		} else {
			expect(outcome).toMatchObject({ kind: 'answered', status });
			expect(warnings).toEqual([expect.stringContaining(told)]);
		}
	});

	test.skipIf(!hasCurl)('is the same to curl', async () => {
		const args = [
			'-sS',
			'--noproxy',
			'*',
			'-m',
			'5',
			'-d',
			'a=b',
			'-o',
			'/dev/null',
			'-w',
			'%{http_code}',
		];
		const ended = await promisify(execFile)('curl', [...args, await serveWire(wire)]).then(
			({ stdout }) => Number(stdout),
			() => undefined,
		);
		expect(ended).toBe(status);
	});
});

test('headers of 250 KiB are read, without a warning; those without an end are told', async () => {
	const lines = (count: number) => `x-a: ${'a'.repeat(1_000)}\r\n`.repeat(count);
	const large = await attemptAt(
		await serveWire(`HTTP/1.1 200 OK\r\n${lines(250)}content-length: 2\r\n\r\nOK`),
	);
	expect(large).toMatchObject({ outcome: { kind: 'answered', status: 200 }, warnings: [] });
	const endless = await attemptAt(
		await serveWire(`HTTP/1.1 200 OK\r\n${lines(longestHead / 1_000 + 10)}`),
	);
	expect(endless.outcome).toMatchObject({ kind: 'broken', detail: 'headers of more than 256 KiB' });
});

describe('compression that nobody asked for', () => {
	const text = 'Pembayaran diterima é';
	const wrapped = {
		gzip: gzipSync,
		'x-gzip': gzipSync,
		deflate: deflateSync,
		br: brotliCompressSync,
	} as const;

	test.each(Object.entries(wrapped))('%s is undone, and told', async (coding, compress) => {
		const { url } = await serve((_seen, response) =>
			response.writeHead(400, { 'content-encoding': coding }).end(compress(text)),
		);
		const { outcome, warnings } = await attemptAt(url);
		expect(outcome).toMatchObject({ status: 400, truncated: false });
		expect(Buffer.from(outcome.kind === 'answered' ? outcome.body : []).toString()).toBe(text);
		expect(warnings).toEqual([
			expect.stringContaining(`compressed (${coding}), which was not asked for`),
		]);
	});

	test('twice is undone twice', async () => {
		const { url } = await serve((_seen, response) =>
			response
				.writeHead(200, { 'content-encoding': 'gzip, br' })
				.end(brotliCompressSync(gzipSync(text))),
		);
		const { outcome } = await attemptAt(url);
		expect(Buffer.from(outcome.kind === 'answered' ? outcome.body : []).toString()).toBe(text);
	});

	test('a small body that holds a gigabyte is cut at 64 KiB', async () => {
		const bomb = gzipSync(gzipSync(Buffer.alloc(100_000_000)));
		const { url } = await serve((_seen, response) =>
			response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb),
		);
		expect((await attemptAt(url)).outcome).toMatchObject({
			truncated: true,
			body: { length: 65_536 },
		});
	});

	test.each([
		['what is not gzip', 'gzip', Buffer.from('plain text')],
		['an unknown one', 'zstd', Buffer.from('plain text')],
	])('%s stays as it came, and is told', async (_name, coding, body) => {
		const { url } = await serve((_seen, response) =>
			response.writeHead(200, { 'content-encoding': coding }).end(body),
		);
		const { outcome, warnings } = await attemptAt(url);
		expect(Buffer.from(outcome.kind === 'answered' ? outcome.body : []).toString()).toBe(
			'plain text',
		);
		expect(warnings).toEqual([expect.stringContaining(`its content-encoding is ${coding}`)]);
	});
});
