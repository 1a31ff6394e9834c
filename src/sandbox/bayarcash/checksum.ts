import { phpText } from '../../compose/print-value.ts';
import { isLossless, type ValueObject } from '../../model/value.ts';
import { explain } from '../../verify/explain.ts';
import { mistakesFor } from '../../verify/mistakes/index.ts';
import { canonicalOf, type Recipe, signatureOf } from '../../verify/recipe.ts';
import { listIn, textIn } from '../fields.ts';
import type { Box, Call } from '../provider.ts';
import { simulatorKey } from './facts.ts';

/** Signed fields of each request, in their order. */
export const signedFields = {
	intent: ['amount', 'order_number', 'payer_email', 'payer_name', 'payment_channel'],
	enrolment: [
		'amount',
		'application_reason',
		'frequency_mode',
		'order_number',
		'payer_email',
		'payer_id',
		'payer_id_type',
		'payer_name',
		'payer_telephone_number',
	],
	maintenance: [
		'amount',
		'application_reason',
		'frequency_mode',
		'payer_email',
		'payer_telephone_number',
	],
} as const;

/** What a request's checksum is; undefined where it is right, or where there is none. */
export function checksumMistake(
	request: keyof typeof signedFields,
	{ fields, advise }: Call,
	box: Box,
): string | undefined {
	const given = textIn(fields, 'checksum');
	if (given === undefined) {
		advise('there is no checksum: it is optional, and recommended');
		return undefined;
	}
	const names = signedFields[request];
	const honest: Recipe = {
		parts: names.map((name) => ({ name, text: signedText(fields, name) })),
		join: '|',
		algorithm: 'hmac-sha256',
		key: box.secret('secret_key'),
		as: 'hex',
		prefix: '',
	};
	const expected = signatureOf(honest);
	// A JSON number is signed by some as it is written, by others as PHP prints it.
	const printed = {
		...honest,
		parts: names.map((name) => ({ name, text: printedText(fields, name) })),
	};
	if (given === expected || given === signatureOf(printed)) return undefined;
	const { checksum: _, ...values } = fields;
	const found = explain(
		honest,
		given,
		mistakesFor({
			values,
			signed: names,
			documentedOrder: Object.keys(values),
			otherLists: Object.entries(signedFields)
				.filter(([name]) => name !== request)
				.map(([name, list]) => ({ name: `${list.length} fields of the ${name}`, fields: list })),
			key: honest.key,
			otherKeys: box.otherKeys,
			honest: expected,
			signatureField: 'checksum',
			otherReferences: [],
			referenceField: 'order_number',
			amountField: 'amount',
			knownFields: ['order_number', 'amount'],
			zone: '+08:00',
			body: undefined,
		}),
	);
	const signed = `what is signed: ${canonicalOf(honest)}`;
	return found === undefined
		? `it fits no known mistake under ${keyInForce(honest.key)}; ${signed}`
		: `it was made ${found.mistakes.map(({ said }) => said).join(', and ')}; ${signed}`;
}

const keyInForce = (key: string): string =>
	key === simulatorKey
		? `callsim's own secret_key, ${key} (yours: callsim sandbox --credential secret_key=env:VARIABLE)`
		: 'the secret_key that callsim was given';

const signedText = (fields: ValueObject, name: string): string =>
	name === 'payment_channel' ? listIn(fields, name).join(',') : (textIn(fields, name) ?? '');

function printedText(fields: ValueObject, name: string): string {
	const value = fields[name];
	return isLossless(value) ? phpText(value, name) : signedText(fields, name);
}
