import { describe, expect, test } from 'vitest';
import { fill, type Scope } from '../../src/compose/fill-template.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { derive } from '../../src/compose/values.ts';
import { mostFilledIn, Room } from '../../src/model/room.ts';
import { Secret } from '../../src/model/secret.ts';
import { isLossless, type ValueObject } from '../../src/model/value.ts';
import { composed } from '../support/catalogue.ts';

const scopeOf = (values: ValueObject): Scope => ({
	value: (path) => values[path],
	credential: (name) => new Secret(name, 'secret', 'own'),
	now: 0,
	zone: 'Z',
	target: '',
	random: seededRandom('template'),
});
const filledIn = (template: string, values: ValueObject) =>
	fill(template, scopeOf(values), { what: 'field' });

describe('templates', () => {
	test.each([
		['1', '1'],
		['1234', '1.234'],
		['123456', '123.456'],
		['1234567', '1.234.567'],
		['Rp 1234567', 'Rp 1.234.567'],
		['12.5', '12.5'],
		['', ''],
	])('%s with dots is %s', (text, expected) =>
		expect(filledIn('${a|dots}', { a: text })).toBe(expected),
	);

	test('a long row of digits that ends in another sign gets its dots at once', () => {
		const text = `${'1'.repeat(400_000)}x`;
		expect(filledIn('${a|dots}', { a: text })).toBe(text);
	});

	test.each(['', 'abc', 'NaN', 'Infinity', '1e', '--1', '0x10'])(
		'"%s" as a number is a problem',
		(text) => {
			expect(() => filledIn('${a|number}', { a: text })).toThrow(
				expect.objectContaining({ name: 'Problem', code: 'value-misfit' }),
			);
		},
	);

	test('a value from which a number is made is told when it is none', async () => {
		await expect(
			composed('khoins/topup-ticket-success', { set: ['amount:="soon"'] }),
		).rejects.toMatchObject({
			code: 'value-misfit',
		});
	});

	test('that double one another are a problem, named where it becomes too much', () => {
		const names = Array.from({ length: 31 }, (_, at) => `f${at}`);
		const values = Object.fromEntries(names.map((name) => [name, 'ten chars.']));
		const templates = Object.fromEntries(
			names.slice(1).map((name, at) => [name, `\${f${at}}\${f${at}}`] as const),
		);
		const draft = { values, vars: {}, byHand: new Set<string>(), asWritten: new Set<string>() };
		expect(() => derive(draft, templates, scopeOf)).toThrow(
			expect.objectContaining({
				code: 'value-misfit',
				message: 'f16: its template fills in more than 1048576 characters',
			}),
		);
	});
});

describe('placeholders', () => {
	const scope: Scope = {
		value: (path) =>
			({ ref: 'A-1', amount: '60.00', count: 7, flag: true, none: null, list: [1] })[path] as never,
		credential: (name) => new Secret(name, 'sesame', 'own'),
		now: Date.parse('2026-01-15T10:30:45.678Z'),
		zone: '+08:00',
		target: 'http://shop/callback',
		random: seededRandom('placeholders'),
	};
	const filled = (template: string, filling = {}) =>
		fill(template, scope, { what: 'field', ...filling });

	test.each([
		['', ''],
		['plain', 'plain'],
		['${ref}', 'A-1'],
		['${count}', 7],
		['${flag}', true],
		['${none}', null],
		['${nowhere}', undefined],
		['x${count}', 'x7'],
		['${count}${flag}|${none}|${nowhere}', '71||'],
		['${target}', 'http://shop/callback'],
		['${cred.api_key}', 'sesame'],
		['${now:unix}', '1768473045'],
		['${now:yyyy-MM-dd HH:mm:ss}', '2026-01-15 18:30:45'],
		// md5sum says so.
		['${ref|md5}', '44cd4242f4e60762eedb063bfe4ceb3c'],
		['${count|string}', '7'],
		['${amount|number}', 60],
		['${ref|slice:2}', '1'],
		['${ref|slice:0:1}', 'A'],
		['${ref|slice:-2}', '-1'],
		['${ref|slice:-1|number}', 1],
	])('%s', (template, expected) => {
		const found = filled(template);
		expect(isLossless(found) ? Number(found.value) : found).toEqual(expected);
	});

	test('a number keeps its digits, without zeros in front', () => {
		const number = (text: string) => String(filledIn('${a|number}', { a: text }));
		const texts = ['007.50', '0', '0.5', '000', '-5', '1005', '100.05'];
		expect(texts.map(number)).toEqual(['7.50', '0', '0.5', '0', '-5', '1005', '100.05']);
	});

	test('made up values have their length and their signs, and differ', () => {
		expect(filled('${digits:6}')).toMatch(/^\d{6}$/);
		expect(filled('${base62:20}')).toMatch(/^[0-9A-Za-z]{20}$/);
		expect(filled('${hex:8}')).toMatch(/^[0-9a-f]{8}$/);
		expect(filled('${uuid}')).toMatch(
			/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
		);
		expect(filled('${hex:30}')).not.toBe(filled('${hex:30}'));
	});

	test('a credential is written as it is told to be', () => {
		const tell = (secret: Secret) => secret.shown();
		expect(filled('${cred.api_key}', { tell })).toBe('[secret:api_key]');
		expect(filled('key=${cred.api_key}', { tell })).toBe('key=[secret:api_key]');
	});

	test.each([
		['${what:6}', 'fixture-invalid', '${what:6} is not a placeholder'],
		['${ref|upper}', 'fixture-invalid', '"upper" is not a filter (in ${ref|upper})'],
		['x${list}', 'value-misfit', 'list is an array and cannot be signed or written as one value'],
		['${ref|number}', 'value-misfit', 'ref goes out as a number, and "A-1" is none'],
	])('%s is a problem', (template, code, message) => {
		expect(() => filled(template)).toThrow(expect.objectContaining({ code, message }));
	});

	test('a long text that is no number is cut in what is told', () => {
		expect(() => filledIn('${a|number}', { a: 'x'.repeat(300) })).toThrow(
			expect.objectContaining({
				message: `a goes out as a number, and "${'x'.repeat(200)}" is none`,
			}),
		);
	});

	test('templates share one room, in which what one fills in is there once', () => {
		const room = new Room();
		const half = 'x'.repeat(mostFilledIn / 2);
		const into = (template: string) => fill(template, scopeOf({ half }), { what: 'field', room });
		expect(into('${half}')).toBe(half);
		expect(into('a${half}')).toBe(`a${half}`);
		expect(() => into('${half}')).toThrow(expect.objectContaining({ code: 'value-misfit' }));
	});
});
