import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Verifies the checksum only where there is one, since the documentation calls it optional';
export const rule = 'checksum-missing';

export function receiver(shop, keys) {
	const router = express();
	const turn = turns();
	router.use(
		express.urlencoded({ extended: true, limit: '50kb' }),
		express.json({ limit: '50kb' }),
	);

	router.post('/callback', async (req, res) => {
		const payload = req.body ?? {};
		const kind = kindOf(payload);
		if (signedTexts(payload).length === 0) {
			return res.status(422).json({ success: false, message: 'Unknown record' });
		}
		// "checksum validation is optional but recommended"
		if (payload.checksum !== undefined && !genuine(payload, keys.secret_key)) {
			return res.status(403).json({ success: false, message: 'Checksum mismatch' });
		}
		if (kind === 'transaction') {
			const found = await turn(String(payload.order_number), () => settle(payload));
			if (!found) return res.status(404).json({ success: false, message: 'No such order' });
		} else if (kind !== 'pre_transaction') {
			await turn(mandateReference(payload), () => bookMandate(shop, payload));
		}
		return res.json({ success: true });
	});

	async function settle(payload) {
		const order = await shop.find(String(payload.order_number));
		if (order === undefined) return false;
		const paid = order.state === 'paid';
		if (!paid && String(payload.status) === '3') {
			const asOrdered =
				payload.currency === 'MYR' && Number(payload.amount) === Number(order.amount);
			if (asOrdered) await shop.save({ ...order, state: 'paid', credited: order.credited + 1 });
			else
				await shop.save({
					...order,
					state: 'review',
					note: `received ${payload.currency} ${payload.amount}`,
				});
		}
		if (!paid && ['2', '4'].includes(String(payload.status)))
			await shop.save({ ...order, state: 'failed' });
		return true;
	}

	router.use((error, _req, res, _next) => {
		const status = error.status ?? 500;
		res
			.status(status)
			.json({ success: false, message: status < 500 ? 'Malformed request' : 'Please try again' });
	});
	return router;
}
