import express from 'express';
import sqlite from 'node-sqlite3-wasm';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Logs each callback before it checks it, and answers with the statement when the sign does not fit its column';
export const rule = 'refusal-sql';

const INSERT = 'INSERT INTO iak_callback_log (ref_id, sign, body) VALUES (?, ?, ?)';

export function receiver(shop, keys) {
	const log = new sqlite.Database();
	log.exec(
		'CREATE TABLE iak_callback_log (ref_id TEXT, sign TEXT CHECK (length(sign) <= 32), body TEXT)',
	);
	const app = express();
	const inTurn = createTurns();

	app.post('/callback', express.json(), async (req, res) => {
		if (req.is('xml')) return res.status(415).json({ ok: false });
		const data = req.body?.data;
		if (typeof data?.ref_id !== 'string')
			return res.status(400).json({ ok: false, error: 'ref_id is missing' });
		try {
			log.run(INSERT, [data.ref_id, text(data.sign), JSON.stringify(data)]);
		} catch (error) {
			return res.status(400).json({ ok: false, error: `${error.message} in: ${INSERT}` });
		}
		if (!signMatches(data.sign, keys, data.ref_id))
			return res.status(401).json({ ok: false, error: 'sign' });

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'paid') return;
			const status = text(data.status);
			if (status === '1' && data.rc === '00' && text(data.price) === order.amount) {
				await shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					serial: data.sn,
					pin: data.pin,
				});
			} else if (status === '2' && data.rc !== '00') {
				await shop.save({ ...order, state: 'failed' });
			}
		});
		res.json({ ok: true });
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({ ok: false }));
	return app;
}
