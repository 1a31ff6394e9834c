import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { withCleanedKeys } from '../../src/verify/cleaned-keys.ts';
import type { Verdict, VerdictContext } from '../../src/verify/verdict.ts';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { composed } from '../support/catalogue.ts';
import { receivedBy, shopContext } from '../support/made-up-shop.ts';
import { judged } from '../support/verify.ts';

const keyed = (key: string) => ({ credentials: (name: string) => new Secret(name, key, 'own') });

test('a forgery is one under a damaged key, too', async () => {
	const item = await composed('bayarcash/receipt-success', { tamper: ['amount=1.00'] });
	expect((await judged(item, keyed('a key of mine\n'))).cause).not.toBe('key-damaged');
});

describe('a payment under a key that is damaged where it is configured', () => {
	const signedWith = (key: string) => {
		const sign = createHmac('sha256', key).update('T7|A-7|paid|5.00').digest('hex');
		return receivedBy(`id=T7&order=A-7&sum=5.00&state=paid&kind=payment&sign=${sign}`);
	};
	const judge = (key: string, more: Partial<VerdictContext> = {}) =>
		verdictOf(signedWith(key), shopContext({ ...keyed(' my key\n'), ...more }));

	test('is told so, with what does not belong to the key', async () => {
		const verdict = await judge('my key');
		expect(verdict).toMatchObject({
			genuine: false,
			event: 'shop/payment-paid',
			cause: 'key-damaged',
			mistakes: [],
		});
		expect(verdict.explanation).toMatch(
			/key has a blank at its beginning, a line break at its end/,
		);
	});

	test('is genuine where it is signed with that very key', async () => {
		expect(await judge(' my key\n')).toMatchObject({ genuine: true, cause: null });
	});
});

describe('keys', () => {
	/** Genuine under one key, and notes what it was asked under. */
	async function asked(secrets: Record<string, Secret>, genuineUnder: string) {
		const calls: string[] = [];
		const credentials = (name: string) => secrets[name] ?? new Secret(name, 'plain', 'own');
		const judge = async (context: VerdictContext) => {
			const key = context.credentials('key');
			calls.push(`${key.reveal()}${context.unexplained === true ? '' : ', explained'}`);
			return { genuine: key.reveal() === genuineUnder, cause: null, explanation: '' } as Verdict;
		};
		const { cause, explanation } = await withCleanedKeys(shopContext({ credentials }), judge);
		return { calls, cause, explanation };
	}
	const key = (text: string, origin: 'own' | 'simulator' = 'own') => ({
		key: new Secret('key', text, origin),
	});

	test('that are whole, or not the user’s own, are judged as they are', async () => {
		expect((await asked(key('k'), 'k')).calls).toEqual(['k, explained']);
		expect((await asked(key('k '), 'other')).calls).toEqual(['k ', 'k', 'k , explained']);
		expect((await asked(key('k ', 'simulator'), 'k')).calls).toEqual(['k , explained']);
	});

	test('of the simulator’s stay as they are beside a damaged one', async () => {
		const secrets = { ...key('k ', 'simulator'), user: new Secret('user', 'me ', 'own') };
		expect((await asked(secrets, 'other')).calls).toEqual(['k ', 'k ', 'k , explained']);
	});

	test('that fit without what they brought along are named, each of them', async () => {
		const secrets = { ...key('k '), user: new Secret('user', '"me"', 'own') };
		const { calls, cause, explanation } = await asked(secrets, 'k');
		expect({ calls, cause }).toEqual({ calls: ['k ', 'k'], cause: 'key-damaged' });
		expect(explanation).toMatch(/user has double quotes around it; key has a blank at its end/);
	});
});
