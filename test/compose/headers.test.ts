import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import { credentialsFor } from '../../src/compose/credentials.ts';
import {
	headerOf,
	headersFor,
	headersFrom,
	parseHeader,
	refuseName,
} from '../../src/compose/headers.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { MessageFile, ProviderFile } from '../../src/model/provider.ts';
import { Secret } from '../../src/model/secret.ts';

const problemOf = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		return { code: (error as Problem).code, ...(error as Problem).in(flagWords) };
	}
	return undefined;
};
const text = (value: string) => ({ kind: 'text', text: value }) as const;

describe('a header that somebody writes', () => {
	test.each([
		['X-Shop: kedai', 'X-Shop', 'kedai'],
		['  x-a :  b: c  ', 'x-a', 'b: c'],
		['x-empty:', 'x-empty', ''],
		['a:b', 'a', 'b'],
		['host: shop.test', 'host', 'shop.test'],
		['x-latin: é\t~', 'x-latin', 'é\t~'],
	])('%j is taken apart', (argument, name, value) => {
		expect(parseHeader(argument)).toEqual({ name, value: text(value) });
	});

	test.each([
		['no colon', 'abc', '--header needs a name'],
		['no name', ': x', 'needs a name'],
		['a blank in its name', 'a b: c', 'needs a name'],
		['quotes around it all', "'x-a: b'", '--header: there are quotes'],
		['a name that the request makes', 'Content-Length: 3', 'Content-Length is made from'],
		['a line break in it', 'x-a: b\nc', 'x-a'],
		['letters beyond Latin-1', 'x-a: ж', 'x-a'],
		['a NUL', 'x-a: \0', 'x-a'],
		['a DEL', 'x-a: \x7f', 'x-a'],
	])('with %s is refused', (_name, argument, message) => {
		expect(problemOf(() => parseHeader(argument))).toMatchObject({
			code: 'header-invalid',
			message: expect.stringContaining(message) as string,
			hint: expect.stringMatching(/\w/) as string,
		});
	});

	test('is not repeated where it may be a key, nor a value that cannot be written', () => {
		for (const argument of ['sk_live_4711', 'x-key: a\nsk_live_4711']) {
			const { message = '', hint = '' } = problemOf(() => parseHeader(argument)) ?? {};
			expect(message).not.toBe('');
			expect(message + hint).not.toContain('4711');
		}
	});

	test('in a program is a name with its value, or such a line', () => {
		expect(headersFrom(undefined)).toBeUndefined();
		expect(headersFrom(['x-a: b'])).toEqual([{ name: 'x-a', value: text('b') }]);
		expect(headersFrom({ 'x-a': ' b ', 'x-n': 5 })).toEqual([
			{ name: 'x-a', value: text('b') },
			{ name: 'x-n', value: text('5') },
		]);
		expect(problemOf(() => headersFrom({ 'x-a: injected': 'z' }))).toMatchObject({
			code: 'header-invalid',
			message: expect.stringContaining('"x-a: injected"') as string,
		});
	});

	test('may be a Host, in either case, and nothing else that the request makes itself', () => {
		for (const name of ['Host', 'host', 'X-Anything'])
			expect(
				problemOf(() => refuseName(name)),
				name,
			).toBeUndefined();
		for (const name of ['Connection', 'transfer-encoding', 'Content-Length', ''])
			expect(
				problemOf(() => refuseName(name)),
				name,
			).toEqual({
				code: 'header-invalid',
				message: expect.stringContaining('--header') as string,
				hint: expect.stringMatching(/\w/) as string,
			});
	});
});

describe('a header on its way out', () => {
	const ports = { env: () => 'from the environment', file: () => 'from a file\n' };

	test.each([
		['X-Shop', text('kedai'), 'kedai', 'kedai'],
		['X-Api-Key', text('k'), 'k', '[masked]'],
		['X-Shop', { ...text('k'), isMasked: true }, 'k', '[masked]'],
		['X-Shop', { ...text('k'), isMasked: false }, 'k', 'k'],
		['X-Shop', { kind: 'env', variable: 'A' } as const, 'from the environment', '[masked]'],
		['X-Shop', { kind: 'file', path: 'a' } as const, 'from a file', '[masked]'],
	])('%s of %j is sent as %s and shown as %s', (name, value, sent, shown) => {
		expect(headerOf({ name, value }, ports)).toEqual({ name, value: sent, shown, shell: shown });
	});

	test('that came by reference and cannot be written is told without it', () => {
		const broken = { ...ports, env: () => 'sk_4711\nx' };
		const header = { name: 'x-a', value: { kind: 'env', variable: 'A' } } as const;
		const problem = problemOf(() => headerOf(header, broken));
		expect(problem?.code).toBe('header-invalid');
		expect(`${problem?.message} ${problem?.hint}`).not.toContain('4711');
		expect(
			problemOf(() => headerOf(header, { ...ports, env: () => undefined }))?.message,
		).toContain('headers.x-a');
	});
});

describe('the headers of a message', () => {
	const headers = (
		templates: Readonly<Record<string, string>> | undefined,
		origin: 'own' | 'simulator' = 'own',
		contentType: string | undefined = 'application/json',
	) =>
		headersFor({
			message: { headers: templates } as unknown as MessageFile,
			contentType,
			userAgent: 'shop/1',
			scope: {
				value: () => undefined,
				credential: (name) => new Secret(name, 'sesame', origin),
				now: 0,
				zone: '+08:00',
				target: '',
				random: seededRandom('headers'),
			},
			provider: 'my-shop',
		});
	const usual = [
		['accept', '*/*'],
		['user-agent', 'shop/1'],
	];
	const pairs = (all: readonly { name: string; value: string }[]) =>
		all.map(({ name, value }) => [name, value]);

	test('are the few that a server needs, and its own', () => {
		expect(pairs(headers(undefined)(0))).toEqual([['content-type', 'application/json'], ...usual]);
		expect(pairs(headers({ 'x-date': '${now:unix}' })(5_000)).at(-1)).toEqual(['x-date', '5']);
	});

	test('have no type where there is no body', () => {
		const none = headersFor({
			message: {} as MessageFile,
			contentType: undefined,
			userAgent: 'shop/1',
			scope: {} as never,
			provider: 'shop',
		});
		expect(pairs(none(0))).toEqual(usual);
	});

	test('show a credential of the user’s by its name, and the simulator’s as it is', () => {
		const template = { 'x-key': 'Key ${cred.api_key}' };
		expect(headers(template)(0).at(-1)).toEqual({
			name: 'x-key',
			value: 'Key sesame',
			shown: 'Key [secret:api_key]',
			shell: 'Key $CALLSIM_MY_SHOP_API_KEY',
		});
		expect(headers(template, 'simulator')(0).at(-1)).toEqual({
			name: 'x-key',
			value: 'Key sesame',
			shown: 'Key sesame',
			shell: 'Key sesame',
		});
	});

	test('that no header can carry are refused, also where a credential brings that along', () => {
		const sources = { given: [], env: () => 'a\nb', file: () => '' };
		const credential = credentialsFor(
			{ id: 'shop', credentials: { api_key: { simulator: '' } } } as unknown as ProviderFile,
			sources,
		);
		const broken = headersFor({
			message: { headers: { 'x-key': '${cred.api_key}' } } as unknown as MessageFile,
			contentType: undefined,
			userAgent: 'shop/1',
			scope: { credential } as never,
			provider: 'shop',
		});
		expect(problemOf(() => broken(0))?.message).toContain('x-key');
		expect(problemOf(() => headers({ 'x-a': 'ж' })(0))).toMatchObject({
			code: 'header-invalid',
			message: expect.stringContaining('x-a') as string,
		});
	});
});
