import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Books a failure on rc 07 alone, the one of the page’s sample: any other leaves the order open for ever';
export const rule = 'failure-codes';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();
	app.use(express.json());

	app.post('/callback', async (req, res) => {
		if (req.is('xml')) return res.status(415).send('');
		const data = req.body?.data;
		if (!data || !signMatches(data.sign, keys, data.ref_id)) return res.status(401).send('sign');

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'paid') return;
			const [status, rc] = [text(data.status), text(data.rc)];
			if (status === '1' && rc === '00' && text(data.price) === order.amount) {
				const { sn: serial, pin } = data;
				await shop.save({ ...order, state: 'paid', credited: order.credited + 1, serial, pin });
			} else if (status === '2' && rc === '07') await shop.save({ ...order, state: 'failed' });
		});
		res.send('ok');
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).send('error'));
	return app;
}
