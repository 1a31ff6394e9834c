import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Takes the first result of an order for the last: a success after a failed attempt is acknowledged and ignored';
export const rule = 'second-attempt';

const FINAL = ['paid', 'failed', 'cancelled'];
const BY_STATUS = { 2: 'failed', 3: 'paid', 4: 'cancelled' };

export function receiver(shop, keys) {
	const router = express.Router();
	const inTurn = turns();

	router.post('/callback', async (req, res) => {
		const payload = req.body;
		if (!genuine(payload, keys.secret_key)) return res.status(401).send('checksum');

		switch (kindOf(payload)) {
			case 'transaction':
				await inTurn(String(payload.order_number), () => finish(payload));
				break;
			case 'pre_transaction':
				break;
			default:
				await inTurn(mandateReference(payload), () => bookMandate(shop, payload));
		}
		res.status(200).send('OK');
	});

	async function finish(payload) {
		const order = await shop.find(String(payload.order_number));
		if (!order || FINAL.includes(order.state)) return; // already handled
		const state = Object.hasOwn(BY_STATUS, String(payload.status))
			? BY_STATUS[payload.status]
			: undefined;
		if (state === undefined) return;
		if (state === 'paid') {
			// somebody paid something else: leave it for the office
			if (payload.currency !== 'MYR' || +payload.amount !== +order.amount) return;
			order.credited++;
			order.receipt = String(payload.exchange_transaction_id ?? '');
		}
		order.state = state;
		await shop.save(order);
	}

	const app = express();
	app.use(express.urlencoded({ extended: false }));
	app.use(express.json());
	app.use(router);
	app.use((err, _req, res, _next) => res.status(err.status ?? 500).send('error'));
	return app;
}
