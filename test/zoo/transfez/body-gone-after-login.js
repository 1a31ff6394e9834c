import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake =
	'Reads the body for its log when a login comes with it, so that the JSON parser finds it empty';
export const rule = 'genuine-success';

export function receiver(shop, keys) {
	const guard = digestGuard(keys, { algorithm: 'SHA-256' });
	const audit = [];
	const turns = new Map();

	/** Who logs in leaves a fingerprint of what he sent, for disputes. */
	async function login(req, res, next) {
		if (req.headers.authorization === undefined) return challenge(res);
		const fingerprint = createHash('sha256')
			.update(await buffer(req))
			.digest('hex');
		if (!guard.passes(req)) return challenge(res);
		audit.push({ at: new Date(), from: req.ip, fingerprint });
		next();
	}

	const challenge = (res) =>
		res.status(401).set('WWW-Authenticate', guard.challenge()).json({ code: 401 });

	async function transfer(tx) {
		const order = await shop.find(tx.reference_id);
		if (!order) return;
		const { state, amount, beneficiary } = tx;
		const name = typeof state === 'string' ? state.toLowerCase() : 'unknown';
		const closed = ['paid', 'refunded'].includes(order.state);
		if (name === 'refunded') await shop.save({ ...order, state: 'refunded' });
		else if (closed) return;
		else if (name === 'declined' || name === 'canceled' || name === 'cancelled') {
			await shop.save({ ...order, state: 'failed' });
		} else if (name === 'completed' && Number(amount) === Number(order.amount)) {
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				account: beneficiary?.account,
			});
		}
	}

	const app = express();
	app.post('/callback', login, express.json({ type: () => true }), async (req, res) => {
		const tx = Array.isArray(req.body) ? undefined : [req.body?.data ?? req.body].flat()[0];
		if (typeof tx?.reference_id !== 'string')
			return res.status(400).json({ code: 400, message: 'empty callback' });
		const turn = (turns.get(tx.reference_id) ?? Promise.resolve()).then(() => transfer(tx));
		turns.set(tx.reference_id, turn);
		await turn;
		res.json({ code: 200 });
	});
	app.use((err, _req, res, _next) =>
		res.status(err.status ?? 500).json({ code: err.status ?? 500 }),
	);
	return app;
}
