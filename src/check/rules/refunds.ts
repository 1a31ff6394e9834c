import type { RuleCase } from '../case.ts';
import type { CaseStep } from '../case-step.ts';
import { judgeRefunded, judgeRefundedOnce } from '../judge-failure.ts';
import type { Rule } from '../rule.ts';
import { iakLaravel } from './sources.ts';
import { failuresOf, success, withFailure } from './steps.ts';

/** Money that goes back: once, and not together with the goods. */
export const refundRules: readonly Rule[] = [
	{
		id: 'success-after-refund',
		title: 'A success that comes after the failure was refunded is not delivered as well',
		level: 'must',
		why: 'A top-up is reported failed, the customer gets the money back, then it is reported successful: goods and money are gone.',
		hint: 'Put the order up for review once its money went back, or take the refund back before you deliver.',
		source: null,
		cases: withFailure((subject, event) =>
			subject.failureIsFinal
				? [1, 2].map(
						(ids): RuleCase => ({
							about: `a success ${ids === 1 ? 'with the same ids' : 'of another attempt'} after the failure`,
							steps: [{ event }, success(subject, {}, { ids })],
							answer: 'any',
							needsOrder: true,
							judge: judgeRefunded,
						}),
					)
				: 'not for providers that may settle an order after a failure',
		),
	},
	{
		id: 'refund-once',
		title: 'Money goes back once, however often and in whatever words a failure is told',
		level: 'must',
		alone: true,
		why: 'Two workers read "not yet refunded" at the same time, or the failure comes once more under another name: the refund runs twice.',
		hint: 'Refund only when the row changes from open to failed, in one statement.',
		source: iakLaravel,
		cases: withFailure((subject, event) => {
			const others = failuresOf(subject).filter((name) => name !== event);
			return [
				once('five failures at the same moment', [{ event, atOnce: 5 }]),
				once('a failure of another attempt behind it', [{ event }, { event, ids: 2 }]),
				...others.map((name) => once(`${name} behind it`, [{ event }, { event: name, ids: 2 }])),
				...(subject.reversal === undefined
					? []
					: [
							once(`${subject.reversal} behind it`, [{ event }, { event: subject.reversal }]),
							reversedTwice(subject.reversal, success(subject)),
						]),
			];
		}),
	},
];

const once = (about: string, steps: readonly CaseStep[]): RuleCase => ({
	about,
	steps,
	answer: 'any',
	needsOrder: true,
	judge: judgeRefundedOnce,
});

const reversedTwice = (event: string, settled: CaseStep): RuleCase => ({
	about: `${event} twice`,
	steps: [settled, { event }, { event }],
	answer: 'any',
	state: 'unchanged',
	needsOrder: true,
});
