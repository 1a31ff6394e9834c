import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { digestGuard } from './_digest.js';

export const mistake =
	'Looks whether the order is paid before it queues the booking: two callbacks at once both book';
export const rule = 'duplicate-at-once';

export function receiver(shop, keys) {
	const guard = digestGuard(keys);
	let bookings = Promise.resolve();

	/** One booking at a time, or a credit gets lost. */
	function book(reference, change) {
		bookings = bookings.then(async () => {
			const order = await shop.find(reference);
			await shop.save({ ...order, ...change(order) });
		});
		return bookings;
	}

	async function completed(order, transfer) {
		if (order.state === 'paid' || order.state === 'refunded') return;
		if (Number(transfer.amount) !== Number(order.amount)) return;
		const receipt = await printReceipt(transfer);
		const account = transfer.beneficiary?.account;
		await book(order.reference, ({ credited }) => ({
			state: 'paid',
			credited: credited + 1,
			account,
			receipt,
		}));
	}

	const app = express();
	app.use(express.json({ type: () => true }));
	app.post('/callback', async (req, res) => {
		if (!guard.passes(req))
			return res.status(401).set('WWW-Authenticate', guard.challenge()).json({});
		const transfer = Array.isArray(req.body?.data)
			? req.body.data[0]
			: (req.body?.data ?? req.body);
		if (typeof transfer?.reference_id !== 'string' || typeof transfer.state !== 'string')
			return res.status(400).json({});
		const { reference_id: reference } = transfer;
		const order = await shop.find(reference);
		const state = transfer.state.toLowerCase();
		if (order === undefined) return res.status(404).json({});
		if (state === 'completed') await completed(order, transfer);
		if (state === 'refunded') await book(reference, () => ({ state }));
		if (['declined', 'canceled', 'cancelled'].includes(state)) {
			await book(reference, (now) =>
				['paid', 'refunded'].includes(now.state) ? {} : { state: 'failed' },
			);
		}
		res.json({ ok: true });
	});
	app.use((err, _req, res, _next) => res.status(err.status ?? 500).json({}));
	return app;
}

/** The receipt service takes a moment. */
async function printReceipt({ id, reference_id }) {
	await pause(25);
	return `${reference_id}-${id}`;
}
