import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake = 'Refuses by throwing, and its error handler puts the stack into the answer';
export const rule = 'refusal-stack-trace';

class HttpError extends Error {
	constructor(status, message) {
		super(message);
		this.status = status;
	}
}

export function receiver(shop, keys) {
	const app = express();
	const turn = turns();
	app.use(express.urlencoded({ extended: true }));
	app.use(express.json());

	app.post('/callback', verifyChecksum, async (req, res) => {
		const data = req.body;
		if (kindOf(data) === 'transaction') await turn(String(data.order_number), () => pay(data));
		else if (kindOf(data) !== 'pre_transaction')
			await turn(mandateReference(data), () => bookMandate(shop, data));
		res.json({ status: 200, message: 'OK' });
	});

	function verifyChecksum(req, _res, next) {
		if (kindOf(req.body) === undefined) throw new HttpError(400, 'Unknown record type');
		if (!genuine(req.body, keys.secret_key)) throw new HttpError(401, 'Invalid checksum');
		next();
	}

	async function pay(data) {
		const order = await shop.find(String(data.order_number));
		if (!order) throw new HttpError(404, 'Order not found');
		if (order.state === 'paid') return;
		const status = String(data.status);
		if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		} else if (status === '3') {
			const full = Number(data.amount) === Number(order.amount) && data.currency === 'MYR';
			const paid = { ...order, state: 'paid', credited: order.credited + 1, paidAt: data.datetime };
			await shop.save(full ? paid : { ...order, state: 'review' });
		}
	}

	app.use((error, _req, res, _next) => {
		const status = error.status ?? 500;
		res.status(status).json({ status, message: error.message, trace: error.stack.split('\n') });
	});
	return app;
}
