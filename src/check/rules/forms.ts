import type { RuleCase } from '../case.ts';
import type { StepShaping } from '../case-step.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import {
	bayarcashPage,
	bayarcashSdk,
	iakCallback,
	iakRust,
	khoinsIntro,
	khoinsTopup,
	khoinsTransaction,
	transfezNewer,
	transfezPage,
	woocommerce,
} from './sources.ts';
import { genuine } from './steps.ts';

/** The same callback in the other forms that a provider uses. */
export const formRules: readonly Rule[] = [
	{
		id: 'pre-transaction',
		title: 'A pre-transaction is acknowledged',
		level: 'must',
		providers: ['bayarcash'],
		why: 'It is undocumented since January 2025 and still sent, first. Three official plugins verify it with the 13 fields of a transaction and answer 403, five times over.',
		hint: 'Verify it over exchange_reference_number, order_number and record_type, and answer 200.',
		source: woocommerce,
		cases: () => [
			{
				about: 'a pre-transaction',
				steps: [{ event: 'pre-transaction' }],
				answer: 'acknowledged',
				state: 'not-success',
				stateAdds: true,
			},
		],
	},
	{
		id: 'pre-transaction-legacy',
		title: 'A pre-transaction signed over four fields is acknowledged',
		level: 'advice',
		providers: ['bayarcash'],
		why: 'The docs page listed four fields from August 2024 to January 2025; every SDK refuses that today.',
		hint: 'Nothing to do, unless your account still gets it.',
		source: bayarcashSdk,
		cases: () => [
			{
				about: 'the four-field signature',
				steps: [{ event: 'pre-transaction', shaping: { variants: ['4-fields'] } }],
				answer: 'acknowledged',
			},
		],
	},
	{
		id: 'json-body',
		title: 'The transaction as JSON, as the docs page shows it',
		level: 'should',
		providers: ['bayarcash'],
		why: 'The wire carries a form, the page shows JSON. A receiver that answers 200 to the one it does not read loses the payment on the day it changes.',
		hint: 'Read both by content type; refuse what you do not read with 415 rather than with 200.',
		source: bayarcashPage,
		cases: (subject) => [
			optional('JSON', subject, { variants: ['json'] }, asForms),
			{
				about: 'a pre-transaction as JSON',
				steps: [{ event: 'pre-transaction', shaping: { variants: ['json'] } }],
				answer: 'acknowledged',
				optionalForm: asForms,
			},
		],
	},
	{
		id: 'typed-status',
		title: 'A status may be text or a number',
		level: 'should',
		providers: ['bayarcash'],
		why: 'The form carries "3", JSON the number 3: === with one of them ignores the other, and the payment with it.',
		hint: 'Compare as text: String(status) === "3".',
		source: bayarcashPage,
		cases: (subject) =>
			[
				['the number 3 in JSON', ['status:=3']],
				['the text "3" in JSON', ['status:="3"']],
			].map(
				([about, set]): RuleCase => ({
					...genuine(about as string, subject, { variants: ['json'], set: set as string[] }),
					control: ['json'],
					controlOptional: true,
					stateAdds: false,
				}),
			),
	},
	{
		id: 'xml-body',
		title: 'XML is read, or refused openly',
		level: 'should',
		providers: ['iak'],
		why: 'IAK answers in the format of the request: a shop that once sends XML gets XML back, and none of a dozen receivers reads it. Answered 200 it is lost.',
		hint: 'Read <mp> by content type, or answer 415.',
		source: iakCallback,
		cases: (subject) => [
			optional('XML', subject, { variants: ['xml'] }, 'fine while you send your orders as JSON'),
		],
	},
	{
		id: 'names-v2',
		title: 'The names of version 2 are taken',
		level: 'must',
		providers: ['iak'],
		why: 'product_code and customer_id come for orders made with the newer API, code and hp with the older one.',
		hint: 'Read either: data.product_code ?? data.code.',
		source: iakRust,
		cases: (subject) => [genuine('product_code and customer_id', subject, { variants: ['v2'] })],
	},
	{
		id: 'numbers',
		title: 'Numbers in place of texts are taken',
		level: 'advice',
		providers: ['iak'],
		why: 'The API answers numbers, its callbacks carry texts; receivers have been seen to expect either.',
		hint: 'Compare as text: String(status) === "1".',
		source: iakRust,
		cases: (subject) => [
			{
				...genuine('status and price as numbers', subject, { variants: ['numbers'] }),
				optionalForm: 'nobody documents numbers',
			},
		],
	},
	{
		id: 'short-form',
		title: 'The short form of the page is taken',
		level: 'must',
		providers: ['khoins'],
		why: 'The introduction shows the inner object without tujuan and trxid.',
		hint: 'Match on the outer refid; demand only status and message inside.',
		source: khoinsIntro,
		cases: (subject) => [genuine('without tujuan and trxid', subject, { variants: ['short'] })],
	},
	{
		id: 'malformed-inner',
		title: 'Inner JSON that does not parse is survived',
		level: 'must',
		providers: ['khoins'],
		why: 'The page’s own success sample does not parse a second time. No retry is promised: a 500 loses the report.',
		hint: 'Catch the second parse, keep the raw text, answer 200 and ask for the status.',
		source: khoinsTransaction,
		cases: () => [
			{
				about: 'the page’s sample',
				steps: [{ event: 'transaction-malformed' }],
				answer: 'survived',
				dangerous: true,
			},
		],
	},
	{
		id: 'topups',
		title: 'Top-up callbacks on the same URL are acknowledged',
		level: 'must',
		providers: ['khoins'],
		why: 'KHOINS knows one URL: deposits are reported to it too, without a refid, with amount as text or number.',
		hint: 'refid is there: a transaction. memberid and amount are there: a top-up.',
		source: khoinsTopup,
		cases: (subject) =>
			[...subject.events.keys()]
				.filter((name) => name.startsWith('topup-'))
				.map((event): RuleCase => ({ about: event, steps: [{ event }], answer: 'acknowledged' })),
	},
	{
		id: 'bare-envelope',
		title: 'The bare object is taken as well as the enveloped one',
		level: 'must',
		providers: ['transfez'],
		why: 'The page of 2020 wraps the transfer in {"status":200,"data":[…]}, the newer one sends it bare.',
		hint: 'body.data?.[0] ?? body.data ?? body.',
		source: transfezNewer,
		cases: (subject) => [genuine('the bare object', subject, { variants: ['bare'] })],
	},
	{
		id: 'quoted-values',
		title: 'Quoted numbers are taken',
		level: 'should',
		providers: ['transfez'],
		why: 'The page quotes everything, null included.',
		hint: 'Convert before you compare: Number(amount).',
		source: transfezPage,
		cases: (subject) => [genuine('the page’s quoting', subject, { variants: ['page'] })],
	},
	{
		id: 'state-spelling',
		title: 'States in capitals, and both spellings of canceled, are taken',
		level: 'advice',
		providers: ['transfez'],
		why: 'The table writes capitals and CANCELLED, the sample lower case and canceled.',
		hint: 'Lower-case before comparing, accept one l and two.',
		source: transfezPage,
		cases: (subject) => [
			genuine('COMPLETED', subject, { set: ['state=COMPLETED'] }),
			{
				about: 'cancelled with two l',
				steps: [{ event: 'transaction-canceled', shaping: { set: ['state=cancelled'] } }],
				answer: 'acknowledged',
				state: 'changed',
				needsOrder: true,
				stateAdds: true,
			},
		],
	},
];

const asForms = 'fine while the provider sends forms, as it does today';

/** Read and done, or refused openly: only answering 200 and doing nothing is wrong. */
function optional(about: string, subject: Subject, shaping: StepShaping, fine: string): RuleCase {
	return { ...genuine(about, subject, shaping), stateAdds: false, optionalForm: fine };
}
