import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import {
	type CredentialSources,
	credentialsFor,
	environmentName,
	isVariableName,
} from '../../src/compose/credentials.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { ProviderFile } from '../../src/model/provider.ts';
import { Secret } from '../../src/model/secret.ts';
import type { CredentialSetting, CredentialSource } from '../../src/model/settings.ts';

const provider = (id: string, ...names: string[]) =>
	({
		id,
		credentials: Object.fromEntries(names.map((name) => [name, { simulator: `${name}-demo` }])),
	}) as unknown as ProviderFile;
const shop = provider('shop', 'user', 'key');
const other = provider('other', 'key', 'token');
const unsigned = provider('plain-shop');

const value = (text: string): CredentialSource => ({
	kind: 'value',
	secret: new Secret('given', text, 'own'),
});
const given = (name: string, source: CredentialSource, of?: string): CredentialSetting => ({
	provider: of,
	name,
	source,
});
const both = [given('user', value('me')), given('key', value('mine'))];

interface Places {
	readonly given?: readonly CredentialSetting[];
	readonly env?: Readonly<Record<string, string>>;
	readonly files?: Readonly<Record<string, string>>;
	readonly project?: Readonly<Record<string, CredentialSource>>;
}
const sources = ({
	given: all = [],
	env = {},
	files = {},
	project,
}: Places): CredentialSources => ({
	given: all,
	env: (name) => env[name],
	file: (path) => files[path] ?? '',
	...(project === undefined ? {} : { project: (id, name) => project[`${id}.${name}`] }),
});
const textsOf = (places: Places, of = shop, inPlay = [of]) => {
	const credentials = credentialsFor(of, sources(places), inPlay);
	return Object.keys(of.credentials).map((name) => {
		const secret = credentials(name);
		expect(secret.name).toBe(name);
		return `${secret.origin} ${secret.reveal()}`;
	});
};
const problemOf = (...args: Parameters<typeof textsOf>) => {
	try {
		textsOf(...args);
	} catch (error) {
		return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
	}
	return undefined;
};

describe('the credentials of a provider', () => {
	test('are the simulator’s where nothing is said', () => {
		expect(textsOf({})).toEqual(['simulator user-demo', 'simulator key-demo']);
		expect(textsOf({ env: { CALLSIM_SHOP_KEY: '' } })).toEqual(textsOf({}));
	});

	test('come from what is given before the environment, and from that before the project', () => {
		const project = { 'shop.user': value('p-user'), 'shop.key': value('p-key') };
		expect(textsOf({ project })).toEqual(['own p-user', 'own p-key']);
		const env = { CALLSIM_SHOP_KEY: 'e-key' };
		expect(textsOf({ project, env })).toEqual(['own p-user', 'own e-key']);
		expect(textsOf({ project, env, given: [given('key', value('g-key'))] })).toEqual([
			'own p-user',
			'own g-key',
		]);
		expect(textsOf({ project, env: { CALLSIM_SHOP_KEY: '' } })).toEqual(textsOf({ project }));
	});

	test('come by a variable, or a file without the line break that editors put at its end', () => {
		const of = (source: CredentialSource, places: Places = {}) =>
			textsOf({ ...places, given: [given('user', value('me')), given('key', source)] })[1];
		expect(of({ kind: 'env', variable: 'MY_KEY' }, { env: { MY_KEY: 'mine' } })).toBe('own mine');
		for (const [text, read] of [
			['mine\n', 'mine'],
			['mine\r\n', 'mine'],
			['mine\n\n', 'mine\n'],
			['a\nb', 'a\nb'],
			['mine\r', 'mine\r'],
		] as const)
			expect(of({ kind: 'file', path: 'key.txt' }, { files: { 'key.txt': text } })).toBe(
				`own ${read}`,
			);
	});

	test('that are half given are refused, with what is missing', () => {
		expect(problemOf({ given: [given('key', value('mine'))] })).toEqual({
			code: 'credentials-incomplete',
			message: 'shop: key is given, user is not',
			hint: expect.stringContaining('CALLSIM_SHOP_USER') as string,
		});
	});

	test('of one provider are not those of another', () => {
		const all = [given('key', value('theirs'), 'other'), given('token', value('t'), 'other')];
		expect(textsOf({ given: all }, shop, [shop, other])).toEqual(textsOf({}));
		expect(textsOf({ given: all }, other, [shop, other])).toEqual(['own theirs', 'own t']);
	});

	test('that the provider’s file does not name are a fault of that file', () => {
		expect(() => credentialsFor(shop, sources({}))('constructor')).toThrow(
			expect.objectContaining({ code: 'fixture-invalid' }),
		);
	});
});

describe('a credential is refused', () => {
	const inPlay = [shop, other];

	test.each<[string, CredentialSetting[], ProviderFile[], string]>([
		['of a provider that takes no part', [given('key', value('x'), 'iak')], inPlay, 'shop, other'],
		['under a name near to a known one', [given('kee', value('x'))], [shop], '"key"'],
		['under a name that two have', [given('key', value('x'))], inPlay, 'shop.key'],
		['that is said twice', [...both, given('key', value('y'))], [shop], 'one of them'],
		['where nothing is signed', [given('secret', value('x'))], [unsigned], 'needs no credentials'],
		['under a name far from all', [given('wxyz_qqqq', value('x'))], [shop], 'user, key'],
	])('%s', (_name, all, providers, hint) => {
		expect(problemOf({ given: all }, providers[0], providers)).toMatchObject({
			code: 'credential-invalid',
			hint: expect.stringContaining(hint) as string,
		});
	});

	test('without saying what may be a key itself', () => {
		const key = 'MyKeyThatNobodyShallSee';
		for (const setting of [given(key, value('x')), given('key', value('x'), key)]) {
			const { message = '', hint = '' } = problemOf({ given: [setting] }) ?? {};
			expect(message).not.toBe('');
			expect(message + hint).not.toContain(key);
		}
	});

	test('given with and without its provider is given twice only where both are spelled alike', () => {
		const twice = [...both, given('key', value('theirs'), 'shop')];
		expect(textsOf({ given: twice })).toEqual(['own me', 'own theirs']);
	});

	test.each<[string, CredentialSource, Places, string, string]>([
		['an empty text', value(''), {}, 'the value is empty', 'env:VAR'],
		['an empty file', { kind: 'file', path: 'f' }, { files: { f: '\n' } }, 'is empty', 'file:PATH'],
		['a variable that is not set', { kind: 'env', variable: 'MY_KEY' }, {}, 'MY_KEY', 'MY_KEY'],
		[
			'a variable that is empty',
			{ kind: 'env', variable: 'MY_KEY' },
			{ env: { MY_KEY: '' } },
			'MY_KEY',
			'MY_KEY',
		],
	])('by %s', (_name, source, places, message, hint) => {
		const problem = problemOf({
			...places,
			given: [given('user', value('u')), given('key', source)],
		});
		expect(problem).toEqual({
			code: 'credential-invalid',
			message: expect.stringMatching(new RegExp(`^--credential key.*${message}`)) as string,
			hint: expect.stringContaining(hint) as string,
		});
	});

	test('by a key in the place of a variable’s name, without telling the key', () => {
		const key = 'sk_live_4711';
		const problem = problemOf({
			given: [given('user', value('u')), given('key', { kind: 'env', variable: key })],
		});
		expect(problem?.code).toBe('credential-invalid');
		expect(`${problem?.message} ${problem?.hint}`).not.toContain(key);
	});

	test('of the project file under the place where it stands there', () => {
		const project = { 'shop.key': value(''), 'shop.user': value('u') };
		expect(problemOf({ project })?.message).toContain('credentials.shop.key');
	});
});

test('a credential has one variable of the environment', () => {
	expect(environmentName('bayarcash', 'secret_key')).toBe('CALLSIM_BAYARCASH_SECRET_KEY');
	expect(environmentName('my-own-shop', 'api-key')).toBe('CALLSIM_MY_OWN_SHOP_API_KEY');
});

test.each([
	['MY_KEY', true],
	['_', true],
	['K2', true],
	['2K', false],
	['My_Key', false],
	['MY-KEY', false],
	['', false],
	['A=B', false],
])('%j as the name of a variable: %s', (text, expected) => {
	expect(isVariableName(text)).toBe(expected);
});
