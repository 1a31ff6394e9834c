import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/compose/assignment.ts';
import { phpText } from '../../src/compose/print-value.ts';
import { needs } from '../support/tools.ts';

const printed = (json: string) => phpText(parseJson(json, 'test'), 'field');

const table = [
	['60.00', '60'],
	['60.50', '60.5'],
	['0.1', '0.1'],
	['-0.10', '-0.1'],
	['1e2', '100'],
	['0', '0'],
	['-0.0', '-0'],
	['0.00001', '1.0E-5'],
	['0.0001', '0.0001'],
	['0.00012345678901234567', '0.00012345678901235'],
	['123456.789', '123456.789'],
	['1.23456789012345678', '1.2345678901235'],
	['1234567890.123456', '1234567890.1235'],
	['99999999999999', '99999999999999'],
	['99999999999999.0', '99999999999999'],
	['99999999999999.9', '1.0E+14'],
	['100000000000000', '100000000000000'],
	['100000000000000.0', '1.0E+14'],
	['123456789012345.6', '1.2345678901235E+14'],
	['12345678901234.5', '12345678901234'],
	['12345678901235.5', '12345678901236'],
	['-17519403779232500.0', '-1.7519403779232E+16'],
	['1e15', '1.0E+15'],
	['-1.5e300', '-1.5E+300'],
	['1e400', 'INF'],
	['-1e400', '-INF'],
	['9007199254740993', '9007199254740993'],
	// JavaScript prints it back the same, and still it is no float.
	['196383051866827330', '196383051866827330'],
	['9223372036854775807', '9223372036854775807'],
	['9223372036854775808', '9.2233720368548E+18'],
	['-9223372036854775808', '-9223372036854775808'],
	['true', '1'],
	['false', ''],
	['null', ''],
	['"60.00"', '60.00'],
] as const;

describe('a value reads in signed text as PHP casts it', () => {
	test.each(table)('%s as %j', (json, text) => {
		expect(printed(json)).toBe(text);
	});

	test('an absent one is empty, an array or an object is no text', () => {
		expect(phpText(undefined, 'field')).toBe('');
		for (const json of ['[]', '{}', '[1]'])
			expect(() => printed(json)).toThrow(
				expect.objectContaining({
					code: 'value-misfit',
					message: `field is ${json === '{}' ? 'an object' : 'an array'} and cannot be signed or written as one value`,
				}),
			);
		// Numbers of the program itself read as those of JSON.
		expect([60, -0, 1e15, 2.5, 1e-5].map((value) => phpText(value, 'field'))).toEqual([
			'60',
			'0',
			'1000000000000000',
			'2.5',
			'1.0E-5',
		]);
	});
});

describe.skipIf(!needs('php'))('PHP itself', () => {
	const program = 'foreach (json_decode(stream_get_contents(STDIN)) as $value) echo $value, "\\n";';
	/** All at once: starting PHP takes longer than a thousand casts. `-n`: as shipped, without a php.ini. */
	const php = (jsons: readonly string[]): string[] => {
		const { stdout, status } = spawnSync('php', ['-n', '-r', program], {
			input: `[${jsons.join()}]`,
			encoding: 'utf8',
		});
		expect(status).toBe(0);
		return stdout.split('\n').slice(0, -1);
	};

	test('says the same of the table', () => {
		expect(php(table.map(([json]) => json))).toEqual(table.map(([, text]) => text));
	});

	test('says the same of any number', () => {
		const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
		// As money is written, and as JSON of other languages writes numbers.
		const money = fc
			.tuple(fc.bigInt(-(10n ** 17n), 10n ** 17n), fc.nat(99))
			.map(([whole, cents]) => {
				return `${whole}.${String(cents).padStart(2, '0')}`;
			});
		const number = fc.oneof(
			finite.map(String),
			finite.map((value) => value.toExponential()),
			money,
			fc.bigInt().map(String),
		);
		fc.assert(
			fc.property(fc.array(number, { minLength: 500, maxLength: 500 }), (jsons) => {
				const theirs = php(jsons);
				const different = jsons.map((json, at) => ({
					json,
					ours: printed(json),
					theirs: theirs[at],
				}));
				expect(different.filter((one) => one.ours !== one.theirs)).toEqual([]);
			}),
			{ numRuns: 4, endOnFailure: true },
		);
	});
});
