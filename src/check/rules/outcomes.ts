import { textOf } from '../../model/value-text.ts';
import type { RuleCase } from '../case.ts';
import { judgeFailureBooked } from '../judge-failure.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { unknownStatus } from '../undecided.ts';
import type { AnswerWanted, StateWanted } from '../wanted.ts';
import { bookcars, iakCallback, iakLaravel, owasp } from './sources.ts';
import { failuresOf, success, withFailure } from './steps.ts';

/** Failures, pending reports, and statuses nobody knows. */
export const outcomeRules: readonly Rule[] = [
	{
		id: 'genuine-failure',
		title: 'A business failure is acknowledged',
		level: 'must',
		why: 'A failed payment is a fact, not an error: answering 400 makes the provider repeat it four more times.',
		hint: 'Answer 200 to every genuine callback, whatever it reports.',
		source: bookcars,
		cases: withFailure((_, event) => [
			{ about: 'a genuine failure', steps: [{ event }], answer: 'acknowledged' },
		]),
	},
	{
		id: 'failure-takes-effect',
		title: 'A genuine failure is booked as one',
		level: 'must',
		// Another attempt may still settle it there.
		levels: { bayarcash: 'should' },
		levelFor: ({ failureIsFinal }) => (failureIsFinal ? undefined : 'should'),
		why: 'The customer waits for a refund that never comes, or the order stays open for ever.',
		hint: 'Compare with the very word the provider sends (KHOINS says Gagal, Transfez declined, and canceled with one l), and book it as failed, not as pending.',
		source: null,
		cases: withFailure((subject) =>
			failuresOf(subject).map(
				(event): RuleCase => ({
					about: event,
					steps: [{ event }],
					answer: 'acknowledged',
					needsOrder: true,
					judge: judgeFailureBooked,
				}),
			),
		),
	},
	{
		id: 'failure-not-success',
		title: 'A failure is not taken for a success',
		level: 'must',
		why: 'Goods go out for a payment that failed.',
		hint: 'Settle only on the success status, by its code and not by a text.',
		source: owasp,
		cases: withFailure((subject) =>
			failuresOf(subject).map(
				(name): RuleCase => ({
					about: name,
					steps: [{ event: name }],
					answer: 'any',
					state: 'not-success',
				}),
			),
		),
	},
	{
		id: 'genuine-pending',
		title: 'Pending reports are acknowledged',
		level: 'must',
		why: 'A pending report that is refused is repeated, and may arrive behind the final one.',
		hint: 'Answer 200 and leave the order as it is.',
		source: null,
		cases: pendingCases({ answer: 'acknowledged' }),
	},
	{
		id: 'pending-not-success',
		title: 'A pending report is not taken for a success',
		level: 'must',
		why: 'A donation application treats Bayarcash status 1 (pending) as paid.',
		hint: 'Settle on the success code alone (Bayarcash 3, IAK 1, KHOINS Success, Transfez completed).',
		source: null,
		cases: pendingCases({ answer: 'any', state: 'not-success' }),
	},
	{
		id: 'pending-not-failure',
		title: 'A pending report is not taken for a failure',
		level: 'must',
		why: 'The customer is refunded, then the top-up succeeds: a Laravel receiver books everything but the word SUCCESS as failed.',
		hint: 'Book a failure on the failure codes alone; everything else stays open.',
		source: iakLaravel,
		cases: withFailure((subject) => pendingCases({ answer: 'any', state: 'not-failure' })(subject)),
	},
	{
		id: 'unknown-status',
		title: 'A status nobody knows yet is survived, and settles nothing',
		level: 'must',
		why: 'Providers add statuses. An else branch that means "paid" gives the goods away, one that means "failed" refunds what is still under way, one that throws loses the callback.',
		hint: 'Acknowledge it, log it, leave the order as it is.',
		source: owasp,
		cases: (subject) => {
			const { unknownOutcome } = subject;
			if (unknownOutcome === undefined) return 'the provider’s messages carry no status';
			const [value = null] = Object.values(unknownOutcome);
			return [
				{
					about: `status ${textOf(value)}`,
					steps: [success(subject, unknownStatus(subject))],
					answer: 'survived',
					state: 'undecided',
					control: [],
				},
			];
		},
	},
	{
		id: 'contradictory-codes',
		title: 'A status that the response code or the message contradicts settles nothing',
		level: 'must',
		providers: ['iak'],
		why: '`status === 1 || rc === "00"` sells a top-up that failed.',
		hint: 'Settle only when status and rc both say success, whatever the message says.',
		source: iakCallback,
		cases: (subject) =>
			Object.entries({
				'status 2 with rc 00': ['status=2', 'message=FAILED', 'rc=00'],
				'status 2 with message SUCCESS': ['status=2', 'message=SUCCESS', 'rc=07'],
				'status 1 with rc 07': ['status=1', 'message=SUCCESS', 'rc=07'],
			}).map(
				([about, set]): RuleCase => ({
					about,
					steps: [success(subject, { set })],
					answer: 'survived',
					state: 'not-success',
				}),
			),
	},
];

/** Every pending report, and what is wanted of it. */
function pendingCases(wanted: { readonly answer: AnswerWanted; readonly state?: StateWanted }) {
	return ({ pending }: Subject): readonly RuleCase[] | string =>
		pending.length === 0
			? 'the provider reports nothing pending'
			: pending.map((event) => ({ about: event, steps: [{ event }], ...wanted }));
}
