import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Challenge, parseChallenges } from '../../src/digest/challenge.ts';
import { digestAnswer, strongestDigest } from '../../src/digest/digest.ts';

const digest = (params: Record<string, string>): Challenge => ({ scheme: 'digest', params });
const responseIn = (header: string) => /response="([0-9a-f]+)"/.exec(header)?.[1];
const base = { method: 'GET', uri: '/dir/index.html', body: new Uint8Array(), count: 1 };

describe('the published answers', () => {
	const mufasa = { ...base, username: 'Mufasa', password: 'Circle Of Life', cnonce: '0a4f113b' };
	const realm = {
		realm: 'testrealm@host.com',
		nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
		opaque: '5ccc069c403ebaf9f0171e9517f40e41',
	};

	test('RFC 2617, section 3.5', () => {
		expect(responseIn(digestAnswer(digest({ ...realm, qop: 'auth,auth-int' }), mufasa))).toBe(
			'6629fae49393a05397450978507c4ef1',
		);
	});

	test('RFC 7616, section 3.9.1, MD5 and SHA-256', () => {
		const request = {
			...base,
			username: 'Mufasa',
			password: 'Circle of Life',
			cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
		};
		const params = {
			realm: 'http-auth@example.org',
			qop: 'auth, auth-int',
			nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
			opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
		};
		expect(responseIn(digestAnswer(digest({ ...params, algorithm: 'MD5' }), request))).toBe(
			'8ca523f5e9506fed4657c9700eebdbec',
		);
		expect(responseIn(digestAnswer(digest({ ...params, algorithm: 'SHA-256' }), request))).toBe(
			'753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
		);
	});

	test("the simulator's own credentials, with and without qop", () => {
		const request = {
			...base,
			method: 'POST',
			uri: '/callback',
			username: 'api-key-demo',
			password: 'api-secret-demo',
			cnonce: '0a4f113b',
		};
		const params = { realm: 'transfez', nonce: realm.nonce };
		expect(responseIn(digestAnswer(digest({ ...params, qop: 'auth' }), request))).toBe(
			'08f8e14525a3ba89e6b86b31c3c93ebb',
		);
		expect(responseIn(digestAnswer(digest(params), request))).toBe('a87a3431fd65e3b5a4855ebdffd91295');
	});
});

describe('the answer', () => {
	const request = { ...base, username: 'a "b" \\c', password: 'p', cnonce: 'cn', count: 17 };

	test('repeats opaque and algorithm as given, quotes what the RFC quotes, counts in hexadecimal', () => {
		const header = digestAnswer(digest({ realm: 'r', nonce: 'n', opaque: '', qop: 'auth', algorithm: 'MD5' }), request);
		expect(header).toMatch(
			/^Digest username="a \\"b\\" \\\\c", realm="r", nonce="n", uri="\/dir\/index.html", response="[0-9a-f]{32}", algorithm=MD5, opaque="", qop=auth, nc=00000011, cnonce="cn"$/,
		);
	});

	test('without qop carries neither nc nor cnonce', () => {
		expect(digestAnswer(digest({ realm: 'r', nonce: 'n', qop: '' }), request)).not.toMatch(/qop|nc=|cnonce/);
	});
});

describe('challenges', () => {
	test.each([
		[
			'Digest realm="transfez", nonce="abc", qop="auth", algorithm="MD5"',
			[['digest', { realm: 'transfez', nonce: 'abc', qop: 'auth', algorithm: 'MD5' }]],
		],
		[
			'Digest realm="a,b \\"q\\" c",nonce="x==",qop="",opaque=""',
			[['digest', { realm: 'a,b "q" c', nonce: 'x==', qop: '', opaque: '' }]],
		],
		['digest realm=x,nonce=y', [['digest', { realm: 'x', nonce: 'y' }]]],
		['Digest  realm = "x" ,, nonce="n" ,', [['digest', { realm: 'x', nonce: 'n' }]]],
		[
			'Negotiate, Digest realm="x", nonce="n"',
			[
				['negotiate', {}],
				['digest', { realm: 'x', nonce: 'n' }],
			],
		],
		[
			'Bearer abc==, Basic realm="simple", Digest realm="x", nonce="n"',
			[
				['bearer', {}],
				['basic', { realm: 'simple' }],
				['digest', { realm: 'x', nonce: 'n' }],
			],
		],
		['Basic realm="a, Digest nonce=\\"b\\""', [['basic', { realm: 'a, Digest nonce="b"' }]]],
		['', []],
		['"', []],
		['realm="x"', []],
	])('%s', (header, expected) => {
		expect(parseChallenges(header).map(({ scheme, params }) => [scheme, params])).toEqual(expected);
	});

	test('whatever a server puts into quotes comes out again', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (realm, nonce) => {
				const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
				expect(parseChallenges(`Digest realm=${quote(realm)},nonce=${quote(nonce)}`)).toEqual([
					{ scheme: 'digest', params: { realm, nonce } },
				]);
			}),
		);
	});

	test('any text at all is read in linear time and without an error', () => {
		const text = fc.oneof(
			fc.string({ maxLength: 500 }),
			// Of the pieces that challenges are made of.
			fc
				.array(fc.constantFrom('Digest', ' ', 'a=', '"', '\\', ',', 'b', '=', '\t'), { maxLength: 200 })
				.map((all) => all.join('')),
		);
		fc.assert(
			fc.property(text, (header) => {
				for (const { scheme, params } of parseChallenges(header)) {
					expect(header.toLowerCase()).toContain(scheme.toLowerCase());
					for (const name of Object.keys(params)) expect(header.toLowerCase()).toContain(name);
				}
			}),
		);
		const long = `Digest ${'a="'.repeat(50_000)}`;
		expect(Array.isArray(parseChallenges(long))).toBe(true);
	});

	test('the strongest one that is known is chosen, whatever the order', () => {
		const of = (header: string) => strongestDigest(parseChallenges(header))?.params['algorithm'];
		expect(of('Digest nonce="1", algorithm=MD5, Digest nonce="2", algorithm=SHA-256')).toBe('SHA-256');
		expect(of('Digest nonce="1", algorithm=SHA-1024, Digest nonce="2", algorithm=MD5')).toBe('MD5');
		expect(
			of('Digest nonce="1", algorithm=SHA-256, qop="auth-conf", Digest nonce="2", algorithm=MD5, qop="auth"'),
		).toBe('MD5');
		expect(strongestDigest(parseChallenges('Basic realm="x"'))).toBeUndefined();
		expect(strongestDigest(parseChallenges('Digest realm="x"'))).toBeUndefined();
	});
});
