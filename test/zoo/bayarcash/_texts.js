import { kindOf, SIGNED, signedText } from './_records.js';

/** What the checksum may be over: nothing for what is no callback, and two texts for a pre-transaction (docs of 2024, and since). */
export function signedTexts(body) {
	const kind = kindOf(body);
	if (kind === undefined) return [];
	const lists =
		kind === 'pre_transaction' ? [SIGNED[kind], `${SIGNED[kind]} transaction_id`] : [SIGNED[kind]];
	return lists.map((fields) => signedText(fields, body)).filter((text) => text !== undefined);
}
