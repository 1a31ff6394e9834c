import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Whatever status is not failed, cancelled, new or pending falls into the last else and is booked as paid';
export const rule = 'unknown-status';

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = turns();

	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string', bodyLimit: 50_000 },
		async (_request, text) => Object.fromEntries(new URLSearchParams(text)),
	);

	app.post('/callback', async (request, reply) => {
		const data = request.body;
		if (!genuine(data, keys.secret_key)) return reply.code(403).send('invalid checksum');
		const kind = kindOf(data);
		const key = mandateReference(data);
		if (kind === 'transaction') await inTurn(key, () => updateOrder(data));
		else if (kind !== 'pre_transaction') await inTurn(key, () => bookMandate(shop, data));
		return 'OK';
	});

	async function updateOrder(data) {
		const order = await shop.find(mandateReference(data));
		if (!order || order.state === 'paid') return;
		const status = String(data.status);
		if (status === '2') {
			order.state = 'failed';
		} else if (status === '4') {
			order.state = 'failed';
			order.cancelled = true;
		} else if (['0', '1'].includes(status)) {
			return;
		} else if (data.currency === 'MYR' && Number(data.amount) === Number(order.amount)) {
			order.state = 'paid';
			order.credited += 1;
			delete order.cancelled;
		} else {
			order.state = 'review';
		}
		await shop.save(order);
	}

	await app.ready();
	return app.routing;
}
