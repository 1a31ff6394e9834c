import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { laidOut } from '../../src/report/text/layout.ts';

const lines = (...all: string[]) => all.join('\n');

/** Without what only paints. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it begins with
const plain = (text: string) => text.replace(/\u001b\[[\d;]*m/g, '');

const word = fc.oneof(
	fc.stringMatching(/^[a-z,.:/=-]{1,30}$/),
	fc.constantFrom(
		'\u001b[2mdim\u001b[22m',
		'注文は支払い済み',
		'·',
		"it's",
		'🙂',
		'https://x.test/a?b=c',
	),
);
const indent = fc.constantFrom(
	'',
	'  ',
	'    ',
	'    │ ',
	'    > ',
	'✓ ',
	'1. ',
	'    fix        ',
	'a-name  ',
);
const line = fc
	.tuple(indent, fc.array(word, { maxLength: 30 }))
	.map(([before, words]) => before + words.join(' '));

describe('text for a screen', () => {
	test.each([80, 40, 24])(
		'at %d columns no line is wider, but for a word that is, and no word is cut or lost',
		(columns) => {
			fc.assert(
				fc.property(line, (text) => {
					const shown = laidOut(text, columns).split('\n');
					for (const one of shown) {
						const words = plain(one)
							.replace(/^\s*[│>]/, '')
							.replaceAll(' ·', '')
							.trim()
							.split(/\s+/);
						expect(stringWidth(one) <= columns || words.length <= 2).toBe(true);
						// A word has all the room there is before it may be too wide.
						if (stringWidth(one) > columns)
							expect(stringWidth(words.at(-1) ?? '')).toBeGreaterThan(columns - 12);
					}
					const joined = shown.map((one) => one.replace(/^\s*[│>] /, ' ')).join(' ');
					expect(joined.split(/\s+/).filter(Boolean)).toEqual(
						text
							.replace(/^\s*[│>] /, ' ')
							.split(/\s+/)
							.filter(Boolean),
					);
				}),
			);
		},
	);

	test('stays as it is where it fits', () => {
		const text = '  a label   and text\n\n  more  ';
		expect(laidOut(text, 40)).toBe(text);
	});

	test('hangs below the cell that it began in', () => {
		expect(laidOut('    fix        compare the sums before anything is done', 40)).toBe(
			lines('    fix        compare the sums before', '               anything is done'),
		);
	});

	test('stands below a cell that leaves no room beside it', () => {
		expect(laidOut('  bayarcash/transaction-success  Transaction, approved', 40)).toBe(
			lines('  bayarcash/transaction-success', '      Transaction, approved'),
		);
	});

	test('repeats the mark of what is quoted', () => {
		expect(laidOut('    │ the order is not known to this shop', 30)).toBe(
			lines('    │ the order is not known', '    │ to this shop'),
		);
	});

	test('moves a URL to the left before it would be cut', () => {
		const url = `https://github.com/${'x'.repeat(15)}`;
		expect(laidOut(`  source       documented in ${url}`, 40)).toBe(
			lines('  source       documented in', `    ${url}`),
		);
	});

	test('keeps an arrow with what it points at, where there is room for both', () => {
		expect(laidOut('bayarcash/success → http://localhost:3000/cb', 30)).toBe(
			lines('bayarcash/success', '  → http://localhost:3000/cb'),
		);
		expect(laidOut('bayarcash/success → http://localhost:3000/cb', 24)).toBe(
			lines('bayarcash/success →', 'http://localhost:3000/cb'),
		);
	});

	test('leaves a command one for a shell', () => {
		const command =
			"callsim fire iak/pulsa-success --set 'message=two words' --to http://localhost:3000/cb";
		expect(laidOut(`    reproduce  ${command}`, 60)).toBe(
			lines(
				'    reproduce  callsim fire iak/pulsa-success \\',
				"               --set 'message=two words' \\",
				'               --to http://localhost:3000/cb',
			),
		);
	});

	test('leaves a remark behind a command out of it', () => {
		const next = '  next: callsim fire iak/pulsa-success --duplicate 2   (one effect is right)';
		expect(laidOut(next, 40)).toBe(
			lines(
				'  next: callsim fire iak/pulsa-success \\',
				'        --duplicate 2',
				'      (one effect is right)',
			),
		);
	});

	test('keeps its colours', () => {
		const red = '\u001b[31mthe receiver did not acknowledge it\u001b[39m';
		expect(plain(laidOut(red, 24))).toBe(lines('the receiver did not', '  acknowledge it'));
		expect(laidOut(red, 24).split('\u001b')).toHaveLength(3);
	});
});
