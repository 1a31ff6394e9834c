import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { counterText, cut, windowOn } from '../../../src/cli/picker/layout.ts';
import { marksIn, rankOf } from '../../../src/cli/picker/matching.ts';
import { marked, menuLines } from '../../../src/cli/picker/menu-view.ts';

test.each<[string, string, readonly string[]]>([
	['transaction-success', 'succ', ['succ']],
	['Success', 'SUCC', ['Succ']],
	['transaction', 'tra act', ['tra', 'act']],
	['success', 'suc uccess', ['success']],
	['a-a', 'a', ['a', 'a']],
	['failed', 'suc', []],
	['failed', ' ', []],
])('in %j what matches %j is marked: %j', (text, typed, marks) => {
	expect(marksIn(text, typed).map(([from, to]) => text.slice(from, to))).toEqual(marks);
});

test('a mark is seen without colours', () => {
	expect(marked('success', 'ucc')).toBe('s\u001b[4mucc\u001b[24mess');
});

test.each([
	['success', 'unsuccessful'],
	['transaction-success', 'transaction-unsuccessful'],
	['fail-late', 'failed'],
])('a whole word comes before a part of one: %j before %j', (first, second) => {
	const word = first.includes('success') ? 'success' : 'fail';
	const [a, b] = [rankOf([first], word), rankOf([second], word)];
	expect(a).toBeLessThan(b ?? 0);
});

test('every word has to be somewhere', () => {
	expect(rankOf(['transaction-success', 'form'], 'form trans')).toBeDefined();
	expect(rankOf(['transaction-success', 'form'], 'form json')).toBeUndefined();
});

test.each<[number, number, number, number, readonly [number, number]]>([
	[28, 0, 15, 0, [0, 15]],
	[28, 14, 15, 0, [0, 15]],
	[28, 15, 15, 0, [1, 16]],
	[28, 27, 15, 0, [13, 28]],
	[28, 10, 15, 13, [10, 25]],
	[3, 2, 15, 0, [0, 3]],
])(
	'of %d rows with the pointer on %d, %d are seen behind %d',
	(count, active, size, before, window) => {
		expect(windowOn(count, active, size, before)).toEqual({ from: window[0], to: window[1] });
	},
);

test.each([
	[0, 15, '15 of 28, ↓ more'],
	[5, 20, '15 of 28, ↑↓ more'],
	[13, 28, '15 of 28, ↑ more'],
])('a counter tells how many are seen, and where the others are', (from, to, text) => {
	expect(counterText(15, 28, { from, to }, 28)).toBe(text);
});

test.each([
	['one two three', 20, 'one two three'],
	['one two three', 9, 'one two…'],
	['one two three', 8, 'one two…'],
	['unbreakable', 6, 'unbre…'],
])('%j in %d columns is %j', (text, width, expected) => {
	expect(cut(text, width)).toBe(expected);
});

describe('a menu', () => {
	const options = Array.from({ length: 40 }, (_, at) => ({
		...{ value: at, name: `event-${at}`, about: `Success · ${at} · form · checksum` },
		group: at < 5 ? 'The usual ones' : `Message ${at % 2}`,
	}));
	test.each([
		[80, 24],
		[40, 24],
		[40, 12],
		[24, 10],
	])('fits %d columns and %d lines, wherever the pointer is', (columns, rows) => {
		let before = 0;
		for (const active of [...options.keys(), 0, 20, 39]) {
			const look = { paint: new Chalk({ level: 0 }), size: { columns, rows }, typed: '' };
			const view = menuLines(options, active, { ...look, isGrouped: true, before });
			before = view.from;
			expect(view.lines.filter((line) => line.length >= columns)).toEqual([]);
			expect(view.lines.length).toBeLessThanOrEqual(rows - 3);
			expect(view.lines.filter((line) => line.startsWith('❯'))).toHaveLength(1);
			// Beside its name, or under the list.
			expect(view.lines.join(' ').replace(/\s+/g, ' ')).toContain(`Success · ${active} · form`);
		}
	});
});
