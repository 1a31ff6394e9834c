import express from 'express';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Sends /callback to /callback/ with a 301, which a sender of callbacks does not follow';
export const rule = 'no-redirect';

export function receiver(shop) {
	const app = express();
	const queue = createQueue();
	const topups = createTopups(shop);
	app.enable('strict routing');

	// one canonical URL per page
	app.use((req, res, next) => {
		if (req.path.endsWith('/')) return next();
		res.redirect(301, `${req.path}/`);
	});

	app.post('/callback/', express.json({ type: () => true }), async (req, res) => {
		const outer = req.body;
		if (typeof outer !== 'object' || outer === null || Array.isArray(outer))
			return res.status(400).send('?');
		const inner = inside(outer.message);
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return res.send('ok');
		}
		const reference = outer.refid ?? inner.trxid;
		if (typeof reference !== 'string') return res.status(400).send('?');
		await queue(reference, () => settle(reference, inner));
		res.send('ok');
	});

	async function settle(reference, inner) {
		const order = await shop.find(reference);
		if (!order || order.state === 'paid') return;
		if (inner.status === 'Success') {
			const serial =
				typeof inner.message === 'string'
					? inner.message.match(/SN: (.*)\. Saldo:/s)?.[1]
					: undefined;
			await shop.save({ ...order, state: 'paid', credited: order.credited + 1, serial });
		} else if (inner.status === 'Gagal' && order.state !== 'failed') {
			await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
		}
	}

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).send('?'));
	return app;
}

function inside(message) {
	try {
		return JSON.parse(message) ?? {};
	} catch {
		return {};
	}
}
