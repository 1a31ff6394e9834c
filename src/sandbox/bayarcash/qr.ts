import { type Box, Refusal } from '../provider.ts';
import { facts } from './facts.ts';
import { type Attempt, type IntentOrder, openAttempt } from './intent.ts';
import { begin, decide } from './life.ts';
import { zonedTime } from './local-time.ts';

const liveMs = facts.rules.qrMinutes * 60_000;

/** The live code of an intent, or a new one: its transaction begins with it. */
export async function makeQr(order: IntentOrder, box: Box): Promise<IntentOrder> {
	if (isLive(order, box.now())) return order;
	const channel = order.data.channels.find((id) => facts.channels.qr.includes(id)) ?? 6;
	const open = openAttempt(order.data);
	// A code that has run out takes its attempt with it.
	const free =
		open === undefined ? order : (await decide(order, { outcome: 'cancelled' }, box)).order;
	const begun = await begin(free, channel, box);
	const { id: transaction } = begun.data.attempts.at(-1) as Attempt;
	const expiresAt = box.now() + liveMs;
	return box.save({ ...begun, data: { ...begun.data, qr: { transaction, expiresAt } } });
}

export const isLive = ({ data }: IntentOrder, now: number): boolean =>
	data.qr !== undefined && data.qr.expiresAt > now && openAttempt(data)?.id === data.qr.transaction;

/** @throws Refusal where there is none */
export function qrShape({ id, reference, data }: IntentOrder, { url }: Box) {
	if (data.qr === undefined) throw new Refusal('the payment intent has no QR');
	const { transaction, expiresAt } = data.qr;
	return {
		type: 'duitnow_qr',
		transaction_id: transaction,
		payment_intent_id: id,
		qr_string: `00020101021226CALLSIM-SANDBOX-${transaction}`,
		qr_image: null,
		qr_expires_at: zonedTime(expiresAt),
		poll_url: `${url}/v3/transactions/${transaction}/duitnow-qr/status`,
		next_poll_after_ms: facts.rules.qrPollMs,
		amount: Number(data.amount),
		currency: 'MYR',
		order_number: reference,
	};
}
