import { describe, expect, test } from 'vitest';
import { type AnswerHead, longestHead, readAnswerHead } from '../../src/delivery/answer-head.ts';
import { readHeaderLines } from '../../src/delivery/answer-header-lines.ts';
import { oddAnswers } from '../support/odd-answers.ts';

const read = (wire: string): AnswerHead => readAnswerHead(Buffer.from(wire, 'latin1'));
/** What is handed to the parser, and why it had to be written anew. */
function rewritten(wire: string) {
	const found = read(wire);
	if (found.kind !== 'answer') return found;
	return {
		head: found.head.toString('latin1'),
		rest: wire.slice(found.length),
		defects: found.defects,
	};
}
const lf = 'its lines end in LF alone, not in CRLF';

test.each(oddAnswers)('$name is told without a socket as well', ({ wire, status, told }) => {
	const found = read(wire);
	expect(found.kind).toBe(status === undefined ? 'malformed' : 'answer');
	const texts =
		found.kind === 'answer' ? found.defects : [found.kind === 'malformed' ? found.detail : ''];
	expect(texts).toEqual([expect.stringContaining(told)]);
});

test('a proper head is handed on as it is, and every beginning of it wants more', () => {
	for (const head of [
		'HTTP/1.1 200 OK\r\nx-a: b:c\r\ncontent-length: 2\r\n\r\n',
		'HTTP/1.0 404\r\n\r\n',
	]) {
		expect(rewritten(`${head}OK\n\n`)).toEqual({ head, rest: 'OK\n\n', defects: [] });
		for (let length = 0; length < head.length; length++)
			expect(read(head.slice(0, length)), String(length)).toEqual({ kind: 'incomplete' });
	}
});

describe('what a strict parser would not read is put right', () => {
	test.each([
		[
			'LF alone',
			'HTTP/1.1 200 OK\nx-a:  b \n\nOK',
			'HTTP/1.1 200 OK\r\nx-a: b\r\n\r\n',
			'OK',
			[lf],
		],
		[
			'LF in some lines',
			'HTTP/1.0 200 OK\r\nx-a: b\n\r\n\n',
			'HTTP/1.0 200 OK\r\nx-a: b\r\n\r\n',
			'\n',
			[lf],
		],
		[
			'HTTP/2',
			'HTTP/2 200\r\n\r\n',
			'HTTP/1.1 200 \r\n\r\n',
			'',
			['its status line is "HTTP/2 200"'],
		],
		[
			'HTTP/2.0',
			'HTTP/2.0 200 A B\r\n\r\n',
			'HTTP/1.1 200 A B\r\n\r\n',
			'',
			['its status line is "HTTP/2.0 200 A B"'],
		],
		[
			'small letters',
			'http/1.0 302 x\r\n\r\n',
			'HTTP/1.0 302 x\r\n\r\n',
			'',
			['its status line is "http/1.0 302 x"'],
		],
		[
			'blanks',
			'HTTP/1.1   200   O\r\n\r\n',
			'HTTP/1.1 200 O\r\n\r\n',
			'',
			['its status line is "HTTP/1.1   200   O"'],
		],
		[
			'a long reason beyond ASCII',
			`HTTP/1.1  200 é${'x'.repeat(60)}\r\n\r\n`,
			`HTTP/1.1 200 é${'x'.repeat(60)}\r\n\r\n`,
			'',
			[`its status line is "HTTP/1.1  200 ?${'x'.repeat(25)}…"`],
		],
		[
			'two things at once',
			'HTTP/1.1 200 OK\nx-a : b\n\n',
			'HTTP/1.1 200 OK\r\nx-a: b\r\n\r\n',
			'',
			[lf, 'a blank stands before the colon of x-a'],
		],
	])('%s', (_name, wire, head, rest, defects) =>
		expect(rewritten(wire)).toEqual({ head, rest, defects }),
	);
});

describe('what comes before an answer, and what is none', () => {
	test.each([100, 102, 103, 199])('%i is skipped', (status) => {
		const interim = `HTTP/1.1 ${status} Wait\r\nlink: <a>\r\n\r\n`;
		expect(read(`${interim}HTTP/1.1 200 OK\r\n\r\n`)).toEqual({
			kind: 'interim',
			length: interim.length,
		});
	});

	test.each([
		['HTTP/1.1 099 No\r\n\r\n', 'status 099'],
		['HTTP/1.1 101 Up\r\n\r\n', 'status 101, an upgrade that was not asked for'],
		['HTTP/1.1 200OK\r\n\r\n', 'the status line "HTTP/1.1 200OK"'],
		['HTTP/3 200 OK\r\n\r\n', 'the status line "HTTP/3 200 OK"'],
		[`HTTP/1.1 ${'x'.repeat(31)}\r\n\r\n`, `the status line "HTTP/1.1 ${'x'.repeat(31)}"`],
		[`HTTP/1.1 ${'x'.repeat(32)}\r\n\r\n`, `the status line "HTTP/1.1 ${'x'.repeat(31)}…"`],
		['HTTQ', 'it begins with "HTTQ"'],
		['hello\nworld', 'it begins with "hello"'],
		['x'.repeat(50), `it begins with "${'x'.repeat(40)}"`],
		['\x15', 'a TLS alert: that port speaks TLS'],
		['\x15\x03', 'a TLS alert: that port speaks TLS'],
		['\x15\x04', 'it begins with "??"'],
		['\x16\x03', 'it begins with "??"'],
	])('%j', (wire, detail) => expect(read(wire)).toEqual({ kind: 'malformed', detail }));

	test('a head is read up to its limit, and not a byte beyond', () => {
		const of = (length: number) => {
			const around = 'HTTP/1.1 200 OK\r\nx: \r\n\r\n'.length;
			return `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(length - around)}\r\n\r\n`;
		};
		const tooLong = { kind: 'malformed', detail: 'headers of more than 256 KiB' };
		expect(read(of(longestHead))).toMatchObject({ kind: 'answer', length: longestHead });
		expect(read(of(longestHead + 1))).toEqual(tooLong);
		expect(read(of(longestHead + 10).slice(0, longestHead))).toEqual({ kind: 'incomplete' });
		expect(read(of(longestHead + 10).slice(0, longestHead + 1))).toEqual(tooLong);
	});
});

describe('header lines', () => {
	const twice = 'it gives its content-length twice';
	test.each([
		[['a: 1', 'B:2', 'c:', 'd: e: f'], 200, ['a: 1', 'B: 2', 'c: ', 'd: e: f'], []],
		[['a: 1', ' 2', '\t3 '], 200, ['a: 1 2 3'], ['its header a goes over several lines']],
		[['a \t: 1'], 200, ['a: 1'], ['a blank stands before the colon of a']],
		[['a: x\ty'], 200, ['a: x\ty'], []],
		[['a: x\x7f'], 200, ['a: x'], ['control characters stand in the header a']],
		[['a b: 1', 'c: 2'], 200, ['c: 2'], ['it has a header with a name that no header may have']],
		[
			['Content-Length: 7', 'a: 1', 'content-length: 7'],
			200,
			['a: 1', 'content-length: 7'],
			[twice],
		],
		[['content-length: 7 , 7'], 200, ['content-length: 7'], [twice]],
		[['content-length: 7'], 200, ['content-length: 7'], []],
		[
			['transfer-encoding: gzip, Chunked', 'content-length: 1', 'content-length: 2'],
			200,
			['transfer-encoding: gzip, Chunked'],
			['it gives a content-length beside chunks'],
		],
		[
			['transfer-encoding: gzip', 'content-length: 1'],
			200,
			['transfer-encoding: gzip', 'content-length: 1'],
			[],
		],
		[['content-length: 5'], 204, [], ['a 204 has no body, and it announces one']],
		[['content-length: 5'], 304, [], ['a 304 has no body, and it announces one']],
		[['content-length: 0'], 204, ['content-length: 0'], []],
	])('%j of a %i', (raw, status, lines, defects) =>
		expect(readHeaderLines(raw, status)).toEqual({ lines, defects }),
	);

	test.each([
		[[' a: 1'], 'its first header line begins with a blank'],
		[['a'.repeat(50)], `a header line without a colon: "${'a'.repeat(40)}"`],
		[['a: 1\x002'], 'a NUL byte in the header a'],
		[['content-length: 1', 'content-length: 2'], 'two content-lengths that differ'],
		[['content-length: '], 'content-length "" is no number'],
		[['content-length: 1x'], 'content-length "1x" is no number'],
		[['content-length: x1'], 'content-length "x1" is no number'],
		[[`content-length: ${'x'.repeat(50)}`], `content-length "${'x'.repeat(40)}" is no number`],
	])('%j is no head', (raw, malformed) => expect(readHeaderLines(raw, 200)).toEqual({ malformed }));
});
