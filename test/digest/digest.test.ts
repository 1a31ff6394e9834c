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
		expect(responseIn(digestAnswer(digest(params), request))).toBe(
			'a87a3431fd65e3b5a4855ebdffd91295',
		);
	});
});

/** Expected values from Python's hashlib, joined by hand as RFC 7616, section 3.4 says. */
describe('answers that no RFC prints', () => {
	const mufasa = {
		...base,
		username: 'Mufasa',
		password: 'Circle of Life',
		cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
	};
	const params = {
		realm: 'http-auth@example.org',
		nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
	};
	const response = (more: Record<string, string>, request = mufasa) =>
		responseIn(digestAnswer(digest({ ...params, ...more }), request));

	test('auth-int covers the body, byte for byte, and an empty one too', () => {
		const posted = { ...mufasa, method: 'POST', body: Buffer.from('{"a":"ä"}') };
		expect(response({ qop: 'auth-int' }, posted)).toBe('eb45b765f9cd5f6a7c7cb243f04719fb');
		expect(response({ qop: 'auth-int', algorithm: 'SHA-256' })).toBe(
			'8bdf6f15638e260831e905028de5450562816d093c9bfc5c13d3a46adcdde940',
		);
	});

	test('a session key is made of both nonces, and the client nonce goes out even without qop', () => {
		expect(response({ qop: 'auth', algorithm: 'MD5-sess' })).toBe(
			'e783283f46242139c486a698fec7211d',
		);
		expect(response({ qop: 'auth', algorithm: 'SHA-256-sess' })).toBe(
			'2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7',
		);
		const old = digestAnswer(digest({ ...params, algorithm: 'md5-SESS' }), mufasa);
		expect(responseIn(old)).toBe('37a7f42db2090a3fcac4e26e747d4fc8');
		expect(old).toContain(`algorithm=md5-SESS, cnonce="${mufasa.cnonce}"`);
	});

	test('SHA-512/256, and a name and a password beyond ASCII as UTF-8', () => {
		const request = {
			...base,
			uri: '/doe.json',
			username: 'Jäsøn Doe',
			password: 'Secret, or not?',
			cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm',
		};
		const challenge = {
			realm: 'api@example.org',
			nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
			algorithm: 'SHA-512-256',
			qop: 'auth',
		};
		expect(responseIn(digestAnswer(digest(challenge), request))).toBe(
			'7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c',
		);
	});
});

describe('the answer', () => {
	const request = { ...base, username: 'a "b" \\c', password: 'p', cnonce: 'cn', count: 17 };

	test('repeats opaque and algorithm as given, quotes what the RFC quotes, counts in hexadecimal', () => {
		const header = digestAnswer(
			digest({ realm: 'r', nonce: 'n', opaque: '', qop: 'auth', algorithm: 'MD5' }),
			request,
		);
		expect(header).toMatch(
			/^Digest username="a \\"b\\" \\\\c", realm="r", nonce="n", uri="\/dir\/index.html", response="[0-9a-f]{32}", algorithm=MD5, opaque="", qop=auth, nc=00000011, cnonce="cn"$/,
		);
	});

	test('without qop carries neither nc nor cnonce, and no algorithm that was not given', () => {
		expect(digestAnswer(digest({ nonce: 'n', qop: '' }), request)).toMatch(
			/^Digest username="[^,]*", realm="", nonce="n", uri="\/dir\/index.html", response="[0-9a-f]{32}"$/,
		);
	});

	test.each([
		['auth-int', 'auth-int'],
		['auth-int , AUTH', 'auth'],
		['token, auth-int ', 'auth-int'],
	])('to the qop "%s" is given with %s', (qop, chosen) => {
		expect(digestAnswer(digest({ realm: 'r', nonce: 'n', qop }), request)).toContain(
			`, qop=${chosen}, nc=`,
		);
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
		[
			'Bearer   abc==, Digest realm="x"',
			[
				['bearer', {}],
				['digest', { realm: 'x' }],
			],
		],
		['Digest nonce="n", realm=, opaque="o"', [['digest', { nonce: 'n' }]]],
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
				.array(fc.constantFrom('Digest', ' ', 'a=', '"', '\\', ',', 'b', '=', '\t'), {
					maxLength: 200,
				})
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
		expect(of('Digest nonce="1", algorithm=MD5, Digest nonce="2", algorithm=SHA-256')).toBe(
			'SHA-256',
		);
		expect(of('Digest nonce="1", algorithm=SHA-1024, Digest nonce="2", algorithm=MD5')).toBe('MD5');
		expect(
			of(
				'Digest nonce="1", algorithm=SHA-256, qop="auth-conf", Digest nonce="2", algorithm=MD5, qop="auth"',
			),
		).toBe('MD5');
		expect(of('Digest nonce="1", algorithm=SHA-256, Digest nonce="2", algorithm=SHA-512-256')).toBe(
			'SHA-512-256',
		);
		expect(strongestDigest(parseChallenges('Basic realm="x"'))).toBeUndefined();
		expect(strongestDigest(parseChallenges('Basic realm="x", nonce="1"'))).toBeUndefined();
		expect(strongestDigest(parseChallenges('Digest realm="x"'))).toBeUndefined();
	});
});
