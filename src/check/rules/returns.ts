import { answerText } from '../../answer/answer-text.ts';
import { named } from '../../model/words.ts';
import { answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import type { StepShaping } from '../case-step.ts';
import { type Finding, inconclusive } from '../finding.ts';
import { answerOf } from '../judge-case.ts';
import type { LearnedEffects } from '../learned-effects.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { bayarcashDemo, crmpg, fluentcart, woocommerce } from './sources.ts';

const onReturn =
	(cases: (subject: Subject) => readonly RuleCase[]) =>
	(subject: Subject): readonly RuleCase[] | string =>
		subject.returnTo !== undefined
			? cases(subject)
			: `only with ${named('returnTo')}: where the payer’s browser comes back to`;

const receipt = 'receipt-success';
const post = { variants: ['v2'] };

/** A page that shows the genuine one an error is not the page, or needs more in its URL. */
const forgedReceipt = (about: string, event: string, shaping: StepShaping): RuleCase => ({
	about,
	steps: [{ event, shaping }],
	answer: 'survived',
	state: 'unchanged',
	controlStep: { event: receipt },
});

/** Rules about the page to which the payer's browser comes back. */
export const returnRules: readonly Rule[] = [
	{
		id: 'return-genuine',
		title: 'The payer who comes back sees a page',
		level: 'must',
		providers: ['bayarcash'],
		why: 'The receipt is signed over 9 fields, the callback over 13: mixing them up shows the payer an error after a good payment.',
		hint: 'Verify the receipt over its 9 fields; show the order’s state.',
		source: bayarcashDemo,
		cases: onReturn(() => [
			...['success', 'failed', 'cancelled', 'pending'].map(
				(how): RuleCase => ({
					about: `receipt-${how}`,
					steps: [{ event: `receipt-${how}` }],
					answer: 'acknowledged',
					judge: judgePage,
				}),
			),
		]),
	},
	{
		id: 'return-unsigned',
		title: 'A receipt without its checksum changes nothing',
		level: 'must',
		providers: ['bayarcash'],
		why: 'The payer writes the address bar: status=3 is five seconds of work.',
		hint: 'Let the return page read the order, and the callback settle it.',
		source: crmpg,
		cases: onReturn(() => [
			forgedReceipt('no checksum', receipt, { unsigned: true }),
			forgedReceipt('no checksum, as a form (v2)', receipt, { ...post, unsigned: true }),
			forgedReceipt('no checksum on a failed one', 'receipt-failed', { unsigned: true }),
		]),
	},
	{
		id: 'return-tampered',
		title: 'A receipt that was changed changes nothing',
		level: 'must',
		providers: ['bayarcash'],
		why: 'One plugin computes the checksum on the return page and marks the order paid whatever it finds.',
		hint: 'Stop when the checksum differs.',
		source: fluentcart,
		cases: onReturn(() => [
			forgedReceipt('failed turned into paid', 'receipt-failed', {
				tamper: ['status=3', 'status_description=Approved'],
			}),
			forgedReceipt('paid turned into failed', receipt, {
				tamper: ['status=2', 'status_description=Unsuccessful'],
			}),
			forgedReceipt('another key', receipt, { wrongKey: true }),
			forgedReceipt('another key, as a form (v2)', receipt, { ...post, wrongKey: true }),
		]),
	},
	{
		id: 'return-order',
		title: 'Receipt and callback may come in either order',
		level: 'must',
		providers: ['bayarcash'],
		why: 'Browser and server race: a page that assumes one order loses the other.',
		hint: 'Settle in the callback, idempotently; let the page show what is there.',
		source: woocommerce,
		cases: onReturn((subject) => [
			{
				about: 'the receipt first',
				steps: [{ event: receipt }, { event: subject.success }],
				answer: 'acknowledged',
				state: 'one-success',
			},
			{
				about: 'the callback first',
				steps: [{ event: subject.success }, { event: receipt }],
				answer: 'any',
				state: 'one-success',
			},
		]),
	},
	{
		id: 'return-query',
		title: 'A second “?” in the return URL is survived',
		level: 'should',
		providers: ['bayarcash'],
		why: 'Bayarcash appends its parameters with ? even where the URL has a query: the last parameter of yours swallows the first of theirs.',
		hint: 'Put the order into the path, or repair the query before parsing it.',
		source: fluentcart,
		cases: onReturn(() => [
			{
				about: 'a return URL with a query',
				steps: [{ event: receipt, returnQuery: '?order=1' }],
				answer: 'survived',
			},
		]),
	},
	{
		id: 'return-post',
		title: 'The browser’s form post of API v2 is not stopped',
		level: 'should',
		providers: ['bayarcash'],
		why: 'It comes from another site, without a session and without a CSRF token: 419, or a logged-out page.',
		hint: 'Exempt the route from CSRF, and do not rely on the session there.',
		source: bayarcashDemo,
		cases: onReturn(() => [
			{
				about: 'transaction_receipt as a form',
				steps: [{ event: receipt, shaping: post }],
				answer: 'acknowledged',
				optionalForm: 'fine on API v3, where the browser comes with GET',
			},
		]),
	},
	{
		id: 'manual-transfer',
		title: 'A manual transfer, which nobody signs, settles nothing by itself',
		level: 'must',
		providers: ['bayarcash'],
		why: 'It is posted by the browser without any checksum; the official demo believes it.',
		hint: 'Put it up for review, or ask the API.',
		source: bayarcashDemo,
		cases: onReturn(() => [
			{
				about: 'a manual transfer, approved',
				steps: [{ event: 'manual-transfer' }],
				answer: 'any',
				state: 'not-success',
			},
		]),
	},
];

const notThere = [404, 410];
const lacking = [400, 422];
const aboutSignature = /checksum|signature|hmac|mismatch/i;

/**
 * A page that wants to be told its order in the URL is not there for any other, or lacks what it
 * needs; one that says what it refuses is taken by its word.
 */
function judgePage(run: CaseRun, _learned: LearnedEffects, subject: Subject): Finding {
	const answer = answerTo(run);
	const isNamed = /\{reference\}|%7Breference%7D/i.test(subject.returnTo?.href ?? '');
	if (answer === undefined || isNamed) return answerOf(run, subject);
	const { status } = answer;
	const isUnaddressed =
		notThere.includes(status) ||
		(lacking.includes(status) && !aboutSignature.test(answerText(answer).text));
	if (!isUnaddressed) return answerOf(run, subject);
	return inconclusive(
		`${run.case.about}: answered ${status}: where the page finds its order by the URL, write {reference} into ${named('returnTo')}`,
	);
}
