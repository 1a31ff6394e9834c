import { expect, test } from 'vitest';
import { failureOf } from '../../src/delivery/failure.ts';
import { RemoteAddress } from '../../src/delivery/guarded-lookup.ts';
import { MalformedAnswer } from '../../src/delivery/lenient-reading.ts';

const coded = (code: string, more: object = {}) =>
	Object.assign(new Error('as it was said'), { code }, more);

test.each([
	['ECONNREFUSED', 'unreachable', 'refused'],
	['ENOTFOUND', 'unreachable', 'name-not-found'],
	['EAI_AGAIN', 'unreachable', 'name-not-found'],
	['EAI_FAIL', 'unreachable', 'name-not-found'],
	['EHOSTUNREACH', 'unreachable', 'no-route'],
	['ENETUNREACH', 'unreachable', 'no-route'],
	['EADDRNOTAVAIL', 'unreachable', 'no-route'],
	['EACCES', 'unreachable', 'no-route'],
	['EPERM', 'unreachable', 'no-route'],
	['EINVAL', 'unreachable', 'no-route'],
	['ETIMEDOUT', 'unreachable', 'no-route'],
	['EHOSTDOWN', 'unreachable', 'no-route'],
	['EPROTO', 'unreachable', 'tls'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable', 'tls'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'unreachable', 'tls'],
	['CERT_HAS_EXPIRED', 'unreachable', 'tls'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', 'tls'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'unreachable', 'tls'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unreachable', 'tls'],
	['HOSTNAME_MISMATCH', 'unreachable', 'tls'],
	['INVALID_CA', 'unreachable', 'tls'],
	['INVALID_PURPOSE', 'unreachable', 'tls'],
	['ECONNRESET', 'broken', 'reset'],
	['EPIPE', 'broken', 'reset'],
	['UND_ERR_SOCKET', 'broken', 'closed'],
	['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'broken', 'malformed'],
	['UND_ERR_HEADERS_OVERFLOW', 'broken', 'malformed'],
])('%s is %s, %s', (code, kind, cause) => {
	for (const isConnected of [true, false])
		expect(failureOf(coded(code), isConnected, false)).toEqual({ kind, cause, detail: code });
});

test('a connection that is cut before TLS stands is a failure of TLS, and later it is a reset', () => {
	expect(failureOf(coded('ECONNRESET'), false, true)).toMatchObject({
		kind: 'unreachable',
		cause: 'tls',
	});
	expect(failureOf(coded('ECONNRESET'), true, true)).toMatchObject({
		kind: 'broken',
		cause: 'reset',
	});
	expect(failureOf(coded('ECONNREFUSED'), false, true)).toMatchObject({ cause: 'refused' });
	expect(failureOf(coded('CERT_REVOKED'), false, true)).toMatchObject({ cause: 'tls' });
	expect(failureOf(coded('CERT_REVOKED'), true, true)).toMatchObject({ cause: 'tls' });
});

test('the innermost code tells most, along the causes and in a list of addresses', () => {
	const refused = coded('ECONNREFUSED');
	expect(failureOf(coded('UND_ERR_SOCKET', { cause: refused }), true, false)).toMatchObject({
		cause: 'refused',
	});
	expect(failureOf(new Error('fetch failed', { cause: refused }), true, false)).toMatchObject({
		cause: 'refused',
	});
	const each = new AggregateError([new Error('without a code'), coded('ENETUNREACH'), refused]);
	expect(failureOf(Object.assign(each, { code: 'ECONNREFUSED' }), true, false)).toMatchObject({
		detail: 'ENETUNREACH',
	});
	expect(failureOf({ code: 'EPIPE', cause: null }, true, false)).toMatchObject({ cause: 'reset' });
});

test('what a parser cannot read is malformed, in its own words', () => {
	const parser = Object.assign(new Error('Expected HTTP/'), {
		name: 'HTTPParserError',
		code: 'HPE_INVALID',
	});
	expect(failureOf(parser, true, false)).toEqual({
		kind: 'broken',
		cause: 'malformed',
		detail: 'Expected HTTP/',
	});
	expect(failureOf(new MalformedAnswer('status 099'), true, false)).toEqual({
		kind: 'broken',
		cause: 'malformed',
		detail: 'status 099',
	});
});

test.each([
	['a bug', new TypeError('x is not a function')],
	['a code that nobody knows', coded('ERR_INVALID_ARG_TYPE')],
	['a code that only holds one of TLS', coded('NO_CERT_')],
	['a number for a code', Object.assign(new Error('x'), { code: 7 })],
	[
		'an address that may not be dialled',
		Object.assign(new RemoteAddress('shop', '8.8.8.8'), { code: 'EPIPE' }),
	],
	['a text', 'EPIPE'],
])('%s is no failure of the wire', (_name, error) => {
	expect(failureOf(error, false, false)).toBeUndefined();
	expect(failureOf(error, false, true)).toBeUndefined();
});
