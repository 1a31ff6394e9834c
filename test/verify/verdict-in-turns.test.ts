import { expect, test } from 'vitest';
import { verdictInTurns } from '../../src/verify/verdict-in-turns.ts';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { composed, type TextShaping } from '../support/catalogue.ts';
import { receivedOf, worldOf } from '../support/verify.ts';

const judgedInTurns = async (id: string, shaping: TextShaping, most = Number.POSITIVE_INFINITY) => {
	const received = receivedOf(await composed(id, shaping));
	const world = worldOf(id.split('/')[0] ?? '');
	let pauses = 0;
	const verdict = await verdictInTurns(received, world, async () => ++pauses < most);
	return { verdict, whole: await verdictOf(received, world), pauses };
};

test.each([
	['bayarcash/transaction-success', {}],
	['bayarcash/transaction-success', { wrongKey: true }],
	['bayarcash/transaction-success', { unsigned: true }],
	['bayarcash/transaction-success', { tamper: ['amount=1.00'] }],
	['iak/pulsa-success', { tamper: [`sign=${'0'.repeat(32)}`] }],
	['transfez/transaction-completed', { variants: ['hmac'], tamper: ['state=declined'] }],
])('in turns %s under %j is judged as in one go', async (id, shaping) => {
	const { verdict, whole } = await judgedInTurns(id, shaping);
	expect(verdict).toEqual(whole);
});

test('others have their turn many times while a signature is looked into that nobody can explain', async () => {
	const { verdict, pauses } = await judgedInTurns('bayarcash/transaction-success', {
		tamper: ['amount=1.00'],
	});
	expect(verdict).toMatchObject({ genuine: false, cause: null });
	expect(pauses).toBeGreaterThan(50);
});

test('what is genuine waits for nobody', async () => {
	expect((await judgedInTurns('bayarcash/transaction-success', {})).pauses).toBe(0);
});

test('a search that there is no time for any more is given up, and said to be', async () => {
	const { verdict, pauses } = await judgedInTurns(
		'bayarcash/transaction-success',
		{ tamper: ['amount=1.00'] },
		3,
	);
	expect(pauses).toBe(3);
	expect(verdict.explanation).toContain('no mistake was looked for, so as to keep up');
});
