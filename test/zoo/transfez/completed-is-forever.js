import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake = 'Treats completed as the last word and drops the refund that follows it';
export const rule = 'refund-after-completed';

export function receiver(shop, keys) {
	const guard = digestGuard(keys, { realm: 'callbacks@shop', algorithm: 'SHA-256' });
	const app = express();
	const locks = new Set();

	app.post('/callback', express.text({ type: () => true, limit: '200kb' }), async (req, res) => {
		if (!guard.passes(req))
			return res.set('WWW-Authenticate', guard.challenge()).status(401).send('Unauthorized');
		const transfer = transferOf(req.body);
		if (!transfer) return res.status(400).send('Bad Request');

		const { reference_id: reference } = transfer;
		while (locks.has(reference)) await new Promise((next) => setTimeout(next, 1));
		locks.add(reference);
		try {
			await onTransfer(transfer);
		} finally {
			locks.delete(reference);
		}
		res.send('OK');
	});
	app.use((error, _req, res, _next) => res.status(error.status ?? 500).send('Error'));

	async function onTransfer({ reference_id, state, amount, beneficiary }) {
		const order = await shop.find(reference_id);
		// final: whatever comes late or twice must not touch it
		if (!order || order.state === 'completed' || order.state === 'refunded') return;
		const now = state.toLowerCase();
		if (now === 'completed') {
			if (Number(amount) !== Number(order.amount)) return;
			await shop.save({
				...order,
				state: now,
				credited: order.credited + 1,
				account: beneficiary?.account,
			});
		} else if (now === 'refunded') {
			await shop.save({ ...order, state: now });
		} else if (['declined', 'canceled', 'cancelled'].includes(now)) {
			await shop.save({ ...order, state: 'failed' });
		}
	}
	return app;
}

function transferOf(text) {
	try {
		const body = JSON.parse(text);
		const transfer = Array.isArray(body.data) ? body.data[0] : (body.data ?? body);
		return typeof transfer.reference_id === 'string' && typeof transfer.state === 'string'
			? transfer
			: undefined;
	} catch {
		return undefined;
	}
}
