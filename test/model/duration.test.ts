import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/model/duration.ts';

describe('durations', () => {
	test.each([
		['500ms', 500],
		['30s', 30_000],
		['1.5m', 90_000],
		['2h', 7_200_000],
		['1d', 86_400_000],
		['0', 0],
		['0s', 0],
	])('%s is %d ms', (text, expected) => expect(parseDuration(text)).toBe(expected));

	test.each(['', '30', '-5s', '5 s', '5sec', 's', '1e3s', 'Infinity', '1.s', '400d', '٣s'])(
		'%j is refused',
		(text) => {
			expect(() => parseDuration(text, '--timeout')).toThrow(
				expect.objectContaining({ code: 'duration-invalid' }),
			);
		},
	);

	test('any whole number of any unit is read exactly', () => {
		const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
		fc.assert(
			fc.property(
				fc.nat(8_000),
				fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])),
				(n, unit) => {
					expect(parseDuration(`${n}${unit}`)).toBe(n * units[unit]);
				},
			),
		);
	});

	test.each([
		[0, '0 s'],
		[250, '250 ms'],
		[3_000, '3 s'],
		[2_900, '2.9 s'],
		[59_999, '1 min'],
		[300_000, '5 min'],
		[90_000, '1 min 30 s'],
		[119_999, '2 min'],
		[3_599_999, '1 h'],
		[5_400_000, '1 h 30 min'],
	])('%d ms reads %s', (span, text) => expect(formatDuration(span)).toBe(text));
});
