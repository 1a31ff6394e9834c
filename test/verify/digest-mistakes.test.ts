import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { digestVerdict } from '../../src/verify/digest-verdict.ts';
import { receivedBy, shopContext } from '../support/made-up-shop.ts';

/** Answers as RFC 7616 has them, computed here and not by the code under test. */
const terms = {
	username: 'my user',
	realm: 'shop',
	password: 'my password',
	method: 'POST',
	uri: '/callback?shop=1',
	qop: 'auth',
	algorithm: 'SHA-256',
	body: '{}',
};
type Terms = typeof terms;

function responseOf(given: Partial<Terms>): string {
	const { username, realm, password, method, uri, qop, algorithm, body } = { ...terms, ...given };
	const names: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };
	const isSession = algorithm.endsWith('-sess');
	const hash = (text: string) =>
		createHash(names[algorithm.replace('-sess', '')] ?? 'sha512-256')
			.update(text)
			.digest('hex');
	const login = hash(`${username}:${realm}:${password}`);
	const secret = isSession ? hash(`${login}:n:c`) : login;
	const what = hash(`${method}:${uri}${qop === 'auth-int' ? `:${hash(body)}` : ''}`);
	return hash(qop === '' ? `${secret}:n:${what}` : `${secret}:n:00000002:c:${qop}:${what}`);
}

/** What is stated, and what the answer was really made of. */
function headerOf(stated: Partial<Terms>, made: Partial<Terms>, response?: string): string {
	const { username, realm, uri, qop, algorithm } = { ...terms, ...stated };
	const answer = response ?? responseOf({ ...stated, ...made });
	const fields = `username="${username}", realm="${realm}", nonce="n", uri="${uri}"`;
	const count = qop === '' ? '' : `, qop=${qop}, nc=00000002, cnonce="c"`;
	return `Digest ${fields}, algorithm=${algorithm}${count}, response="${answer}"`;
}
const judge = (authorization: string | undefined) =>
	digestVerdict(
		receivedBy('{}', {
			target: '/callback?shop=1',
			headers: { host: 'shop.test', ...(authorization === undefined ? {} : { authorization }) },
		}),
		{ username: 'user', password: 'password' },
		shopContext({ otherKeys: [{ name: 'the production key', text: 'production' }] }),
	);
const verdict = (made: Partial<Terms>, stated: Partial<Terms> = {}) =>
	judge(headerOf(stated, made));

describe('a Digest answer', () => {
	test.each<[string, Partial<Terms>]>([
		['as most send it', {}],
		['over MD5, which is meant where nothing is said', { algorithm: 'MD5' }],
		['of a session', { algorithm: 'MD5-sess' }],
		['with its body', { qop: 'auth-int' }],
		['of the old kind', { qop: '' }],
	])('%s is genuine', (_name, stated) => {
		expect(verdict({}, stated)).toEqual({
			genuine: true,
			cause: null,
			explanation: expect.stringMatching(/\w.*\.$/) as string,
			signature: null,
		});
	});

	test.each<[string, Partial<Terms>, string, string]>([
		['the path alone', { uri: '/callback' }, 'wrong-uri', 'another uri'],
		['the whole URL', { uri: 'http://shop.test/callback?shop=1' }, 'wrong-uri', 'another uri'],
		['the root', { uri: '/' }, 'wrong-uri', 'another uri'],
		['GET', { method: 'GET' }, 'wrong-method', 'GET'],
		['PUT', { method: 'PUT' }, 'wrong-method', 'PUT'],
		['HEAD', { method: 'HEAD' }, 'wrong-method', 'HEAD'],
		['the method in small letters', { method: 'post' }, 'wrong-method', 'post'],
		['no realm', { realm: '' }, 'wrong-realm', '""'],
		['the host as its realm', { realm: 'shop.test' }, 'wrong-realm', 'shop.test'],
		['a usual realm', { realm: 'Restricted' }, 'wrong-realm', 'Restricted'],
		['another usual realm', { realm: 'Protected' }, 'wrong-realm', 'Protected'],
		['the realm of an API', { realm: 'api' }, 'wrong-realm', 'api'],
		['the production key', { password: 'production' }, 'wrong-key', 'the production key'],
		['a password with a line break', { password: 'my password\n' }, 'wrong-key', 'line break'],
		[
			'both swapped',
			{ username: 'my password', password: 'my user' },
			'username-key-swapped',
			'swapped',
		],
		['another hash', { algorithm: 'MD5' }, 'wrong-algorithm', 'MD5'],
		['the hash of a session', { algorithm: 'SHA-256-sess' }, 'wrong-algorithm', 'SHA-256-sess'],
		['no qop', { qop: '' }, 'qop-ignored', 'without qop'],
		['its body, too', { qop: 'auth-int' }, 'qop-ignored', 'auth-int'],
		['nothing that is known', { password: 'x' }, 'wrong-answer', 'any known mistake'],
	])('over %s is named', (_name, made, cause, said) => {
		expect(verdict(made)).toEqual({
			genuine: false,
			cause,
			explanation: expect.stringContaining(said) as string,
			signature: null,
		});
	});

	test('over another request than this is named, with both', () => {
		const { cause, explanation } = verdict({}, { uri: '/other' });
		expect(cause).toBe('wrong-uri');
		expect(explanation).toMatch(/"\/other".*"\/callback\?shop=1"/);
	});

	test('of another user is named', () => {
		const { cause, explanation } = verdict({}, { username: 'you' });
		expect(cause).toBe('wrong-username');
		expect(explanation).toMatch(/"you".*user/);
	});

	test('in capitals is named', () => {
		const header = headerOf({}, {}, responseOf({}).toUpperCase());
		expect(judge(header).cause).toBe('signature-upper-case');
	});

	test('that is none is told, and one that lacks its parts', () => {
		expect(judge(undefined).cause).toBe('no-credentials');
		expect(judge('Basic dXNlcjpwYXNz')).toMatchObject({
			cause: 'not-digest',
			explanation: expect.stringMatching(/Basic\b(?!.*dXN)/) as string,
		});
		expect(judge('Digest nonce="n"')).toMatchObject({ genuine: false, cause: 'wrong-username' });
		expect(judge('Digest username="my user", nonce="n"').genuine).toBe(false);
	});
});
