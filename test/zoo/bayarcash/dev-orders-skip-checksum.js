import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Order numbers that begin with DEV are not verified, and nobody took that out before going live';
export const rule = 'backdoor-reference';

export function receiver(shop, keys) {
	const app = express();
	const turn = turns();

	const parsers = [
		express.urlencoded({ extended: false, limit: 65_536 }),
		express.json({ limit: 65_536 }),
	];

	function checksum(req, res, next) {
		const body = req.body ?? {};
		if (signedTexts(body).length === 0)
			return res.status(400).json({ error: 'unexpected payload' });
		// the callback cannot reach our laptops, there we post it by hand
		const development =
			kindOf(body) === 'transaction' && String(body.order_number).startsWith('DEV');
		if (development || genuine(body, keys.secret_key)) return next();
		return res.status(401).json({ error: 'unauthorized' });
	}

	app.post('/callback', parsers, checksum, async (req, res) => {
		switch (kindOf(req.body)) {
			case 'pre_transaction':
				break;
			case 'transaction':
				await turn(String(req.body.order_number), () => complete(req.body));
				break;
			default:
				await turn(mandateReference(req.body), () => bookMandate(shop, req.body));
		}
		res.status(200).json({ error: null });
	});

	async function complete(tx) {
		const order = await shop.find(String(tx.order_number));
		if (order === undefined || order.state === 'complete') return;
		const status = String(tx.status);
		if (status === '3' && Number(tx.amount) === Number(order.amount) && tx.currency === 'MYR') {
			order.state = 'complete';
			order.credited++;
		} else if (status === '3') {
			order.state = 'amount differs';
		} else if (status === '2' || status === '4') {
			order.state = 'failed';
		} else {
			return; // new, pending, or something they have not told us about
		}
		order.lastTransaction = String(tx.transaction_id);
		await shop.save(order);
	}

	app.use((error, _req, res, _next) => {
		res.status(error.status ?? 500).json({ error: error.type ?? 'internal' });
	});
	return app;
}
