import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Takes every pin that is there for one of a voucher, and turns the callback away when it is empty';
export const rule = 'live-layout';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();
	app.use(express.json());

	app.post('/callback', async (req, res) => {
		if (req.is('xml')) return res.status(415).send('');
		const data = req.body?.data;
		if (!data || !signMatches(data.sign, keys, data.ref_id)) return res.status(401).send('sign');
		if ('pin' in data && !data.pin) return res.status(422).send('voucher without pin');

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'paid') return;
			const [status, rc] = [text(data.status), text(data.rc)];
			if (status === '1' && rc === '00' && text(data.price) === order.amount) {
				const { sn: serial, pin } = data;
				await shop.save({ ...order, state: 'paid', credited: order.credited + 1, serial, pin });
			} else if (status === '2' && !['00', '39', '201'].includes(rc))
				await shop.save({ ...order, state: 'failed' });
		});
		res.send('ok');
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).send('error'));
	return app;
}
