import type { RuleCase } from '../case.ts';
import type { CaseStep } from '../case-step.ts';
import type { Finding } from '../finding.ts';
import { answerOf, judgeStateOf } from '../judge-case.ts';
import { judgeTold } from '../judge-told.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { failuresOf, success, withFailure } from './steps.ts';

/** What different callbacks about one order do to each other. */
export const atOnceRules: readonly Rule[] = [
	{
		id: 'different-at-once',
		title: 'Another callback at the same moment does not undo the success',
		level: 'must',
		alone: true,
		why: 'Two workers read the order, one writes "paid", the other writes back what it had read, with a "pending" of its own: the payment is gone. The pre-transaction and the receipt come within moments of the success.',
		hint: 'Write what changes, and only where it may: UPDATE … SET state = ‘pending’ WHERE reference = ? AND state = ‘new’; never the whole row as it was read.',
		source: 'https://github.com/mollie/laravel-cashier-mollie/pull/321',
		cases: (subject) => {
			const others = companions(subject);
			if (others.length === 0) return 'the provider sends nothing else about an order';
			return others.flatMap((other) => [
				atOnce(`${other.event} behind the success`, success(subject, {}, { beside: other })),
				atOnce(`${other.event} before the success`, { ...other, beside: success(subject) }),
			]);
		},
	},
	{
		id: 'failure-told',
		title: 'Who has paid is not told of a failure',
		level: 'should',
		why: 'The first attempt is declined, the second succeeds, and the failure of the first arrives last: the order stays paid, and the customer is told that the payment failed, and pays again.',
		hint: 'Tell of a failure only when it changes the order.',
		source: null,
		cases: withFailure((subject) =>
			subject.reversal !== undefined
				? 'not for providers that take a success back with an event of its own'
				: failuresOf(subject).map(
						(event): RuleCase => ({
							about: `${event} of another attempt, after the success`,
							steps: [success(subject), { event, ids: 2 }],
							answer: 'any',
							judge: judgeTold,
						}),
					),
		),
	},
];

/** What may arrive within moments of a success, and decides nothing beside it. */
function companions(subject: Subject): CaseStep[] {
	const { announcements, pending, failure, failureIsFinal, reversal, events, returnTo } = subject;
	const isRetried = !failureIsFinal && reversal === undefined;
	return [
		...[...announcements, ...pending].map((event): CaseStep => ({ event })),
		...(returnTo !== undefined && events.has('receipt-success')
			? [{ event: 'receipt-success' }]
			: []),
		...(failure !== undefined && isRetried ? [{ event: failure, ids: 2 }] : []),
	];
}

const atOnce = (about: string, step: CaseStep): RuleCase => ({
	about,
	steps: [step],
	answer: 'survived',
	judge: (run, learned, subject): Finding => {
		const answer = answerOf(run, subject);
		if (answer.verdict !== 'passed') return answer;
		const once = judgeStateOf(run, 'one-success', learned);
		const state = once?.verdict === 'inconclusive' ? judgeStateOf(run, 'success', learned) : once;
		return state ?? answer;
	},
});
