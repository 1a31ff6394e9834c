import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { bodyValues } from '../../src/compose/body-values.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { MessageFile } from '../../src/model/provider.ts';

const payment = {
	fields: ['order', 'note', { to: ['bank'] }],
	names: { order: 'order_id' },
	text: ['note'],
	signature: { into: { field: 'sign' } },
} as unknown as MessageFile;
const wrapped = (wrap: unknown) => ({ ...payment, wrap }) as MessageFile;

const read = (text: string, message = payment) => bodyValues(text, message);
const problemOf = (text: string, message?: MessageFile) =>
	read(text, message).then(
		() => undefined,
		(error: Problem) => ({ code: error.code, ...error.in(flagWords) }),
	);

describe('the values of a body', () => {
	const values = { order: 'A', note: { a: 1 }, extra: 'x' };

	test.each([
		['JSON', '{"order":"A","note":"{\\"a\\":1}","extra":"x","sign":"ff"}'],
		['JSON under the names of the wire', ' {"order_id":"A","note":"{\\"a\\":1}","extra":"x"}\n'],
		['a form', 'order=A&note=%7B%22a%22%3A1%7D&extra=x&sign=ff'],
		['XML', '<m><order>A</order><note>{"a":1}</note><extra>x</extra></m>'],
		[
			'a request',
			'POST /cb HTTP/1.1\r\ncontent-type: application/json\r\n\r\n{"order":"A","note":"{\\"a\\":1}","extra":"x"}',
		],
		[
			'the last query of a URL',
			'GET /done?a=1?order=A&note=%7B%22a%22%3A1%7D&extra=x HTTP/1.1\r\n\r\n',
		],
	])('are read from %s', async (_name, text) => {
		expect(await read(text)).toEqual(values);
	});

	test.each<[string, unknown, string]>([
		['an envelope', { data: '$' }, '{"data":{"order":"A"}}'],
		['an envelope with more in it', { ok: true, data: '$' }, '{"ok":false,"data":{"order":"A"}}'],
		['a list', ['$'], '[{"order":"A"}]'],
		['an envelope of a list', { data: ['$'] }, '{"data":[{"order":"A"}]}'],
		['two envelopes', { data: { one: '$' } }, '{"data":{"one":{"order":"A"}}}'],
		['no envelope, though there is one', { data: '$' }, '{"order":"A"}'],
		['no list, though there is one', { data: ['$'] }, '{"order":"A"}'],
		['half an envelope', { data: { one: '$' } }, '{"one":{"order":"A"},"order":"A"}'],
	])('are taken out of %s', async (_name, wrap, text) => {
		expect(await read(text, wrapped(wrap))).toMatchObject({ order: 'A' });
	});

	test('are those of a body before those of the query beside it', async () => {
		expect(await read('POST /cb?order=B HTTP/1.1\r\n\r\norder=A')).toEqual({ order: 'A' });
	});

	test('may hold the signs that JSON begins with', async () => {
		expect(await read('order=[x')).toEqual({ order: '[x' });
	});

	test('may be none at all', async () => {
		expect(await read('{}')).toEqual({});
	});

	test('stay texts where the message has no JSON in them', async () => {
		const { text: _text, ...plain } = payment;
		expect(await read('{"order":"A","note":"{}"}', plain as MessageFile)).toMatchObject({
			note: '{}',
		});
	});

	test('know a documented object by its name', async () => {
		expect(await read('{"to":{"bank":"MBB"}}')).toEqual({ to: { bank: 'MBB' } });
	});
});

describe('a body is refused', () => {
	test.each([
		['where it is empty', ' \n', '--body is empty', '--raw-body'],
		['where it is no object', '[1]', '--body holds no object', 'JSON object'],
		['where it is a text', '"text"', '--body holds no object', 'JSON object'],
		['where it is broken JSON', '{"a":', '--body: not JSON', 'valid JSON'],
		['where it is no form', 'hello', '--body is no JSON', '--raw-body'],
		['where nothing in it is documented', 'a=1', '--body: no documented field', '--raw-body'],
		[
			'where nothing in a request is documented',
			'POST /cb HTTP/1.1\r\n\r\na=1',
			'--body: no documented field',
			'--raw-body',
		],
		['where it is no XML', '<a><b></a>', '--body line 1', '--raw-body'],
	])('%s', async (_name, text, message, hint) => {
		expect(await problemOf(text)).toEqual({
			code: 'body-invalid',
			message: expect.stringContaining(message) as string,
			hint: expect.stringContaining(hint) as string,
		});
	});

	test('with the first documented fields named', async () => {
		const fields = ['a1', 'a2', { a3: ['x'] }, 'a4', 'a5'];
		const { hint = '' } = (await problemOf('b=1', { fields } as unknown as MessageFile)) ?? {};
		expect(hint).toContain('a1, a2, a3, a4 …');
		expect(hint).not.toContain('a5');
	});
});
