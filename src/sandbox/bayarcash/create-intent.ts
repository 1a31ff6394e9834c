import { base62 } from '../../compose/random-text.ts';
import { isTrue, textIn } from '../fields.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { invalid, ok, unauthenticated } from './answers.ts';
import { once } from './idempotency.ts';
import { type Intent, type IntentOrder, kind, outcomeOfBank } from './intent.ts';
import { payAlone } from './life.ts';
import { makeQr, qrShape } from './qr.ts';
import { readIntent, usedNumbers } from './read-intent.ts';
import { createdShape } from './shapes.ts';

export const createIntent: Endpoint = {
	title: 'create a payment intent',
	method: 'POST',
	paths: ['/v3/payment-intents', '/api/v2/payment-intents'],
	claim: ['documented', 'intent-page'],
	answer(call, box) {
		const api = call.path.startsWith('/v3/') ? 'v3' : 'v2';
		const portalKey = textIn(call.fields, 'portal_key') ?? '';
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const create = () => created(call, api, box);
		return api === 'v3' ? once(call, box, portalKey, create) : create().then(({ reply }) => reply);
	},
};

async function created(
	call: Call,
	api: 'v2' | 'v3',
	box: Box,
): Promise<{ reply: Reply; isKept: boolean }> {
	const read = readIntent(call, api, box);
	if (read instanceof Map) return { reply: invalid(read, call, box), isKept: false };
	const { reference, data } = read as { reference: string; data: Intent };
	const id = `pi_${base62(6, box.random)}`;
	const end = { id: `${id} expire`, at: data.expiresAt, action: 'expire', with: 'expired' };
	const order: IntentOrder = box.save(
		{ id, provider: 'bayarcash', kind, reference, data, next: [end], log: [] },
		{ what: 'call', text: `${call.method} ${call.path}` },
	);
	box.remember(usedNumbers, reference, id);
	call.about(order);
	const isQr = api === 'v3' && isTrue(call.fields, 'generate_qr');
	const ready = isQr ? await makeQr(order, box) : order;
	const reply = isQr
		? ok({ ...createdShape(ready, box), duitnow_qr: qrShape(ready, box) }, 201)
		: ok(createdShape(ready, box));
	await alone(ready, box);
	return { reply, isKept: true };
}

/** Where nobody decides, a payer is made up. */
async function alone(order: IntentOrder, box: Box): Promise<void> {
	const { outcome: said, isAsked, isAskedFirst, delay } = box.settings;
	const byBank = isAskedFirst ? 'ask' : outcomeOfBank(order.data.bankCode);
	const outcome = said ?? byBank ?? (isAsked ? 'ask' : 'success');
	if (outcome === 'ask' || outcome === 'never') return;
	// Without a delay the callback leaves before this answer does: the race that shops lose.
	if (delay === 0) return box.moment(payAlone(order, outcome, box));
	const planned = {
		id: `${order.id} settle`,
		at: box.now() + delay,
		action: 'settle',
		with: outcome,
	};
	box.save({ ...order, next: [...order.next, planned] });
}
