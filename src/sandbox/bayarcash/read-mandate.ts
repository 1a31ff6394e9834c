import { digits } from '../../compose/random-text.ts';
import { jsonText } from '../../compose/write-json.ts';
import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box, Call } from '../provider.ts';
import { checksumMistake } from './checksum.ts';
import { bankOf, facts } from './facts.ts';
import { localDate } from './local-time.ts';
import { type Mandate, newApplication, type Terms, type UrlName } from './mandate.ts';
import { md5 } from './table-endpoints.ts';

const urlNames: readonly UrlName[] = [
	'return_url',
	'success_url',
	'failed_url',
	'maintenance_url',
	'termination_url',
];

const needed = [
	...['portal_key', 'order_number', 'amount', 'payer_id_type', 'payer_id', 'payer_name'],
	...['payer_email', 'payer_telephone_number', 'frequency_mode', 'application_reason'],
];

/** An enrolment as the request says it, or what is wrong, by field. */
export function readEnrolment(
	call: Call,
	api: 'v2' | 'v3',
	box: Box,
): { reference: string; data: Mandate } | ReadonlyMap<string, string> {
	const { fields } = call;
	const text = (name: string) => textIn(fields, name);
	const wrong = new Map<string, string>();
	for (const name of needed)
		if (text(name) === undefined)
			wrong.set(name, `The ${name.replaceAll('_', ' ')} field is required.`);
	const portalKey = text('portal_key') ?? '';
	if (portalKey !== '' && !/^[0-9a-f]{32}$/i.test(portalKey))
		wrong.set('portal_key', 'The selected portal key is invalid.');
	if (!wrong.has('payer_id_type') && !/^[1-5]$/.test(text('payer_id_type') ?? ''))
		wrong.set('payer_id_type', 'The selected payer id type is invalid.');
	for (const name of urlNames)
		if (text(name) !== undefined && !/^https?:\/\//.test(text(name) ?? ''))
			wrong.set(name, `The ${name.replace('_', ' ')} format is invalid.`);
	checkTerms(fields, wrong);
	const checksum = checksumMistake('enrolment', call, box);
	if (checksum !== undefined) wrong.set('checksum', `The checksum is invalid: ${checksum}`);
	if (wrong.size > 0) return wrong;
	if (text('return_url') === undefined && box.settings.callbackTo === undefined)
		call.note('no return_url: no callback will be sent (callsim sandbox --callback-to names one)');
	const now = box.now();
	const hashed = text('payer_bank_code_hashed');
	const byHash = facts.banks.fpx.find(({ code }) => md5(code) === hashed)?.code;
	const code = text('payer_bank_code') ?? byHash ?? 'TEST0021';
	const effective = text('effective_date') ?? localDate(now + 86_400_000);
	return {
		reference: text('order_number') ?? '',
		data: {
			api,
			portalKey,
			payer: {
				name: text('payer_name') ?? '',
				id: text('payer_id') ?? '',
				idType: text('payer_id_type') ?? '',
				bankCode: bankOf(code) === undefined ? 'TEST0021' : code,
			},
			mandateNumber: `E-${localDate(now).replaceAll('-', '')}${digits(6, box.random)}`,
			urls: Object.fromEntries(urlNames.map((name) => [name, text(name)])) as Mandate['urls'],
			metadata: JSON.parse(jsonText(fields['metadata'] ?? null)),
			effectiveDate: effective,
			expiryDate: text('expiry_date') ?? null,
			updatedAt: now,
			isInactive: false,
			applications: [newApplication('01', termsIn(fields), now, box.random)],
			deductions: [],
		},
	};
}

/** What a maintenance changes of them, or what is wrong. */
export function readMaintenance(
	call: Call,
	before: Terms,
	box: Box,
): Terms | ReadonlyMap<string, string> {
	const wrong = new Map<string, string>();
	checkTerms(call.fields, wrong);
	const checksum = checksumMistake('maintenance', call, box);
	if (checksum !== undefined) wrong.set('checksum', `The checksum is invalid: ${checksum}`);
	return wrong.size > 0 ? wrong : { ...before, ...given(call.fields) };
}

const termNames = {
	amount: 'amount',
	email: 'payer_email',
	phone: 'payer_telephone_number',
	frequency: 'frequency_mode',
	reason: 'application_reason',
} as const;

const given = (fields: ValueObject): Partial<Terms> =>
	Object.fromEntries(
		Object.entries(termNames).flatMap(([term, name]) => {
			const value = textIn(fields, name);
			return value === undefined ? [] : [[term, value]];
		}),
	);

const termsIn = (fields: ValueObject): Terms => ({
	...{ amount: '', email: '', phone: '', frequency: '', reason: '' },
	...given(fields),
});

function checkTerms(fields: ValueObject, wrong: Map<string, string>): void {
	for (const [name, most] of Object.entries(facts.rules.longestOfMandate))
		if ((textIn(fields, name)?.length ?? 0) > most)
			wrong.set(
				name,
				`The ${name.replaceAll('_', ' ')} may not be greater than ${most} characters.`,
			);
	const amount = textIn(fields, 'amount');
	const { least, most } = facts.rules.mandateAmount;
	if (amount !== undefined && !(Number(amount) >= least && Number(amount) <= most))
		wrong.set('amount', `The amount must be between ${least}.00 and ${most}.00.`);
	const frequency = textIn(fields, 'frequency_mode');
	if (frequency !== undefined && !Object.hasOwn(facts.states.frequency.words, frequency))
		wrong.set('frequency_mode', 'The selected frequency mode is invalid.');
}
