import { expect, test } from 'vitest';
import type { CaseRun, StepRun } from '../../src/check/case.ts';
import {
	judgeFailureBooked,
	judgeRefunded,
	judgeRefundedOnce,
} from '../../src/check/judge-failure.ts';
import { effectsFrom } from '../../src/check/learned-effects.ts';
import type { Subject } from '../../src/check/subject.ts';
import { stateOf } from '../../src/order/state.ts';

const shop = (fields: object) => stateOf(JSON.stringify({ ...unpaid, ...fields }));
const unpaid = { state: 'new', stage: 'new', credited: 0, refunded: 0, balance: '0.00' };
const ended = (fields: object) => ({
	before: shop({}),
	after: shop(fields),
	amount: '60.00',
	echoes: new Set<string>(),
	outcomes: new Set(['2']),
});
const delivered = { state: 'paid', credited: 1 };
const refunded = { state: 'failed', refunded: 1, balance: '60.00' };
const learned = effectsFrom(
	{
		successes: [ended(delivered), ended(delivered)],
		failures: [ended(refunded)],
		undecided: [ended({ stage: 'seen' })],
	},
	false,
	() => false,
);
const subject = {
	message: { acknowledge: { status: ['200'] } },
	events: new Map(),
	provider: { lifecycle: { outcomeFields: ['status'] } },
} as unknown as Subject;

function runOf(final: object, { first = {}, status = 200 } = {}): CaseRun {
	const step = {
		step: { event: 'failed' },
		results: [{ outcome: { kind: 'answered', status, headers: {}, body: new Uint8Array() } }],
		values: { status: '2', transaction_id: 'trx_1' },
		after: shop(first),
	} as unknown as StepRun;
	return {
		rule: 'a-rule',
		case: { about: 'it', steps: [], answer: 'acknowledged' },
		order: { reference: 'A', amount: '60.00', known: true, made: '' },
		before: shop({}),
		steps: [step],
		final: shop(final),
	};
}

test.each([
	[{ state: 'failed' }, 'passed it: state: "new" → "failed"'],
	[{ attempts: [{ result: 'declined' }] }, 'passed it: attempts.0.result: (absent) → "declined"'],
	[{}, 'failed it: acknowledged, and nothing happened to the order'],
	[
		{ transaction_id: 'trx_1', came: '2026-01-15 10:30:45' },
		'failed it: it was noted, and not that it failed: transaction_id: (absent) → "trx_1", came: (absent) → "2026-01-15 10:30:45"',
	],
	[
		{ state: 'Pending', transaction_id: 'trx_1' },
		'failed it: booked as still open: state: "new" → "Pending"',
	],
	[{ stage: 'seen' }, 'passed it: stage: "new" → "seen"'],
])('a failure that leaves %j is %s', (final, told) => {
	const { verdict, reason } = judgeFailureBooked(runOf(final), learned, subject);
	expect(`${verdict} ${reason}`).toBe(told);
});

test('a failure that is refused is told by another rule', () => {
	const { verdict, reason } = judgeFailureBooked(runOf({}, { status: 400 }), learned, subject);
	expect(`${verdict} ${reason}`).toBe(
		'inconclusive it: it is not acknowledged, see genuine-failure',
	);
});

test.each([
	[{ ...refunded, ...delivered }, 'failed'],
	[{ ...refunded, state: 'review' }, 'passed'],
	[delivered, 'passed'],
])('an order that was refunded, and is %j in the end, has %s', (final, verdict) => {
	expect(judgeRefunded(runOf(final, { first: refunded }), learned).verdict).toBe(verdict);
});

test('an order that shows no refund proves nothing about refunds', () => {
	expect(judgeRefunded(runOf(delivered), learned).verdict).toBe('skipped');
	expect(judgeRefundedOnce(runOf({ state: 'failed' }), learned).verdict).toBe('skipped');
});

test('a list of refunds with one more entry is a second refund', () => {
	const inList = (count: number) => ({
		state: 'failed',
		refunds: Array.from({ length: count }, () => ({ amount: '60.00' })),
	});
	const failures = [ended(inList(1))];
	const known = effectsFrom(
		{ successes: [ended(delivered)], failures, undecided: [] },
		false,
		() => false,
	);
	expect(judgeRefundedOnce(runOf(inList(1)), known).verdict).toBe('passed');
	expect(judgeRefundedOnce(runOf(inList(2)), known).reason).toContain('refunds.1.amount');
});

test.each([
	[refunded, 'passed it: refunded once'],
	[
		{ ...refunded, balance: '300.00' },
		'failed it: refunded more than once: balance moved by 300, not 60',
	],
	[{ ...refunded, refunded: 2 }, 'failed it: refunded more than once: refunded moved by 2, not 1'],
])('an order that is %j after several failures: %s', (final, told) => {
	const { verdict, reason } = judgeRefundedOnce(runOf(final), learned);
	expect(`${verdict} ${reason}`).toBe(told);
});
