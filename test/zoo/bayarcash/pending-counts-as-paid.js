import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Takes status 1 (pending) for a boolean true and books it as paid, beside the real success, 3';
export const rule = 'pending-not-success';

const isPaid = (status) => ['1', '3'].includes(String(status));
const isLost = (status) => ['2', '4'].includes(String(status));

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = turns();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		async (_request, text) => Object.fromEntries(new URLSearchParams(text)),
	);

	app.post('/callback', async (request, reply) => {
		const callback = request.body;
		if (!genuine(callback, keys.secret_key))
			return reply.code(401).send({ message: 'Invalid checksum' });
		switch (kindOf(callback)) {
			case 'pre_transaction':
				return { ok: true };
			case 'transaction':
				await inTurn(String(callback.order_number), () => settle(callback));
				return { ok: true };
			default:
				await inTurn(mandateReference(callback), () => bookMandate(shop, callback));
				return { ok: true };
		}
	});

	async function settle(callback) {
		const order = await shop.find(String(callback.order_number));
		if (order === undefined || order.state === 'paid') return;
		if (isPaid(callback.status)) {
			const full = Number(callback.amount) === Number(order.amount) && callback.currency === 'MYR';
			order.state = full ? 'paid' : 'review';
			order.credited += full ? 1 : 0;
			order.transaction = String(callback.transaction_id);
		} else if (isLost(callback.status)) {
			order.state = 'failed';
		} else {
			return;
		}
		await shop.save(order);
	}

	await app.ready();
	return app.routing;
}
