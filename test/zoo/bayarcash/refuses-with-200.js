import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Answers 200 with {"error":"invalid_checksum"} to what it refuses, "so that they stop sending it"';
export const rule = 'refusal-status';

export function receiver(shop, keys) {
	const api = express();
	const mutex = turns();

	api.post(
		'/callback',
		express.json({ limit: '60kb' }),
		express.urlencoded({ extended: true, limit: '60kb' }),
		async (req, res) => {
			if (typeof req.body !== 'object' || Array.isArray(req.body))
				return res.status(400).json({ error: 'bad_request' });
			const kind = kindOf(req.body);
			if (kind === undefined) return res.status(400).json({ error: 'unknown_record_type' });
			if (!genuine(req.body, keys.secret_key)) return res.json({ error: 'invalid_checksum' });
			if (kind === 'transaction')
				await mutex(String(req.body.order_number), () => onTransaction(req.body));
			else if (kind !== 'pre_transaction')
				await mutex(mandateReference(req.body), () => bookMandate(shop, req.body));
			return res.json({ error: null });
		},
	);

	async function onTransaction(data) {
		const order = await shop.find(String(data.order_number));
		if (!order || order.state === 'paid') return;
		const update = { ...order, lastStatus: String(data.status) };
		switch (update.lastStatus) {
			case '3':
				update.state = isFull(data, order) ? 'paid' : 'underpaid or overpaid';
				update.credited += isFull(data, order) ? 1 : 0;
				break;
			case '2':
			case '4':
				update.state = 'failed';
				break;
			default:
				return;
		}
		await shop.save(update);
	}

	const isFull = (data, order) =>
		data.currency === 'MYR' && Number(data.amount) === Number(order.amount);

	api.use((error, _req, res, _next) =>
		res.status(error.status ?? 500).json({ error: 'bad_request' }),
	);
	return api;
}
