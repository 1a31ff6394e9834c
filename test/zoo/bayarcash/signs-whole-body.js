import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf, SIGNED } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Computes the checksum over every field that arrives except the checksum, not over the thirteen signed ones';
export const rule = 'extra-fields';

export function receiver(shop, keys) {
	const app = express();
	const oneByOne = turns();
	app.use(express.urlencoded({ extended: false }), express.json());

	/** Sort by key, join the values, HMAC. Fields that are null are not sent, but count as empty. */
	function verify({ checksum, ...data }) {
		const kind = kindOf(data);
		if (kind === undefined || typeof checksum !== 'string' || !/^[0-9a-f]{64}$/.test(checksum))
			return false;
		const names = new Set(SIGNED[kind].split(' '));
		for (const name of Object.keys(data)) names.add(name);
		const sorted = [...names].sort();
		const values = sorted.map((name) => data[name] ?? '');
		if (values.some((value) => typeof value === 'object')) return false;
		if (values.some((value, i) => String(value).includes('|') && sorted[i] !== 'payer_name'))
			return false;
		const expected = createHmac('sha256', keys.secret_key).update(values.join('|')).digest();
		return timingSafeEqual(expected, Buffer.from(checksum, 'hex'));
	}

	app.post('/callback', async (req, res) => {
		const data = req.body ?? {};
		if (data.record_type === 'pre_transaction') {
			// signs three of its four fields only
			return genuine(data, keys.secret_key)
				? res.send('OK')
				: res.status(400).send('Invalid checksum');
		}
		if (!verify(data)) return res.status(400).send('Invalid checksum');
		if (kindOf(data) === 'transaction')
			await oneByOne(String(data.order_number), () => update(data));
		else await oneByOne(mandateReference(data), () => bookMandate(shop, data));
		res.send('OK');
	});

	async function update(data) {
		const order = await shop.find(String(data.order_number));
		const status = String(data.status);
		if (!order || order.credited > 0) return;
		if (['2', '4'].includes(status)) order.state = 'failed';
		else if (status !== '3') return;
		else if (Number(data.amount) !== Number(order.amount) || data.currency !== 'MYR')
			order.state = 'amount mismatch';
		else Object.assign(order, { state: 'paid', credited: 1, paidAt: data.datetime });
		await shop.save(order);
	}

	app.use((err, _req, res, _next) =>
		res.status(err.status ?? 500).send(err.status ? 'Bad request' : 'Error'),
	);
	return app;
}
