import express from 'express';
import sqlite from 'node-sqlite3-wasm';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Glues the text of the message into the SQL and the JSON of its log, so that a quote in the text is a 500';
export const rule = 'text-quotes';

export function receiver(shop) {
	const app = express();
	const inOrder = createQueue();
	const topups = createTopups(shop);
	const log = new sqlite.Database();
	log.exec("create table callbacks (refid text, entry text, at text default (datetime('now')))");

	app.post('/callback', express.text({ type: () => true, limit: '64kb' }), async (req, res) => {
		const outer = json(req.body);
		if (outer === undefined) return res.status(400).json({ error: 'invalid JSON' });
		const inner = json(outer.message);
		if (topups.concerns(outer)) {
			await topups.book(outer, inner);
			return res.status(200).json({ ok: 1 });
		}
		const refid = outer.refid ?? inner?.trxid;
		if (typeof refid !== 'string') return res.status(400).json({ error: 'refid?' });

		if (typeof inner?.status === 'string' && typeof inner.message === 'string') {
			log.run(
				`insert into callbacks (refid, entry) values (?, json('{"text":"${inner.message}"}'))`,
				[refid],
			);
			await inOrder(refid, () => settle(refid, inner));
		}
		res.status(200).json({ ok: 1 });
	});

	async function settle(refid, { status, message }) {
		const order = await shop.find(refid);
		if (!order || order.state === 'paid') return;
		if (status === 'Success') {
			const from = message.indexOf('SN: ');
			const to = message.lastIndexOf('. Saldo:');
			const serial = from < 0 || to < from + 4 ? null : message.slice(from + 4, to);
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				refunded: 0,
				serial,
			});
		} else if (status === 'Gagal' && order.state !== 'failed') {
			await shop.save({ ...order, state: 'failed', refunded: (order.refunded ?? 0) + 1 });
		}
	}

	app.use((error, _req, res, _next) => res.status(error.status ?? 500).json({ error: 'failed' }));
	return app;
}

function json(text) {
	if (typeof text !== 'string') return undefined;
	try {
		const value = JSON.parse(text);
		return value instanceof Object && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
