import express from 'express';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Reads status from message as if it were an object: it is a string with JSON in it, so every callback says nothing';
export const rule = 'inner-json';

export function receiver(shop) {
	const app = express();
	const perOrder = createQueue();
	const topups = createTopups(shop);
	app.use(express.json({ type: () => true, limit: '64kb' }));

	app.post('/callback', async (req, res) => {
		const body = req.body;
		if (typeof body !== 'object' || body === null || Array.isArray(body)) {
			return res.status(400).json({ error: 'expected an object' });
		}
		if (topups.concerns(body)) {
			await topups.book(body, body.message);
			return res.json({ ok: true });
		}
		if (typeof body.refid !== 'string' || !body.refid)
			return res.status(400).json({ error: 'refid missing' });

		await perOrder(body.refid, () =>
			settle(body.refid, body.message?.status, body.message?.message),
		);
		res.json({ ok: true });
	});

	async function settle(refid, status, text) {
		const order = await shop.find(refid);
		if (!order || order.state === 'paid') return;
		switch (status) {
			case 'Success': {
				const serial = typeof text === 'string' ? text.match(/SN: (.*)\. Saldo:/s)?.[1] : null;
				await shop.save({ ...order, state: 'paid', credited: order.credited + 1, serial });
				break;
			}
			case 'Gagal':
				if (order.state !== 'failed') await shop.save({ ...order, state: 'failed', refunded: 1 });
				break;
			default: // still pending at the supplier
		}
	}

	app.use((error, _req, res, _next) =>
		res.status(error.status ?? 500).json({ error: 'unreadable request' }),
	);
	return app;
}
