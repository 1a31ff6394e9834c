import { describe, expect, test } from 'vitest';
import { headerSecrets } from '../../src/compose/header-secrets.ts';
import { headerOf, parseHeader } from '../../src/compose/headers.ts';
import { isConfidential } from '../../src/model/header-name.ts';

const ports = { env: () => 'from the environment', file: () => '' };
const secretsIn = (text: string) =>
	headerSecrets([headerOf(parseHeader(text), ports)]).map((secret) => secret.reveal());

describe('a header', () => {
	test.each([
		...[
			'Authorization',
			'Proxy-Authorization',
			'X-Amz-Authorisation',
			'Cookie',
			'X-Auth',
			'X-API-Key',
			'apikey',
		],
		...[
			'X-Token',
			'X-CSRF-Token',
			'Client-Secret',
			'X-Password',
			'X-Passwd',
			'X-Session',
			'x-session-id',
			'X-JWT',
		],
		...['X-Credential', 'X-Authentication', 'X-Webhook-Key'],
	])('called %s carries a credential', (name) => expect(isConfidential(name)).toBe(true));

	test.each([
		...[
			'Content-Type',
			'Accept',
			'User-Agent',
			'X-Request-Id',
			'X-Author',
			'X-Forwarded-For',
			'Idempotency-Key',
		],
		...['X-Idempotency-Key', 'X-Signature', 'Authority', 'Referer', 'Origin'],
	])('called %s does not', (name) => expect(isConfidential(name)).toBe(false));
});

describe('what must not be shown of a header', () => {
	test.each([
		['x-api-key: abc123', ['abc123']],
		['Authorization: Bearer abc.def', ['Bearer abc.def', 'abc.def']],
		[
			'Authorization: Token token="abc", nonce="n"',
			['Token token="abc", nonce="n"', 'token="abc", nonce="n"', 'abc'],
		],
		[
			'Authorization: Basic dXNlcjpwYTpzcw==',
			['Basic dXNlcjpwYTpzcw==', 'dXNlcjpwYTpzcw==', 'user:pa:ss', 'pa:ss'],
		],
		['Authorization: Bearer  abc', ['Bearer  abc', 'abc']],
		['Authorization: abc', ['abc']],
		['Authorization: Basic OmFi', ['Basic OmFi', 'OmFi', ':ab', 'ab']],
		['Authorization: Basics OmFi', ['Basics OmFi', 'OmFi']],
		[
			'Authorization: ApiKey key = abc, x_token=def,nonce=n',
			['ApiKey key = abc, x_token=def,nonce=n', 'key = abc, x_token=def,nonce=n', 'abc', 'def'],
		],
		['Cookie: a=one ; b=t"w"o', ['a=one ; b=t"w"o', 'one', 't"w"o']],
		['Authorization: Basic nothing', ['Basic nothing', 'nothing']],
		[
			'Cookie: a=one; b="two"; c=s%3Athree',
			['a=one; b="two"; c=s%3Athree', 'one', '"two"', 'two', 's%3Athree', 's:three'],
		],
		['Cookie: a=100%', ['a=100%', '100%']],
		['x-note: Bearer of news', []],
	])('%s', (text, secrets) => expect([...new Set(secretsIn(text))]).toEqual(secrets));

	test.each([
		['Bearer abc', ['Bearer abc', 'abc']],
		['two words', ['two words']],
		['x Bearer abc', ['x Bearer abc']],
	])('nor of %s that came by reference under a name that says nothing', (text, secrets) => {
		const header = { name: 'x-note', value: { kind: 'env', variable: 'NOTE' } } as const;
		const sent = headerOf(header, { ...ports, env: () => text });
		expect(headerSecrets([sent]).map((secret) => secret.reveal())).toEqual(secrets);
	});

	test('nor of one that came by reference, whatever it is called', () => {
		const header = headerOf({ name: 'x-note', value: { kind: 'env', variable: 'NOTE' } }, ports);
		expect(headerSecrets([header]).map(String)).toEqual(['[secret:x-note]']);
		expect(headerSecrets([header]).map((secret) => secret.reveal())).toEqual([
			'from the environment',
		]);
	});
});
