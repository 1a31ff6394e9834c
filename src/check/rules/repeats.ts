import type { RuleCase } from '../case.ts';
import type { CaseStep } from '../case-step.ts';
import { judgeRetry, judgeSecond, judgeSecondAttempt } from '../judge-repeat.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import {
	bayarcashPage,
	givewp,
	iakLaravel,
	owasp,
	standardWebhooks,
	transfezNewer,
} from './sources.ts';
import { failuresOf, success, withFailure } from './steps.ts';

/** What comes late, or never changes anything: behind a success it must not take it back. */
function belated(subject: Subject): CaseStep[] {
	return [...subject.announcements, ...subject.pending].map((event) => ({ event }));
}

/** Whatever comes behind a success leaves it one. */
const afterSuccess = (subject: Subject, about: string, late: CaseStep): RuleCase => ({
	about,
	steps: [success(subject), late],
	answer: 'any',
	state: 'still-success',
});

/** One order over several callbacks: repeated, late, in another order, retried. */
export const repeatRules: readonly Rule[] = [
	{
		id: 'duplicate',
		title: 'The same callback again has no second effect',
		level: 'must',
		why: 'Bayarcash sends up to five times, and every network repeats now and then: a wallet is credited twice.',
		hint: 'Make the effect conditional in the database: UPDATE … SET state = ‘paid’ WHERE reference = ? AND state <> ‘paid’, and act only when a row changed.',
		source: owasp,
		cases: (subject) => [
			{
				about: 'a success twice',
				steps: [success(subject), success(subject)],
				answer: 'acknowledged',
				state: 'as-after-first',
			},
			{
				about: 'a success three times',
				steps: [success(subject), success(subject), success(subject)],
				answer: 'acknowledged',
				state: 'as-after-first',
			},
		],
	},
	{
		id: 'duplicate-at-once',
		title: 'The same callback several times at the same moment has one effect',
		level: 'must',
		why: 'Two workers read "not yet paid" at the same time, and both credit: it happened with Mollie’s Laravel package, and with forms that two webhooks reached at once.',
		hint: 'Let the database decide (a conditional UPDATE, a unique key on the transaction id, SELECT … FOR UPDATE); reading first and writing later is a race.',
		source: 'https://github.com/mollie/laravel-cashier-mollie/pull/321',
		alone: true,
		cases: (subject) => {
			const cases: RuleCase[] = [1, 2, 3].map((round) => ({
				about: `five at the same moment (${round})`,
				steps: [success(subject, {}, { atOnce: 5 })],
				answer: 'survived',
				state: 'one-success',
			}));
			return cases;
		},
	},
	{
		id: 'duplicate-failure',
		title: 'The same failure again has no second effect',
		level: 'must',
		why: 'The refund runs once for each delivery.',
		hint: 'Refund only when the row changes from open to failed.',
		source: iakLaravel,
		cases: withFailure((_, event) => [
			{
				about: 'a failure twice',
				steps: [{ event }, { event }],
				answer: 'acknowledged',
				state: 'as-after-first',
			},
		]),
	},
	{
		id: 'retry-after-failure',
		title: 'A callback that could not be handled is handled when it comes again',
		level: 'must',
		why: 'Remembering the transaction before the work is done turns the provider’s retry into a duplicate: the callback that came before the order was stored is lost for good.',
		hint: 'Remember the callback in the same database transaction as its effect.',
		source: standardWebhooks,
		cases: (subject) => [
			{
				about: 'the order is stored after the first delivery',
				steps: [success(subject, {}, { orderAfter: true }), success(subject)],
				answer: 'acknowledged',
				state: 'success',
				needsSetup: true,
				judge: judgeRetry,
			},
		],
	},
	{
		id: 'retry-after-abort',
		title: 'A delivery that broke off is handled when it comes again',
		level: 'must',
		why: 'Connections break in the middle of a body, or before the answer is read; the provider sends again.',
		hint: 'Touch nothing before the whole body is there and verified.',
		source: standardWebhooks,
		cases: (subject) => [
			{
				about: 'cut off in the middle of the body',
				steps: [
					success(subject, {}, { wire: { pace: { pieces: 2, pauseMs: 20, stopAfter: 1 } } }),
					success(subject),
				],
				answer: 'acknowledged',
				state: 'success',
				stateAdds: true,
				dangerous: true,
			},
		],
	},
	{
		id: 'out-of-order',
		title: 'An earlier report that arrives later changes nothing',
		level: 'must',
		why: 'Order is promised by nobody. A WordPress plugin sets a paid order back to pending when the pre-transaction is repeated.',
		hint: 'Never go back: let a final state ignore everything that is not final.',
		source: givewp,
		cases: (subject) =>
			belated(subject).length === 0
				? 'the provider sends nothing before the result'
				: belated(subject).flatMap((late) => [
						afterSuccess(subject, `${late.event} after the success`, late),
						afterSuccess(subject, `${late.event} of another attempt`, { ...late, ids: 2 }),
					]),
	},
	{
		id: 'late-failure',
		title: 'A failure that arrives after the success does not undo it',
		level: 'must',
		// Where money goes back by an event of its own, a late failure is documented nowhere.
		levels: { transfez: 'should' },
		levelFor: ({ reversal }) => (reversal === undefined ? undefined : 'should'),
		why: 'The payer tries twice, the second attempt succeeds, and the failure of the first arrives last: a paid order is cancelled.',
		hint: 'Let a success be final (except for what the provider calls a refund).',
		source: 'https://github.com/NEARBuilders/nearmerch.com/issues/209',
		cases: withFailure((subject, event) => {
			const others = failuresOf(subject).filter((name) => name !== event);
			return [
				afterSuccess(subject, 'the failure of another attempt', { event, ids: 2 }),
				afterSuccess(subject, 'a failure with the same ids', { event }),
				...others.map((name) =>
					afterSuccess(subject, `${name} of another attempt`, { event: name, ids: 2 }),
				),
			];
		}),
	},
	{
		id: 'second-attempt',
		title: 'A second attempt on the same order may succeed after a first one failed',
		// Shops that give each attempt an order number of its own need not.
		level: 'should',
		providers: ['bayarcash'],
		why: 'The payer tries again with the same order number and a new transaction_id: an order that is "final" after a failure swallows the payment.',
		hint: 'Treat a failed attempt as an attempt, not as the end of the order. Where each attempt has an order number of its own, put such a payment up for review.',
		source: bayarcashPage,
		cases: withFailure((subject, event) => [
			{
				about: 'failed, then paid with another transaction',
				steps: [{ event }, success(subject, {}, { ids: 2 })],
				answer: 'any',
				judge: judgeSecondAttempt,
			},
		]),
	},
	{
		id: 'second-success',
		title: 'A second success of another attempt on the same order has no second effect',
		level: 'should',
		why: 'The payer pays in two tabs: whoever remembers transactions instead of orders ships twice, or credits twice for one order.',
		hint: 'Let the order decide: act only when it becomes paid. Keep the second payment for a person to refund.',
		source: null,
		cases: (subject) => [
			{
				about: 'paid once more with another transaction',
				steps: [success(subject), success(subject, {}, { ids: 2 })],
				answer: 'any',
				needsOrder: true,
				judge: judgeSecond,
			},
		],
	},
	{
		id: 'refund-after-completed',
		title: 'A completed transfer may still be refunded',
		level: 'must',
		providers: ['transfez'],
		why: 'The bank returns the money days later; a receiver that locks on completed never tells its customer.',
		hint: 'Let completed → refunded through.',
		source: transfezNewer,
		cases: (subject) => [
			{
				about: 'refunded after completed',
				steps: [success(subject), { event: subject.reversal ?? '' }],
				answer: 'acknowledged',
				state: 'no-longer-success',
			},
		],
	},
];
