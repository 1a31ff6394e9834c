import { namesIn } from '../../model/template.ts';
import { textOf } from '../../model/value-text.ts';
import { answerTo } from '../answer-to.ts';
import type { CaseRun, RuleCase } from '../case.ts';
import type { CaseStep } from '../case-step.ts';
import { type Finding, inconclusive } from '../finding.ts';
import { judgeStateOf } from '../judge-case.ts';
import type { LearnedEffects } from '../learned-effects.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import {
	bayarcashChecksum,
	bayarcashDemo,
	bayarcashLaravel,
	bayarcashSdk,
	owasp,
} from './sources.ts';
import { anyNumber, forged, signed, success, withoutSignature } from './steps.ts';

/** Callbacks that are not what was signed, and what a refusal is worth. */
export const forgeryRules: readonly Rule[] = [
	{
		id: 'signed-field-tampered',
		title: 'Changing any signed field after signing is noticed',
		level: 'must',
		why: 'What the signature covers may be changed by whoever sees the callback, unless every field goes into your own computation.',
		hint: 'Compute the checksum over exactly what you then act on: all documented fields, from the same source.',
		source: bayarcashChecksum,
		cases: signed((subject) => {
			const over = subject.message.signature?.over;
			const { reference, amount, state } = subject.message.roles;
			const paid = textOf(subject.successState ?? '');
			if (over === undefined || over === 'body') return [retargeted(subject, reference)];
			if (typeof over === 'string')
				return namesIn(over).includes(reference)
					? [retargeted(subject, reference)]
					: 'the signature covers nothing of the body';
			return over.fields
				.filter((field) => field !== reference)
				.map((field) => {
					const value = field === amount ? '1.00' : (otherKind(subject, field) ?? 'X');
					// A success that is made a failure still has to be refused; a failure made a success is
					// the attack.
					return field === state
						? {
								...forged(`${field} changed`, subject, {}),
								steps: [
									{
										event: subject.failure ?? subject.success,
										shaping: { tamper: [`${field}=${paid}`] },
									},
								],
							}
						: forged(`${field} changed`, subject, { tamper: [`${field}=${value}`] });
				})
				.concat([retargeted(subject, reference), ...underWay(subject, state, paid)]);
		}),
	},
	{
		id: 'wrong-field-list',
		title: 'A checksum over other fields is refused',
		level: 'must',
		providers: ['bayarcash'],
		why: 'The payer’s browser carries a receipt with a checksum over 9 fields: a receiver that tries 9 and then 13 lets the payer write the other four. One shop does.',
		hint: 'One list a record type: 13 for a transaction, 9 for the receipt on the return URL, 3 for a pre-transaction.',
		source: bayarcashSdk,
		cases: signed((subject) => {
			const over = (event: string) => {
				const list = subject.events.get(event)?.message.signature?.over;
				return list === undefined || typeof list === 'string' ? [] : list.fields;
			};
			return [
				forged(
					'the 9 fields of the receipt',
					subject,
					{},
					{ step: { signatureOver: over('receipt-success') } },
				),
				forged(
					'the 3 fields of the pre-transaction',
					subject,
					{},
					{ step: { signatureOver: over('pre-transaction') } },
				),
			];
		}),
	},
	{
		id: 'backdoor-reference',
		title: 'No order number opens a back door',
		level: 'must',
		why: 'The official demo skips verification for order numbers that start with DEV, and was copied.',
		hint: 'Verify always; let tests sign with a test key.',
		source: bayarcashDemo,
		cases: signed((subject) => [
			{ ...forged(anyNumber, subject, { wrongKey: true }), prefix: '' },
			...['DEV', 'TEST', 'dev-', 'SANDBOX-'].map((prefix) => ({
				...forged(`an order number starting with ${prefix}`, subject, { wrongKey: true }),
				prefix,
			})),
		]),
	},
	{
		id: 'separator-recut',
		title: 'A “|” inside an id is refused',
		level: 'should',
		providers: ['bayarcash'],
		why: 'The values are joined with | and nothing is escaped: a payer named "Ali|transaction|3|Approved" turns the checksum of a failed payment into one of a paid payment.',
		hint: 'Refuse a genuine-looking callback whose transaction_id, order_number or status holds a |.',
		source: bayarcashChecksum,
		cases: signed((subject) => [
			{
				...forged('a failed payment re-cut into a paid one', subject, {
					set: ['transaction_id=transaction|2|Unsuccessful|trx_q6LJdl'],
				}),
				answer: 'any',
				state: 'not-success',
				stateAdds: false,
			},
		]),
	},
	{
		id: 'effect-behind-refusal',
		title: 'What is refused has no effect',
		standsAlone: true,
		level: 'must',
		why: 'A handler that writes first and verifies afterwards answers 403, and the order is paid all the same.',
		hint: 'Verify before you read or write anything.',
		source: owasp,
		cases: (subject) =>
			subject.signature === 'none'
				? withoutSignature
				: [
						{
							about: 'another key',
							steps: [success(subject, { wrongKey: true })],
							answer: 'any',
							state: 'unchanged',
							judge: judgeBehindRefusal,
						},
						{
							about: 'no signature',
							steps: [success(subject, { unsigned: true })],
							answer: 'any',
							state: 'unchanged',
							judge: judgeBehindRefusal,
						},
					],
	},
	{
		id: 'genuine-after-refusal',
		title: 'What was refused does not stand in the way of the genuine callback',
		level: 'must',
		why: 'Remembering the transaction before it is verified, or a lock that is not released, lets anybody block a payment by announcing it.',
		hint: 'Remember and lock only what has been verified; release in finally.',
		source: bayarcashLaravel,
		cases: (subject) => {
			const half = { body: (body: Uint8Array) => body.subarray(0, Math.floor(body.length / 2)) };
			const refused: (readonly [string, CaseStep])[] = [
				['half of it', success(subject, {}, { wire: half })],
				...(subject.signature === 'none'
					? []
					: ([
							['a forgery with another key', success(subject, { wrongKey: true })],
							['a forgery without a signature', success(subject, { unsigned: true })],
						] as const)),
			];
			return refused.map(
				([about, first]): RuleCase => ({
					about: `the genuine one after ${about}`,
					steps: [first, success(subject)],
					answer: 'acknowledged',
					state: 'success',
					control: [],
				}),
			);
		},
	},
	{
		id: 'refusal-status',
		title: 'A refusal is a 4xx, not a 200 with an error in it',
		level: 'should',
		why: 'With the wrong key in the configuration every genuine payment is answered 200, and the provider never tries again.',
		hint: 'Answer 401 or 403.',
		source: owasp,
		cases: (subject) =>
			subject.signature === 'none'
				? withoutSignature
				: [
						{
							about: 'another key',
							steps: [success(subject, { wrongKey: true })],
							answer: 'refused',
							control: [],
						},
					],
	},
];

/** What the field says in a message of another kind, where kinds are told apart by it. */
function otherKind({ events, success, message }: Subject, field: string): string | undefined {
	if (message.discriminators?.includes(field) !== true) return undefined;
	const values = [...events.values()].map(({ file }) => file.values[field]);
	const own = events.get(success)?.file.values[field];
	return values.find((value): value is string => typeof value === 'string' && value !== own);
}

/** The checksum of another order, moved to this one. */
function retargeted(subject: Subject, reference: string): RuleCase {
	return {
		...forged(`${reference} changed to this order`, subject, {}),
		steps: [
			{
				event: subject.success,
				shaping: { ref: 'CS-OTHER', tamper: [`${reference}={reference}`] },
			},
		],
	};
}

function judgeBehindRefusal(run: CaseRun, learned: LearnedEffects): Finding {
	const { about } = run.case;
	const { status = 0 } = answerTo(run) ?? {};
	if (status < 400)
		return inconclusive(`${about}: it was not refused, which other rules are about`);
	const unseen = `${about}: answered ${status}; whether it acted all the same cannot be seen without a probe`;
	return judgeStateOf(run, 'unchanged', learned) ?? inconclusive(unseen);
}

/** Who asks the provider whether there is such a payment, and no more, believes what it became. */
function underWay({ pending, events }: Subject, state: string | undefined, paid: string) {
	const [event] = pending;
	const over = events.get(event ?? '')?.message.signature?.over;
	const isSigned = typeof over === 'object' && state !== undefined && over.fields.includes(state);
	if (event === undefined || !isSigned) return [];
	const steps: CaseStep[] = [{ event }, { event, shaping: { tamper: [`${state}=${paid}`] } }];
	const about = `${state} of a payment that is under way`;
	return [{ about, steps, answer: 'any', state: 'not-success', stateAdds: true } as const];
}
