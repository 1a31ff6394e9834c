import express from 'express';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Takes the serial number up to the first dot, as the sentence ends with one: a serial with a dot of its own loses its end';
export const rule = 'serial-intact';

const SN = /SN: ([^.]+)/;

export function receiver(shop) {
	const app = express();
	const queue = createQueue();
	const topups = createTopups(shop);
	app.use(express.json({ type: () => true }));

	app.post('/callback', async (req, res) => {
		if (!isObject(req.body)) return res.status(400).end();
		const { refid, message } = req.body;
		if (typeof message !== 'string') return res.status(400).end();
		let inner;
		try {
			inner = JSON.parse(message);
		} catch {
			inner = undefined;
		}
		if (!isObject(inner)) return res.status(200).end(); // cannot be read, will show in their statement

		if (topups.concerns(req.body)) {
			await topups.book(req.body, inner);
			return res.status(200).end();
		}
		const key = refid ?? inner.trxid;
		if (typeof key !== 'string') return res.status(400).end();

		await queue(key, async () => {
			const order = await shop.find(key);
			if (!order || order.state === 'paid') return;
			if (inner.status === 'Success') {
				const serial = SN.exec(typeof inner.message === 'string' ? inner.message : '')?.[1];
				await shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					refunded: 0,
					serial,
				});
			} else if (inner.status === 'Gagal' && order.state !== 'failed') {
				await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
			}
		});
		res.status(200).end();
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).end());
	return app;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
