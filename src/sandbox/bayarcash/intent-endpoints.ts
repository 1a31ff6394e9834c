import { onceAtATime } from '../once-at-a-time.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { ok, refused, unauthenticated } from './answers.ts';
import { facts } from './facts.ts';
import { type Intent, type IntentOrder, kind, openAttempt, stateOf } from './intent.ts';
import { isLive, makeQr, qrShape } from './qr.ts';
import { intentShape } from './shapes.ts';

export function intentIn(call: Call, box: Box): IntentOrder | undefined {
	const order = box.order<Intent>(call.params['id'] ?? '');
	if (order?.kind !== kind) return undefined;
	call.about(order);
	return order;
}

export const getIntent: Endpoint = {
	title: 'a payment intent with its attempts',
	method: 'GET',
	paths: ['/v3/payment-intents/:id'],
	claim: ['documented', 'api-docs'],
	answer(call, box) {
		const order = intentIn(call, box);
		return unauthenticated(call) ?? (order ? ok(intentShape(order)) : refused('not-found'));
	},
};

export const cancelIntent: Endpoint = {
	title: 'cancel a payment intent',
	method: 'DELETE',
	paths: ['/v3/payment-intents/:id', '/api/v2/payment-intents/:id'],
	claim: ['documented', 'api-docs', 'the SDKs refuse it on v2'],
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const order = intentIn(call, box);
		if (order === undefined) return refused('not-found');
		const isFree = stateOf(order.data) === 'waiting' && !openAttempt(order.data);
		if (!isFree) {
			call.note('it is paid, cancelled or expired already, or a transaction is pending');
			const { status, body } = facts.errors['not-cancellable'];
			return { status: call.path.startsWith('/v3/') ? status : 500, json: body };
		}
		const cancelled = box.save(
			{ ...order, data: { ...order.data, isCancelled: true }, next: [] },
			{ what: 'call', text: 'cancelled by the shop' },
		);
		return ok(intentShape(cancelled));
	},
};

export const makeIntentQr: Endpoint = {
	title: 'a DuitNow QR of a payment intent: a new one, or the one that lives',
	method: 'POST',
	paths: ['/v3/payment-intents/:id/duitnow-qr'],
	claim: ['documented', 'api-docs'],
	async answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const order = intentIn(call, box);
		if (order === undefined) return refused('not-found');
		const failed = (message: string, status = 403): Reply => {
			call.note(message);
			return { status, json: { success: false, message, payment_intent_id: order.id } };
		};
		if (stateOf(order.data) !== 'waiting')
			return failed('The payment intent can no longer be paid.');
		if (!order.data.channels.some((id) => facts.channels.qr.includes(id)))
			return failed('The payment intent has no DuitNow QR channel.');
		const { status, words } = facts.errors['qr-in-making'];
		return onceAtATime(
			box,
			`QR of ${order.id}`,
			async () => {
				const isThere = isLive(order, box.now());
				return ok(qrShape(await makeQr(order, box), box), isThere ? 200 : 201);
			},
			() => failed(words, status),
		);
	},
};
