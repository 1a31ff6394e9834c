import { describe, expect, test } from 'vitest';
import { fill, type Scope } from '../../src/compose/fill-template.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { derive } from '../../src/compose/values.ts';
import { Secret } from '../../src/model/secret.ts';
import type { ValueObject } from '../../src/model/value.ts';
import { composed } from '../support/catalogue.ts';

const scopeOf = (values: ValueObject): Scope => ({
	value: (path) => values[path],
	credential: (name) => new Secret(name, 'secret', 'own'),
	now: 0,
	zone: 'Z',
	target: '',
	random: seededRandom('template'),
});
const filledIn = (template: string, values: ValueObject) => fill(template, scopeOf(values), { what: 'field' });

describe('templates', () => {
	test.each([
		['1', '1'],
		['1234', '1.234'],
		['123456', '123.456'],
		['1234567', '1.234.567'],
		['Rp 1234567', 'Rp 1.234.567'],
		['12.5', '12.5'],
		['', ''],
	])('%s with dots is %s', (text, expected) => expect(filledIn('${a|dots}', { a: text })).toBe(expected));

	test('a long row of digits that ends in another sign gets its dots at once', () => {
		const text = `${'1'.repeat(400_000)}x`;
		expect(filledIn('${a|dots}', { a: text })).toBe(text);
	});

	test.each(['', 'abc', 'NaN', 'Infinity', '1e', '--1', '0x10'])('"%s" as a number is a problem', (text) => {
		expect(() => filledIn('${a|number}', { a: text })).toThrow(
			expect.objectContaining({ name: 'Problem', code: 'value-misfit' }),
		);
	});

	test('a value from which a number is made is told when it is none', async () => {
		await expect(composed('khoins/topup-ticket-success', { set: ['amount:="soon"'] })).rejects.toMatchObject({
			code: 'value-misfit',
		});
	});

	test('that double one another are a problem, named where it becomes too much', () => {
		const names = Array.from({ length: 31 }, (_, at) => `f${at}`);
		const values = Object.fromEntries(names.map((name) => [name, 'ten chars.']));
		const templates = Object.fromEntries(names.slice(1).map((name, at) => [name, `\${f${at}}\${f${at}}`] as const));
		const draft = { values, vars: {}, byHand: new Set<string>(), asWritten: new Set<string>() };
		expect(() => derive(draft, templates, scopeOf)).toThrow(
			expect.objectContaining({
				code: 'value-misfit',
				message: 'f16: its template fills in more than 1048576 characters',
			}),
		);
	});
});
