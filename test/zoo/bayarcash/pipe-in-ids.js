import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf, SIGNED } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Joins the values with "|" whatever is in them, so that one checksum fits other values, cut at other bars';
export const rule = 'separator-recut';

export function receiver(shop, keys) {
	const app = express();
	const serial = turns();
	app.use(express.urlencoded({ extended: false, limit: '64kb' }), express.json({ limit: '64kb' }));

	/** The same as createCallbackChecksum() of the PHP SDK. */
	function isGenuine(data) {
		const kind = kindOf(data);
		if (
			kind === undefined ||
			typeof data.checksum !== 'string' ||
			!/^[0-9a-f]{64}$/.test(data.checksum)
		)
			return false;
		const lists =
			kind === 'pre_transaction'
				? [SIGNED[kind], `${SIGNED[kind]} transaction_id`]
				: [SIGNED[kind]];
		return lists.some((fields) => {
			const values = fields.split(' ').map((name) => data[name] ?? '');
			if (values.some((value) => typeof value !== 'string' && typeof value !== 'number'))
				return false;
			const expected = createHmac('sha256', keys.secret_key).update(values.join('|')).digest();
			return timingSafeEqual(expected, Buffer.from(data.checksum, 'hex'));
		});
	}

	app.post('/callback', async (req, res) => {
		const data = req.body;
		if (!isGenuine(data)) return res.status(403).end();
		if (kindOf(data) === 'transaction') await serial(String(data.order_number), () => settle(data));
		else if (kindOf(data) !== 'pre_transaction')
			await serial(mandateReference(data), () => bookMandate(shop, data));
		return res.status(200).end();
	});

	async function settle({ order_number, transaction_id, status, amount, currency, payer_name }) {
		const order = await shop.find(String(order_number));
		if (!order || order.state === 'paid') return;
		if (['2', '4'].includes(String(status)))
			return shop.save({ ...order, state: 'failed', transaction_id });
		if (String(status) !== '3') return;
		if (currency !== 'MYR' || Number(amount) !== Number(order.amount)) {
			return shop.save({ ...order, state: 'mismatch', transaction_id });
		}
		await shop.save({
			...order,
			state: 'paid',
			credited: order.credited + 1,
			transaction_id,
			payer_name,
		});
	}

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).end());
	return app;
}
