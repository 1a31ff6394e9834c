import Fastify from 'fastify';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Compares the status with the number 3, as documented, although the form carries the text "3"';
export const rule = 'success-takes-effect';

const FAILED = 2;
const SUCCESS = 3;
const CANCELLED = 4;

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 65_536 });
	const queue = turns();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_req, text, done) => done(null, Object.fromEntries(new URLSearchParams(text))),
	);

	const handlers = {
		pre_transaction: async () => {},
		collection: async () => {}, // the accounting job fetches the collections at night
		async authorization(order, data) {
			if (String(data.status) === '3')
				await shop.save({ ...order, mandate: 'waiting for the bank' });
			if (String(data.status) === '2') await shop.save({ ...order, mandate: 'not authorized' });
		},
		async bank_approval(order, data) {
			const decided = { 5: 'active', 6: 'rejected' }[Number(data.approval_status)] ?? order.mandate;
			await shop.save({ ...order, mandate: decided });
		},
		async transaction(order, data) {
			if (order.state === 'paid') return;
			if (data.status === SUCCESS) {
				const exact = Number(data.amount) === Number(order.amount) && data.currency === 'MYR';
				if (!exact)
					return shop.save({
						...order,
						state: 'review',
						paidAmount: `${data.currency} ${data.amount}`,
					});
				return shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					bank: data.payer_bank_name,
				});
			}
			if (data.status === FAILED || data.status === CANCELLED)
				await shop.save({ ...order, state: 'failed' });
		},
	};

	app.post('/callback', async ({ body }, reply) => {
		if (!genuine(body, keys.secret_key)) return reply.code(403).send();
		const reference = String(body.order_number ?? '');
		await queue(reference, async () => {
			const order = await shop.find(reference);
			if (order) await handlers[kindOf(body)](order, body);
		});
		return reply.send({ status: 'ok' });
	});

	await app.ready();
	return app.routing;
}
