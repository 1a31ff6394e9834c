import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the checksum covers, by kind of message, in the order of signing. */
export const SIGNED = {
	transaction:
		'amount currency datetime exchange_reference_number exchange_transaction_id order_number payer_bank_name payer_email payer_name record_type status status_description transaction_id',
	receipt:
		'amount currency exchange_reference_number exchange_transaction_id order_number payer_bank_name status status_description transaction_id',
	pre_transaction: 'exchange_reference_number order_number record_type',
	authorization:
		'amount application_type currency datetime exchange_reference_number exchange_transaction_id mandate_id order_number payer_bank_name payer_email payer_name record_type status status_description transaction_id',
	bank_approval:
		'application_type approval_date approval_status mandate_id mandate_reference_number order_number payer_bank_account_no payer_bank_code payer_bank_code_hashed record_type',
	collection:
		'amount batch_number cycle datetime mandate_id mandate_reference_number record_type reference_number status status_description transaction_id',
};

/** A collection comes as a `transaction` too, but names a mandate in place of an order. */
export function kindOf(body) {
	if (body?.record_type !== 'transaction') {
		return ['pre_transaction', 'authorization', 'bank_approval'].find(
			(kind) => kind === body?.record_type,
		);
	}
	return body.order_number === undefined && body.mandate_id !== undefined
		? 'collection'
		: 'transaction';
}

/** The text that is signed, or undefined where a value has no business in a message (or could shift the others). */
export function signedText(fields, body) {
	const values = fields.split(' ').map((name) => {
		const value = body[name] ?? '';
		if (typeof value === 'object') return undefined;
		const text = typeof value === 'boolean' ? (value ? '1' : '') : String(value);
		return text.includes('|') && name !== 'payer_name' && name !== 'payer_bank_name'
			? undefined
			: text;
	});
	return values.includes(undefined) ? undefined : values.join('|');
}

/** Is this the checksum of these fields? Whatever the checksum is. */
export function signed(fields, body, secret, checksum = body.checksum) {
	const text = signedText(fields, body);
	if (text === undefined || typeof checksum !== 'string' || !/^[0-9a-f]{64}$/.test(checksum))
		return false;
	const expected = createHmac('sha256', secret).update(text).digest();
	return timingSafeEqual(expected, Buffer.from(checksum, 'hex'));
}

/** Is this a message of Bayarcash's, of whatever kind? */
export function genuine(body, secret) {
	const kind = kindOf(body);
	if (
		kind === undefined ||
		(typeof body.transaction_id === 'string' && body.transaction_id.includes('|'))
	)
		return false;
	if (signed(SIGNED[kind], body, secret)) return true;
	// the docs of 2024 had the transaction_id in it
	return (
		kind === 'pre_transaction' && signed(`${SIGNED.pre_transaction} transaction_id`, body, secret)
	);
}
