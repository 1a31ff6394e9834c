import { describe, expect, test } from 'vitest';
import { readReceived } from '../../src/verify/read-received.ts';

const read = (text: string | Uint8Array, type?: string) =>
	readReceived(Buffer.from(text), type).map(
		({ method, target, headers, body, isOtherReading }) => ({
			request: `${method} ${target}`,
			type: headers['content-type'],
			body: Buffer.from(body).toString('latin1'),
			...(isOtherReading === true && { isOther: true }),
		}),
	);
const body = (text: string, type?: string) => ({ request: 'POST /', type, body: text });

describe('what somebody pastes', () => {
	test.each(['', ' \n', '\ufeff', '\ufeff \n'])('%j is nothing to verify', (text) => {
		expect(() => read(text)).toThrow(
			expect.objectContaining({
				code: 'body-invalid',
				message: expect.stringMatching(/\w/) as string,
				hint: expect.stringMatching(/\w/) as string,
			}),
		);
	});

	test('is a body where its type is said, byte for byte', () => {
		expect(read('a=1\n', 'text/plain')).toEqual([body('a=1\n', 'text/plain')]);
		expect(read('GET / HTTP/1.1\r\n\r\n', 'text/plain')).toHaveLength(1);
		expect(read('{}', '')).toEqual([body('{}')]);
	});

	test('is the request that is in it', () => {
		expect(read('GET /a?b=1 HTTP/1.1\r\nhost: shop.test\r\n\r\n')).toEqual([
			{ request: 'GET /a?b=1', type: undefined, body: '' },
		]);
	});

	test('in one line of pairs may be a form or a query', () => {
		expect(read('\ufeff  a=1&b=2\r\n')).toEqual([
			body('a=1&b=2'),
			{ request: 'GET /?a=1&b=2', type: undefined, body: '', isOther: true },
		]);
		expect(read('=a=1')).toHaveLength(2);
	});

	test.each(['{"a":1}', '<a b="1"/>', 'a b=1', '=1', 'a', '[a]=1'])('%s is no query', (text) => {
		expect(read(text)).toEqual([body(text)]);
	});

	test('keeps bytes that are no text, and the line breaks inside', () => {
		expect(read(Uint8Array.of(0x61, 0x3d, 0xff, 0x0a))[0]).toEqual(body('a=\xff\n'));
		expect(read('a=\0\n')[0]).toEqual(body('a=\0\n'));
		expect(read('{"a":\n1}\n\n')).toEqual([body('{"a":\n1}\n')]);
	});
});
