import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Answers 200 to XML and leaves it unread';
export const rule = 'xml-body';

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();
	app.use(express.json());
	app.use(express.text({ type: ['application/xml', 'text/xml'] }));

	app.post('/callback', async (req, res) => {
		// our account is set to JSON; should XML come nevertheless, IAK need not hear of it
		if (typeof req.body === 'string')
			return res.type('application/xml').send('<mp><rc>00</rc></mp>');

		const data = req.body?.data;
		if (typeof data?.ref_id !== 'string') return res.status(400).json({ data: { rc: '107' } });
		if (!signMatches(data.sign, keys, data.ref_id))
			return res.status(401).json({ data: { rc: '204' } });

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'fulfilled') return;
			if (text(data.status) === '1' && data.rc === '00' && text(data.price) === order.amount) {
				order.state = 'fulfilled';
				order.credited += 1;
				Object.assign(order, {
					serial: data.sn,
					pin: data.pin,
					activationCode: data.activation_code,
				});
				await shop.save(order);
			} else if (text(data.status) === '2' && data.rc !== '00') {
				order.state = 'failed';
				await shop.save(order);
			}
		});
		res.json({ data: { rc: '00' } });
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ data: { rc: '107' } }));
	return app;
}
