import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake =
	'Refuses whoever comes without credentials with 403, which no sender takes for a Digest challenge';
export const rule = 'digest-challenge';

export function receiver(shop, keys) {
	const digest = digestGuard(keys, { algorithm: 'SHA-256' });
	const app = express();
	let turn = Promise.resolve();
	app.use(express.json({ type: () => true, limit: '256kb' }));

	app.use((req, res, next) => {
		if (digest.passes(req)) return next();
		res.status(403).set('WWW-Authenticate', digest.challenge()).json({ error: 'forbidden' });
	});

	app.post('/callback', (req, res, next) => {
		if (Array.isArray(req.body)) return res.status(400).json({ error: 'object expected' });
		const [transfer] = [req.body?.data ?? req.body].flat();
		const isText = (key) => typeof transfer?.[key] === 'string';
		if (!isText('reference_id') || !isText('state'))
			return res.status(400).json({ error: 'no transfer' });
		turn = turn
			.then(() => handle(shop, transfer))
			.then((result) => res.json({ result }))
			.catch(next);
	});

	app.use((error, _req, res, _next) =>
		res.status(error.status ?? 500).json({ error: 'cannot read this' }),
	);
	return app;
}

async function handle(shop, transfer) {
	const order = await shop.find(transfer.reference_id);
	if (order === undefined) return 'unknown order';
	const done = ['paid', 'refunded'].includes(order.state);
	switch (transfer.state.toLowerCase()) {
		case 'completed':
			if (done) return 'already paid';
			if (Number(transfer.amount) !== Number(order.amount)) {
				await shop.save({ ...order, state: 'review' });
				return 'amount differs';
			}
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				account: transfer.beneficiary?.account,
			});
			return 'paid';
		case 'declined':
		case 'canceled':
		case 'cancelled':
			if (!done) await shop.save({ ...order, state: 'failed' });
			return 'failed';
		case 'refunded':
			await shop.save({ ...order, state: 'refunded' });
			return 'refunded';
		default:
			return 'noted';
	}
}
