import { segmentsOf, valueAt } from '../../compose/path.ts';
import type { ValueObject } from '../../model/value.ts';
import { answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import { type Finding, inconclusive, passed, warned } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { otherAmount, type Subject } from '../subject.ts';
import { khoinsTransaction, owasp } from './sources.ts';
import { success } from './steps.ts';

/** What the callback says of an order against what the shop knows of it. */
export const amountRules: readonly Rule[] = [
	{
		id: 'amount-trusted',
		title: 'The amount is compared with the order',
		level: 'must',
		providers: ['bayarcash'],
		why: 'An attacker pays RM 1.00 for an order of RM 60.00 (a genuine payment with a genuine checksum, made with a payment link of their own).',
		hint: 'Settle only when amount equals what the order costs; otherwise put it up for review.',
		source: owasp,
		cases: (subject) => wrongAmounts(subject),
	},
	{
		id: 'price-trusted',
		title: 'The amount is compared with the order',
		level: 'should',
		// What a reseller is charged moves from day to day; nothing is given away by it.
		levels: { iak: 'advice' },
		providers: ['iak', 'transfez'],
		why: 'The signature does not cover it (IAK signs ref_id alone, Digest no body): whoever has seen one callback can write any amount.',
		hint: 'Compare with what the order costs; put a difference up for review.',
		source: owasp,
		cases: (subject) => wrongAmounts(subject),
	},
	{
		id: 'currency-trusted',
		title: 'The currency is compared with the order',
		level: 'must',
		why: 'Sixty rupiah are not sixty ringgit.',
		hint: 'Settle only when the currency is the order’s.',
		source: owasp,
		cases: (subject) => {
			const { currency: field } = subject.message.roles;
			if (field === undefined) return 'not for messages without a currency';
			return [otherCurrency(subject, field), ''].map(
				(currency): RuleCase => ({
					about: currency === '' ? 'no currency' : currency,
					steps: [success(subject, { set: [`${field}=${currency}`] })],
					answer: 'any',
					state: 'not-success',
					needsOrder: true,
				}),
			);
		},
	},
	{
		id: 'unknown-reference',
		title: 'An order that nobody knows is no crash',
		level: 'must',
		why: 'Orders are deleted, test callbacks arrive in production, the callback is faster than the shop’s own insert: a fatal error on "null" loses the callback, and fills the log.',
		hint: 'Look the order up, and answer 200 or 404 when it is not there.',
		source: 'https://github.com/veritrans/SNAP-Woocommerce/issues/6',
		cases: (subject) => {
			const events = [subject.success, subject.failure, subject.pending[0]].filter(
				(event) => event !== undefined,
			);
			return events.map(
				(event): RuleCase => ({
					about: `${event} for an unknown order`,
					steps: [{ event }],
					answer: 'survived',
					unknownOrder: true,
				}),
			);
		},
	},
	{
		id: 'unknown-reference-acknowledged',
		title: 'An order that nobody knows yet is not acknowledged where the callback would come again',
		level: 'advice',
		why: 'The callback may be faster than the shop’s own insert. What was acknowledged never comes again: the payment is lost, unless it was kept. What was refused comes a few minutes later, when the order is there.',
		hint: 'Answer 404 (or 503) where the provider tries again; keep the callback, and look at it when an order is stored, where it does not.',
		source: khoinsTransaction,
		cases: (subject) => [
			{
				about: 'an unknown order',
				steps: [success(subject)],
				answer: 'acknowledged',
				unknownOrder: true,
				judge: judgeUnknownOrder,
			},
		],
	},
];

/** A currency worth less than the provider's own. */
function otherCurrency({ events, success: name }: Subject, field: string): string {
	const own = valueAt((events.get(name)?.file.values ?? {}) as ValueObject, segmentsOf(field));
	return own === 'IDR' ? 'VND' : 'IDR';
}

/** Less than it costs, and more. */
function wrongAmounts(subject: Subject): readonly RuleCase[] | string {
	const { amount } = subject;
	if (amount === undefined) return 'the messages carry no amount';
	const less = Number(amount) > 1 ? [otherAmount(amount, subject, 1 / Number(amount))] : [];
	return [...less, otherAmount(amount, subject, 10)].map(
		(wrong): RuleCase => ({
			about: `${wrong} for an order of ${amount}`,
			steps: [success(subject, { amount: wrong })],
			answer: 'any',
			state: 'not-success',
			needsOrder: true,
		}),
	);
}

function judgeUnknownOrder(run: CaseRun, _: unknown, { message }: Subject): Finding {
	const status = answerTo(run)?.status;
	if (status === undefined) return inconclusive('no answer, see unknown-reference');
	const isTaken = status >= 200 && status < 300;
	if (message.retry === 'none')
		return isTaken
			? passed(`answered ${status}`)
			: warned(`answered ${status}; that it is sent again is documented by nobody`);
	return isTaken
		? warned(
				`answered ${status}: it will not come again, so an order that is stored a moment later is paid only if the callback was kept`,
			)
		: passed(`answered ${status}: it comes again`);
}
