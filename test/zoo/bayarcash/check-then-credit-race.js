import { setTimeout as wait } from 'node:timers/promises';
import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Looks whether the order is paid, reserves the stock, then credits: two deliveries at once both pass the look';
export const rule = 'duplicate-at-once';

export async function receiver(shop, keys) {
	const app = Fastify();
	const locked = turns();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_req, body, done) => done(null, Object.fromEntries(new URLSearchParams(body))),
	);

	/** update orders set … where reference = ? */
	const update = (reference, change) =>
		locked(reference, async () => {
			const row = await shop.find(reference);
			if (row) await shop.save({ ...row, ...change(row) });
		});

	// panggilan ke sistem gudang
	const reserveStock = () => wait(15);

	app.post('/callback', async (req, reply) => {
		if (!genuine(req.body, keys.secret_key)) {
			reply.code(403);
			return { error: 'checksum mismatch' };
		}
		const kind = kindOf(req.body);
		if (kind === 'pre_transaction') return { message: 'noted' };
		if (kind !== 'transaction') {
			await locked(mandateReference(req.body), () => bookMandate(shop, req.body));
			return { message: 'noted' };
		}

		const reference = String(req.body.order_number);
		const order = await shop.find(reference);
		if (order === undefined) return { message: 'not one of ours' };
		if (order.state === 'paid') return { message: 'already paid' };

		const status = String(req.body.status);
		if (status === '3') {
			if (req.body.currency !== 'MYR' || Number(req.body.amount) !== Number(order.amount)) {
				await update(reference, (row) => (row.state === 'paid' ? {} : { state: 'review' }));
				return { message: 'amount to be reviewed' };
			}
			await reserveStock(order);
			await update(reference, (row) => ({ state: 'paid', credited: row.credited + 1 }));
		} else if (status === '2' || status === '4') {
			await update(reference, (row) => (row.state === 'paid' ? {} : { state: 'failed' }));
		}
		return { message: 'done' };
	});

	await app.ready();
	return app.routing;
}
