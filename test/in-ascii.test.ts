import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inAscii } from '../scripts/in-ascii.mjs';

const ascii = /^[\0-\x7f]*$/;

test('a script in ASCII says what it said, whatever stands in its texts', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			const code = `(${JSON.stringify(text)} + \`${text.replace(/[\\`$]/g, '\\$&')}\`)`;
			const written = inAscii(code, 'one.cjs');
			expect(written).toMatch(ascii);
			expect(runInNewContext(written)).toBe(runInNewContext(code));
		}),
	);
});

test.each([
	['/[×→]/.test("×")', true],
	['/^[😀]$/u.test("😀")', true],
	['/^.$/u.test("😀")', true],
	['({ é: 1 }).é', 1],
	['"\\\\é"', '\\é'],
])('%s means the same', (code, value) => {
	const written = inAscii(code, 'one.cjs');
	expect(written).toMatch(ascii);
	expect(runInNewContext(written)).toBe(value);
});

test.each(['String.raw`é`', '"\\é"', '"\\\\\\é"'])(
	'%s, which an escape would change, fails',
	(code) => {
		expect(() => inAscii(code, 'one.cjs')).toThrow('one.cjs');
	},
);
