import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../../src/compose/fill-template.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { signature, signedNames } from '../../src/compose/signature.ts';
import type { SignatureRule } from '../../src/model/provider.ts';
import { Secret } from '../../src/model/secret.ts';
import type { ValueObject } from '../../src/model/value.ts';

const none = new Uint8Array();
const values: ValueObject = {
	amount: 60,
	currency: 'MYR',
	paid: true,
	note: null,
	buyer: { name: 'Siti' },
};
const scopeWith = (
	keys: Readonly<Record<string, string>>,
	origin: 'own' | 'simulator' = 'own',
): Scope => ({
	value: (path) => (path === 'elsewhere' ? 'E' : undefined),
	credential: (name) => new Secret(name, keys[name] ?? '', origin),
	now: 0,
	zone: 'Z',
	target: 'http://shop/',
	random: seededRandom('signature'),
});
const rule = (more: object): SignatureRule =>
	({
		algorithm: 'hmac-sha256',
		key: 'secret',
		as: 'hex',
		into: { field: 'checksum' },
		...more,
	}) as SignatureRule;
const over = { fields: ['amount', 'currency', 'paid'], join: '|' };

/** Expected values from Python's hashlib and hmac. */
describe('a signature', () => {
	test('over fields joins what PHP prints of them', () => {
		expect(signature(rule({ over }), values, none, scopeWith({ secret: 'key-1' }), false)).toEqual({
			algorithm: 'hmac-sha256',
			fields: ['amount', 'currency', 'paid'],
			canonical: '60|MYR|1',
			value: 'f0c34c23f34f5107e610d4c88a3d7dbb198ff04873bf3ba0b7ff7a8e85b9c0cf',
			into: { field: 'checksum' },
			fault: undefined,
		});
		const inner = { over: { fields: ['buyer.name', 'note', 'nowhere', 'amount'], join: ',' } };
		expect(signature(rule(inner), values, none, scopeWith({}), false).canonical).toBe('Siti,,,60');
	});

	test('with the wrong key is made with the public one, and says so', () => {
		const made = signature(rule({ over }), values, none, scopeWith({ secret: 'key-1' }), true);
		expect(made).toMatchObject({
			value: '559e21b08c38c685e26e0438565104fcb22ba619471ddcb320ed9300211d1632',
			canonical: '60|MYR|1',
			fault: 'wrong-key',
		});
	});

	test('without a key is a plain hash, here and with a prefix', () => {
		const plain = rule({ algorithm: 'sha256', key: undefined, over, prefix: 'sha256=' });
		expect(signature(plain, values, none, scopeWith({}), false).value).toBe(
			'sha256=7c866ad7353649d3216f7e31dcc3191614bb655121e2732bd243f2454e451015',
		);
	});

	test('over the body signs its bytes, in base64 where it is to be so', () => {
		const whole = rule({
			algorithm: 'hmac-sha512',
			as: 'base64',
			over: 'body',
			into: { header: 'x-sign' },
		});
		const made = signature(
			whole,
			values,
			Buffer.from('{"a":1}'),
			scopeWith({ secret: 'key-1' }),
			false,
		);
		expect(made).toMatchObject({
			fields: ['body'],
			canonical: '{"a":1}',
			into: { header: 'x-sign' },
		});
		expect(made.value).toBe(
			'En1+VZo243zfvahT1W1Min+Ldw7nlpNtWVqdFhicP8SfNzJ27BlPsFf43cPoagA+qYSS2ajkD9ZO1fN+3haxpQ==',
		);
	});

	test('over a template fills in values and credentials, and hides a key of one’s own', () => {
		const text = rule({ algorithm: 'md5', over: '${ref}${cred.secret}' });
		const sign = (scope: Scope, wrong = false) =>
			signature(text, { ref: 'A-1' }, none, scope, wrong);
		const mine = scopeWith({ secret: 'sesamé' });
		expect(sign(mine)).toMatchObject({
			fields: ['ref', 'secret'],
			canonical: 'A-1[secret:secret]',
			value: '97763d9641858a62e8db6b6af3795d58',
		});
		expect(sign(scopeWith({ secret: 'sesamé' }, 'simulator')).canonical).toBe('A-1sesamé');
		expect(sign(mine, true)).toMatchObject({
			value: '070fee3e670dfff299b8a503237f47da',
			canonical: 'A-1callsim-wrong-key',
		});
	});

	test('takes from elsewhere what the values do not have, and another key stays right', () => {
		const text = rule({ over: '${elsewhere}/${buyer.name}/${cred.user}/${nowhere}' });
		const made = signature(
			text,
			values,
			none,
			scopeWith({ user: 'u', secret: 's' }, 'simulator'),
			true,
		);
		expect(made.canonical).toBe('E/Siti/u/');
	});

	test('of RSA is verified with the public key, and a text that is no key is told without it', () => {
		const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
		const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const rsa = rule({ algorithm: 'rsa-sha256', as: 'base64', over });
		const { value } = signature(rsa, values, none, scopeWith({ secret: pem }), false);
		expect(createVerify('sha256').update('60|MYR|1').verify(publicKey, value, 'base64')).toBe(true);
		expect(() => signature(rsa, values, none, scopeWith({ secret: 'sesame' }), false)).toThrow(
			expect.objectContaining({
				code: 'credential-invalid',
				message: 'secret is no private key that rsa-sha256 can sign with',
			}),
		);
	});

	test('of what is no single value is a problem that names the field', () => {
		expect(() =>
			signature(
				rule({ over: { fields: ['buyer'], join: '' } }),
				values,
				none,
				scopeWith({}),
				false,
			),
		).toThrow(
			expect.objectContaining({
				code: 'value-misfit',
				message: expect.stringContaining('buyer is an object') as string,
			}),
		);
		const whole = { over: '${buyer}' };
		expect(() => signature(rule(whole), values, none, scopeWith({}), false)).toThrow(
			expect.objectContaining({
				message: expect.stringContaining('the signed text is an object') as string,
			}),
		);
	});

	test('names what it is made of, in order', () => {
		expect(signedNames(rule({ over: 'body' }))).toEqual(['body']);
		expect(signedNames(rule({ over: 'x${b}y${cred.a}${c|md5}' }))).toEqual(['b', 'a', 'c']);
		expect(signedNames(rule({ over }))).toEqual(over.fields);
	});
});
