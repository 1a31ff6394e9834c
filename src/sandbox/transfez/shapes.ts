import type { Value, ValueObject } from '../../model/value.ts';
import { zonedTime } from '../jakarta.ts';
import { declineText, facts } from './facts.ts';
import { changeTo, saidOf, stateOf, type TransferOrder, updatedAt } from './transfer.ts';

/** The transfer as every answer has it. */
export function transferShape({ id, reference, data }: TransferOrder): ValueObject {
	const state = stateOf(data);
	const created = data.changes[0]?.at ?? 0;
	const completed = changeTo(data, 'completed');
	return {
		id: Number(id),
		reference_id: reference,
		callback_url: data.callbackUrl,
		payer_id: data.payerId,
		mode: data.mode,
		sender: data.sender,
		source: data.source,
		destination: data.destination,
		beneficiary: data.beneficiary,
		compliance: data.compliance,
		created_at: zonedTime(created),
		updated_at: zonedTime(updatedAt(data)),
		user_id: facts.rules.people.user,
		state,
		amount: data.amount,
		paid_at: paidAt(data),
		rate: data.rate,
		fee: data.fee,
		partner_id: facts.rules.people.partner,
		completion_date: completed === undefined ? null : zonedTime(completed.at),
		sent_amount: data.sent,
		state_id: facts.states.ids[state],
		...declineShape(data),
		notes: data.notes,
		transaction_type: 'C2C',
		...saidOf(data),
	};
}

/** What queries tell beside that. */
export const queriedShape = (order: TransferOrder): ValueObject => ({
	...transferShape(order),
	user_email: facts.rules.people.email,
	payer_name: order.data.payerName,
});

/** Whole seconds, as in every sample. */
function paidAt(data: TransferOrder['data']): string | null {
	const confirmed = changeTo(data, 'confirmed');
	return confirmed === undefined ? null : zonedTime(Math.floor(confirmed.at / 1_000) * 1_000);
}

function declineShape(data: TransferOrder['data']): ValueObject {
	const code = changeTo(data, 'declined')?.code;
	if (code === undefined) return { error_code: null, error_message: null };
	return { error_code: codeValue(code), error_message: declineText(code) ?? null };
}

/** `1` to `10` and `7000` on are numbers, `011` is a text. */
const codeValue = (code: string): Value => (code.startsWith('0') ? code : Number(code));
