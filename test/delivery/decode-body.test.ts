import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { codingsIn, decodeBody } from '../../src/delivery/decode-body.ts';

const text = 'Pembayaran diterima é '.repeat(20);
const decoded = async (
	body: Uint8Array,
	coding: string,
	{ limit = 10_000, truncated = false } = {},
) => {
	const { body: bytes, ...rest } = await decodeBody({ body, truncated }, coding, limit);
	return { text: Buffer.from(bytes).toString(), ...rest };
};

test.each([
	['', []],
	['identity', []],
	['gzip', ['gzip']],
	[' GZIP , identity,, Br ', ['gzip', 'br']],
])('the codings in %j', (coding, names) => expect(codingsIn(coding)).toEqual(names));

describe('a body', () => {
	test.each([
		['', Buffer.from(text)],
		['identity', Buffer.from(text)],
		['gzip', gzipSync(text)],
		['X-Gzip', gzipSync(text)],
		['deflate', deflateSync(text)],
		['br', brotliCompressSync(text)],
		['deflate, gzip', gzipSync(deflateSync(text))],
	])('under "%s" is text again', async (coding, body) => {
		expect(await decoded(body, coding)).toEqual({ text, truncated: false });
	});

	test('that was cut on its way keeps what there is of it, and stays cut', async () => {
		const whole = gzipSync(
			Buffer.from(Array.from({ length: 3_000 }, (_, at) => String(at)).join()),
		);
		const half = whole.subarray(0, whole.length / 2);
		for (const truncated of [true, false]) {
			const read = await decoded(half, 'gzip', { truncated });
			expect(read.text).toMatch(/^0,1,2,3,/);
			expect(read).toMatchObject({ truncated: true });
			expect(read).not.toHaveProperty('defect');
		}
		expect(await decoded(gzipSync(text), 'gzip', { truncated: true })).toEqual({
			text,
			truncated: true,
		});
	});

	test('fits its limit exactly, or is cut at it', async () => {
		const size = Buffer.byteLength(text);
		expect(await decoded(gzipSync(text), 'gzip', { limit: size })).toEqual({
			text,
			truncated: false,
		});
		const cut = await decoded(gzipSync(text), 'gzip', { limit: size - 1 });
		expect(cut).toEqual({ text: text.slice(0, -1), truncated: true });
	});

	test.each([
		['zstd', 'plain', 'its content-encoding is zstd'],
		['gzip', 'plain', 'its content-encoding is gzip, and its body is not'],
		['gzip, zstd', 'plain', 'its content-encoding is zstd'],
	])(
		'under "%s" that cannot be undone stands as it came, and says why',
		async (coding, body, defect) => {
			expect(await decoded(Buffer.from(body), coding)).toEqual({
				text: body,
				truncated: false,
				defect,
			});
		},
	);

	test('of which nothing arrived before it was cut is empty, not defective', async () => {
		expect(await decoded(Buffer.alloc(0), 'gzip', { truncated: true })).toEqual({
			text: '',
			truncated: true,
		});
	});
});
