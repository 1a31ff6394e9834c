import type { RuleCase } from '../case.ts';
import type { Rule } from '../rule.ts';
import { bayarcashPage, iakCallback, khoinsTopup } from './sources.ts';
import { genuine } from './steps.ts';

/** Callbacks as logs of shops have them, where the page shows another form, or none. */
export const observedRules: readonly Rule[] = [
	{
		id: 'live-layout',
		title: 'Fields in another order, and an empty pin, are taken',
		level: 'should',
		providers: ['iak'],
		why: 'Callbacks of 2026 carry a pin in every success, empty where there is none, and a balance that knows nothing of the price: a check for "pin is there" sells a voucher without a code.',
		hint: 'Read fields by name; an empty pin is none.',
		source: null,
		cases: (subject) => [genuine('as in production', subject, { variants: ['live'] })],
	},
	{
		id: 'failure-codes',
		title: 'A failure is one, whatever its code',
		level: 'must',
		providers: ['iak'],
		why: 'The page’s sample says rc 07; failures with 13, 14 and 05 have been seen, and the last stands in no table. Who waits for 07 never refunds them.',
		hint: 'Status 2 is a failure; the code says why.',
		source: iakCallback,
		cases: ({ failure }) =>
			['13', '05', '14'].map(
				(code): RuleCase => ({
					about: `a failure with rc ${code}`,
					steps: [{ event: failure ?? '', shaping: { set: [`rc=${code}`] } }],
					answer: 'acknowledged',
					state: 'changed',
					needsOrder: true,
					stateAdds: true,
				}),
			),
	},
	{
		id: 'topup-amounts',
		title: 'The sum of a top-up may be text or a number',
		level: 'should',
		providers: ['khoins'],
		why: 'By payment gateway it is a number, by bank transfer text, and a cancelled one is text again: nobody promises which.',
		hint: 'Convert before you compare: Number(amount).',
		source: khoinsTopup,
		cases: ({ events, has }) =>
			[...events.keys()]
				.filter((event) => event.startsWith('topup-') && has(event, 'numbers'))
				.flatMap((event) =>
					['numbers', 'texts'].map(
						(option): RuleCase => ({
							about: `${event} with ${option}`,
							steps: [{ event, shaping: { variants: [option] } }],
							answer: 'acknowledged',
						}),
					),
				),
	},
	{
		id: 'cancelled-fields',
		title: 'What a cancelled payment has not may be left out, empty, or null',
		level: 'must',
		providers: ['bayarcash'],
		why: 'A cancelled payment has no bank and no exchange id. Whether the form leaves them out or sends them empty is not documented; in the checksum both are empty.',
		hint: 'Take an absent field for an empty one where you verify: $data["payer_bank_name"] ?? "".',
		source: bayarcashPage,
		cases: (subject) => {
			const event = 'transaction-cancelled';
			const set = ['exchange_transaction_id=', 'payer_bank_name='];
			return [
				cancelled('left out', { event }),
				cancelled('empty', { event, shaping: { set } }),
				...(subject.has(event, 'json')
					? [
							{
								...cancelled('null in JSON', { event, shaping: { variants: ['json'] } }),
								control: ['json'],
								controlOptional: true,
							},
						]
					: []),
			];
		},
	},
];

const cancelled = (about: string, step: RuleCase['steps'][number]): RuleCase => ({
	about,
	steps: [step],
	answer: 'acknowledged',
	state: 'not-success',
	stateAdds: true,
});
