import { describe, expect, test } from 'vitest';
import { headerSecrets } from '../../src/compose/header-secrets.ts';
import { headerOf, isConfidential, parseHeader } from '../../src/compose/headers.ts';

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
		['Authorization: Basic nothing', ['Basic nothing', 'nothing']],
		[
			'Cookie: a=one; b="two"; c=s%3Athree',
			['a=one; b="two"; c=s%3Athree', 'one', '"two"', 'two', 's%3Athree', 's:three'],
		],
		['Cookie: a=100%', ['a=100%', '100%']],
		['x-note: Bearer of news', []],
	])('%s', (text, secrets) => expect([...new Set(secretsIn(text))]).toEqual(secrets));

	test('nor of one that came by reference, whatever it is called', () => {
		const header = headerOf({ name: 'x-note', value: { kind: 'env', variable: 'NOTE' } }, ports);
		expect(headerSecrets([header]).map(String)).toEqual(['[secret:x-note]']);
		expect(headerSecrets([header]).map((secret) => secret.reveal())).toEqual([
			'from the environment',
		]);
	});
});
