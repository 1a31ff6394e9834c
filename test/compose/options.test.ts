import { describe, expect, test } from 'vitest';
import {
	choicesOf,
	choose,
	everyCombination,
	type WantedOptions,
	weakestClaim,
} from '../../src/compose/options.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { CallbackEvent, Claim } from '../../src/model/provider.ts';

const event = {
	id: 'shop/paid',
	provider: { id: 'shop', sources: { page: { url: 'https://shop.test/docs' } } },
	message: {
		method: 'POST',
		write: 'form',
		names: { ref: 'ref_id' },
		signature: { over: 'body', algorithm: 'hmac-sha256', into: { field: 'sign' } },
		choices: {
			encoding: {
				form: {},
				json: {
					write: 'json',
					names: null,
					claims: { body: ['assumed', null, 'nobody has seen it'] },
					values: { inner: { a: 2 }, list: [3] },
				},
			},
			auth: {
				signed: {},
				sha: { signature: { algorithm: 'hmac-sha512' } },
				none: { signature: null },
			},
		},
		claims: { body: ['documented', 'page'], json: ['observed', 'https://x.test/'] },
	},
	file: {
		claims: { event: ['observed', 'page', null] },
		values: { ref: 'A', inner: { a: 1, b: 1 }, list: [1, 2], kept: true },
		vars: { pin: '1' },
		options: { json: { values: { ref: 'J', inner: { c: 9 } }, vars: { pin: '2' } } },
	},
} as unknown as CallbackEvent;
const plain = {
	...event,
	message: { method: 'POST', write: 'json', claims: {} },
	file: { values: { a: 1 }, claims: {} },
} as unknown as CallbackEvent;

const named = (...options: string[]): WantedOptions => ({ named: options, of: {} });
const problemOf = (picks: WantedOptions, of = event) => {
	try {
		choose(of, picks);
	} catch (error) {
		const { code, message, hint } = error as Problem;
		return { code, message, hint };
	}
	return undefined;
};

describe('the choices of a message', () => {
	test('are told with their options, and in every combination', () => {
		expect(choicesOf(event.message)).toEqual({
			encoding: ['form', 'json'],
			auth: ['signed', 'sha', 'none'],
		});
		expect(everyCombination(event.message)).toEqual([
			['form', 'signed'],
			['form', 'sha'],
			['form', 'none'],
			['json', 'signed'],
			['json', 'sha'],
			['json', 'none'],
		]);
		expect(choicesOf(plain.message)).toEqual({});
		expect(everyCombination(plain.message)).toEqual([[]]);
	});
});

describe('a message under its options', () => {
	test('is as it stands in the file under the first of each', () => {
		const { options, values, vars, message } = choose(event);
		expect(options).toEqual(['form', 'signed']);
		expect(values).toEqual(event.file.values);
		expect(vars).toEqual({ pin: '1' });
		expect(message).toMatchObject({ write: 'form', names: { ref: 'ref_id' } });
		expect(choose(plain)).toMatchObject({ options: [], values: { a: 1 }, vars: {}, claims: {} });
	});

	test('takes what the option changes, of its signature too, and leaves out what that has as null', () => {
		const { message } = choose(event, named('json', 'sha'));
		expect(message.write).toBe('json');
		expect(Object.keys(message)).not.toContain('names');
		expect(message.signature).toEqual({
			over: 'body',
			algorithm: 'hmac-sha512',
			into: { field: 'sign' },
		});
		expect(Object.keys(choose(event, named('none')).message)).not.toContain('signature');
	});

	test('has the values of the option over the sample, and those of the sample under it over both', () => {
		const { values, vars } = choose(event, named('json'));
		expect(values).toEqual({ ref: 'J', inner: { a: 2, b: 1, c: 9 }, list: [3], kept: true });
		expect(vars).toEqual({ pin: '2' });
	});

	test('claims what holds under it alone', () => {
		expect(choose(event).claims).toEqual({
			body: { trust: 'documented', source: 'https://shop.test/docs' },
			event: { trust: 'observed', source: 'https://shop.test/docs' },
		});
		expect(choose(event, named('json')).claims).toEqual({
			body: { trust: 'assumed', source: null, note: 'nobody has seen it' },
			json: { trust: 'observed', source: 'https://x.test/' },
			event: { trust: 'observed', source: 'https://shop.test/docs' },
		});
	});
});

describe('an option is picked', () => {
	test.each<[string, WantedOptions]>([
		['by its name', named('json')],
		['by its choice', { named: [], of: { encoding: 'json' } }],
		['both ways', { named: ['json', 'json'], of: { encoding: 'json', auth: undefined } }],
	])('%s', (_name, picks) => {
		expect(choose(event, picks).options).toEqual(['json', 'signed']);
	});

	test.each<[string, WantedOptions, string, string, string]>([
		['two of one choice', named('form', 'json'), 'option-conflict', 'encoding', 'one of them'],
		[
			'two of one choice, said in two ways',
			{ named: ['json'], of: { encoding: 'form' } },
			'option-conflict',
			'encoding',
			'one of them',
		],
		['a name that is nearly one', named('jsn'), 'option-unknown', '"jsn"', '"json"'],
		[
			'a name that is none',
			named('qqqqqqq'),
			'option-unknown',
			'qqqqqqq',
			'auth: signed, sha, none',
		],
		[
			'no option of the choice',
			{ named: [], of: { encoding: 'xml' } },
			'option-unknown',
			'encoding "xml"',
			'form, json',
		],
		['no choice at all', { named: [], of: { shape: 'x' } }, 'option-unknown', 'shape', 'encoding'],
		[
			'a name that every object inherits',
			{ named: [], of: { constructor: 'x' } },
			'option-unknown',
			'constructor',
			'encoding',
		],
	])('%s is refused', (_name, picks, code, message, hint) => {
		expect(problemOf(picks)).toEqual({
			code,
			message: expect.stringContaining(message) as string,
			hint: expect.stringContaining(hint) as string,
		});
	});

	test('where there is none, that is said', () => {
		expect(problemOf(named('json'), plain)?.hint).toContain('one way only');
	});
});

test('the weakest claim decides, and of two the first', () => {
	const claim = (trust: Claim['trust'], note: string): Claim => ({ trust, source: null, note });
	const [a, b, c] = [claim('documented', 'a'), claim('assumed', 'b'), claim('observed', 'c')];
	expect(weakestClaim({ a, b, c })).toBe(b);
	expect(weakestClaim({ a, c })).toBe(c);
	expect(weakestClaim({ b, d: claim('assumed', 'd') })).toBe(b);
	expect(weakestClaim({})).toEqual({ trust: 'assumed', source: null });
});
