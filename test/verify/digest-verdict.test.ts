import { describe, expect, test } from 'vitest';
import { digestAnswer } from '../../src/digest/digest.ts';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { composed } from '../support/catalogue.ts';
import { receivedOf, worldOf } from '../support/verify.ts';

const challenge = {
	scheme: 'digest',
	params: { realm: 'shop', nonce: 'n1', qop: 'auth', algorithm: 'SHA-256' },
};

async function verdict(
	change: Partial<Parameters<typeof digestAnswer>[1]>,
	params: Record<string, string> = {},
) {
	const received = receivedOf(
		await composed(
			'transfez/transaction-completed',
			{},
			{ target: new URL('http://localhost/cb?shop=1') },
		),
	);
	const request = {
		username: 'api-key-demo',
		password: 'api-secret-demo',
		method: 'POST',
		uri: '/cb?shop=1',
		body: received.body,
		cnonce: 'c',
		count: 1,
		...change,
	};
	const authorization = digestAnswer(
		{ ...challenge, params: { ...challenge.params, ...params } },
		request,
	);
	const context = worldOf('transfez', {
		otherKeys: [{ name: 'the production key', text: 'production' }],
	});
	return verdictOf(
		{ ...received, headers: { ...received.headers, host: 'localhost', authorization } },
		context,
	);
}

describe('a Digest answer', () => {
	test.each(['MD5', 'SHA-256', 'MD5-sess', 'SHA-256-sess', 'SHA-512-256'])(
		'is genuine with %s, with qop auth, auth-int and none',
		async (algorithm) => {
			for (const qop of ['auth', 'auth-int', ''])
				expect(await verdict({}, { algorithm, qop })).toMatchObject({
					genuine: true,
					event: 'transfez/transaction-completed',
				});
		},
	);

	test.each(['constructor', '__proto__', 'toString'])(
		'of an algorithm that is called %s is judged',
		async (name) => {
			expect(await verdict({}, { algorithm: name })).toMatchObject({
				genuine: expect.any(Boolean) as boolean,
			});
			expect(await verdict({}, { [name]: 'x' })).toMatchObject({ genuine: true });
		},
	);

	test.each([
		['the path without its query', { uri: '/cb' }, 'wrong-uri'],
		['the whole URL', { uri: 'http://localhost/cb?shop=1' }, 'wrong-uri'],
		['another method', { method: 'GET' }, 'wrong-method'],
		['another user', { username: 'somebody' }, 'wrong-username'],
		['the production key', { password: 'production' }, 'wrong-key'],
		['a key with a line break', { password: 'api-secret-demo\n' }, 'wrong-key'],
		['nothing we know of', { password: 'x' }, 'wrong-answer'],
	])('over %s is named', async (_name, change, cause) =>
		expect(await verdict(change)).toMatchObject({ genuine: false, cause }),
	);

	test('made for another realm than it states is named', async () => {
		const received = receivedOf(await composed('transfez/transaction-completed'));
		const answer = digestAnswer(
			{ ...challenge, params: { ...challenge.params, realm: 'transfez' } },
			{
				username: 'api-key-demo',
				password: 'api-secret-demo',
				method: 'POST',
				uri: '/callback',
				body: received.body,
				cnonce: 'c',
				count: 1,
			},
		);
		const authorization = answer.replace('realm="transfez"', 'realm="shop"');
		expect(
			await verdictOf(
				{ ...received, headers: { ...received.headers, authorization } },
				worldOf('transfez'),
			),
		).toMatchObject({ genuine: false, cause: 'wrong-realm' });
	});
});
