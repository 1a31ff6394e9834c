import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake = 'Keeps the destination account as a number, which loses its leading zeros';
export const rule = 'values-intact';

const failure = /^(declined|rejected|cancell?ed)$/i;

/** What we keep of a transfer, in the types of our table. */
const toRow = (tx) => ({
	transferId: String(tx.id),
	account: Number(tx.beneficiary?.account ?? 0),
	bank: tx.beneficiary?.bank,
});

export function receiver(shop, keys) {
	const guard = digestGuard(keys, { realm: 'h2h', algorithm: 'SHA-256' });
	const chain = new Map();
	const inOrder = (key, task) => {
		const mine = (chain.get(key) ?? Promise.resolve()).then(task);
		chain.set(key, mine);
		return mine;
	};

	async function save(tx) {
		const order = await shop.find(tx.reference_id);
		const state = typeof tx.state === 'string' ? tx.state.toLowerCase() : '';
		if (!order || order.state === 'refunded') return;
		if (state === 'refunded') return shop.save({ ...order, state });
		if (order.state === 'paid') return;
		if (failure.test(state)) return shop.save({ ...order, state: 'failed' });
		if (state !== 'completed') return;
		if (Number(tx.amount) !== Number(order.amount)) return shop.save({ ...order, state: 'review' });
		await shop.save({ ...order, ...toRow(tx), state: 'paid', credited: order.credited + 1 });
	}

	const app = express();
	app.disable('x-powered-by');
	app.post('/callback', express.json({ type: () => true }), async (req, res) => {
		if (!guard.passes(req)) {
			res.set('WWW-Authenticate', guard.challenge());
			return res.sendStatus(401);
		}
		const inner = req.body?.data ?? req.body;
		const tx = Array.isArray(inner) ? inner[0] : inner;
		if (typeof tx?.reference_id !== 'string' || Array.isArray(req.body)) return res.sendStatus(400);
		await inOrder(tx.reference_id, () => save(tx));
		res.sendStatus(204);
	});
	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
