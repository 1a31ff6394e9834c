import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf, SIGNED, signedText } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Verifies pre_transaction over the 13 fields of the transaction, and so refuses every one of them';
export const rule = 'pre-transaction';

function checksumMatches(body, secretKey) {
	// everything is signed like the transaction, only direct debit has lists of its own
	const kind = kindOf(body);
	if (kind === undefined) return false;
	const message = signedText(kind === 'pre_transaction' ? SIGNED.transaction : SIGNED[kind], body);
	if (message === undefined || typeof body.checksum !== 'string') return false;
	const ours = Buffer.from(createHmac('sha256', secretKey).update(message).digest('hex'));
	const theirs = Buffer.from(body.checksum);
	return theirs.length === ours.length && timingSafeEqual(theirs, ours);
}

export function receiver(shop, keys) {
	const app = express();
	const queue = turns();

	app.post(
		'/callback',
		express.urlencoded({ extended: true }),
		express.json(),
		async (req, res) => {
			const { body } = req;
			if (!body || !checksumMatches(body, keys.secret_key)) return res.sendStatus(403);
			if (typeof body.transaction_id === 'string' && body.transaction_id.includes('|'))
				return res.sendStatus(403);
			if (body.record_type === 'pre_transaction') return res.send('OK');
			if (kindOf(body) === 'transaction') await queue(`${body.order_number}`, () => book(body));
			else await queue(mandateReference(body), () => bookMandate(shop, body));
			res.send('OK');
		},
	);

	async function book(body) {
		const order = await shop.find(`${body.order_number}`);
		if (!order || order.state === 'settled') return;
		const status = String(body.status);
		if (status === '3' && body.currency === 'MYR' && cents(body.amount) === cents(order.amount)) {
			await shop.save({
				...order,
				state: 'settled',
				credited: order.credited + 1,
				paidAt: body.datetime,
			});
		} else if (status === '3') {
			await shop.save({ ...order, state: 'review' });
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	app.use((error, _req, res, _next) => res.sendStatus(error.status ?? 500));
	return app;
}

const cents = (amount) => Math.round(Number(amount) * 100);
