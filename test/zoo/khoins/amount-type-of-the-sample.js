import express from 'express';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Expects the sum of a top-up in the type of the samples: a number from the payment gateway, text from the bank';
export const rule = 'topup-amounts';

export function receiver(shop) {
	const app = express();
	const lock = createQueue();
	const topups = createTopups(shop);

	app.post('/callback', express.json({ type: () => true }), async (req, res) => {
		const { refid, message } = req.body ?? {};
		if (Array.isArray(req.body) || typeof message !== 'string') return res.sendStatus(400);
		const inner = parseInner(message);
		if (topups.concerns(req.body)) {
			const isGateway = inner.status === 'Success' && /Payment Gateway/.test(inner.message);
			if (typeof req.body.amount !== (isGateway ? 'number' : 'string')) return res.sendStatus(400);
			await topups.book(req.body, inner);
			return res.sendStatus(200);
		}
		const ref = refid ?? inner.trxid;
		if (typeof ref !== 'string' || ref.length === 0) return res.sendStatus(400);

		res.sendStatus(await lock(ref, () => finish(ref, inner)));
	});

	async function finish(ref, { status, message }) {
		const order = await shop.find(ref);
		if (!order) return 404;
		if (status === 'Success' && order.state !== 'success') {
			// SN sits between "SN: " and the balance
			const sn =
				typeof message === 'string' ? (message.match(/SN: (.*)\. Saldo:/s)?.[1] ?? '') : '';
			await shop.save({ ...order, state: 'success', credited: order.credited + 1, sn });
		} else if (status === 'Gagal' && order.state === 'new') {
			await shop.save({ ...order, state: 'failed', refunded: 1 });
		}
		return 200;
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}

function parseInner(message) {
	try {
		return JSON.parse(message) ?? {};
	} catch {
		return {};
	}
}
