import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanedKey, flawsIn } from '../../src/compose/key-flaws.ts';

const key = 'MyRealKey0123456789abcdef';

describe('what a key holds that hardly belongs to it', () => {
	test.each<[string, string[]]>([
		[`${key} `, ['a blank at its end']],
		[`  ${key}`, ['blanks at its beginning']],
		[`\t${key}`, ['a tab at its beginning']],
		[`${key}\n`, ['a line break at its end']],
		[`${key}\r\n`, ['a line break at its end']],
		[`${key}\r\n\r\n`, ['line breaks at its end']],
		[` ${key} \n`, ['a blank at its beginning', 'a blank at its end', 'a line break at its end']],
		[`"${key}"`, ['double quotes around it']],
		[`'${key}'`, ['single quotes around it']],
		[`\`${key}\``, ['backticks around it']],
		[`\u201c${key}\u201d`, ['typographic quotes around it']],
		[`"${key}"\n`, ['a line break at its end', 'double quotes around it']],
		[`" ${key}"`, ['double quotes around it', 'a blank behind the opening quote']],
		[`"${key}\n"`, ['double quotes around it', 'a line break before the closing quote']],
		[
			`"  ${key}  "`,
			[
				'double quotes around it',
				'blanks behind the opening quote',
				'blanks before the closing quote',
			],
		],
		['"  "', ['double quotes around it', 'blanks behind the opening quote']],
		[
			`"\u00a0${key}"`,
			['double quotes around it', 'a no-break space (U+00A0) behind the opening quote'],
		],
		[`\u00a0${key}`, ['a no-break space (U+00A0) at its beginning']],
		[`${key}\u200b`, ['a zero-width space (U+200B) at its end']],
		[`\ufeff${key}`, ['a byte order mark (U+FEFF) at its beginning']],
		[`${key}\u2060\u2060`, ['invisible characters (U+2060) at its end']],
		[`MyReal\u200bKey`, ['a zero-width space (U+200B) inside']],
		[`MyReal\u00adKey`, ['an invisible character (U+00AD) inside']],
		[`MyReal\u00a0Key`, ['a no-break space (U+00A0) inside']],
	])('%j', (damaged, told) => {
		expect(flawsIn(damaged)).toEqual(told);
	});

	test('becomes a blank where it was a no-break space between words', () => {
		expect(cleanedKey('my\u00a0key')).toBe('my key');
	});

	test.each([
		'MyRealKey',
		'two words',
		'a"b',
		'"',
		"it's",
		'k\u00e9y+/=',
		'-----BEGIN KEY-----\nMII\n-----END KEY-----\n\n',
	])('%j holds nothing of the kind', (whole) => {
		expect(flawsIn(whole)).toEqual([]);
		expect(cleanedKey(whole)).toBe(whole);
	});

	const around = fc.array(
		fc.constantFrom(' ', '\n', '\r\n', '\t', '\u00a0', '\u200b', '\ufeff', '"'),
		{
			maxLength: 4,
		},
	);

	test('is taken off, whatever there is of it, and then there is nothing more to tell', () => {
		fc.assert(
			fc.property(around, around, (before, after) => {
				const [left, right] = [before.join(''), after.join('')];
				const isQuoted = (left.match(/"/g) ?? []).length === (right.match(/"/g) ?? []).length;
				const cleaned = cleanedKey(`${left}${key}${right}`);
				if (isQuoted) expect(cleaned).toBe(key);
				expect(flawsIn(cleaned)).toEqual([]);
				if (left !== '' && isQuoted) expect(flawsIn(`${left}${key}${right}`)).not.toEqual([]);
			}),
		);
	});
});
