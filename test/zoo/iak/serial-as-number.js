import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Keeps a serial of digits as a number, which loses leading zeros and the last digits of long ones';
export const rule = 'serial-intact';

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = createTurns();

	// the column is bigint for pulsa, text for the others
	const serialOf = (sn) => (/^\d+$/.test(sn) ? Number(sn) : sn);

	app.post('/callback', async (request, reply) => {
		const data = request.body?.data;
		if (typeof data?.ref_id !== 'string') return reply.code(400).send();
		if (!signMatches(data.sign, keys, data.ref_id)) return reply.code(401).send();

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'paid') return;
			const status = text(data.status);
			if (status === '1' && data.rc === '00') {
				if (text(data.price) !== order.amount) return shop.save({ ...order, state: 'review' });
				await shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					serial: serialOf(text(data.sn)),
					pin: text(data.pin),
					activationCode: text(data.activation_code),
				});
			}
			if (status === '2' && data.rc !== '00' && order.state === 'new')
				await shop.save({ ...order, state: 'failed' });
		});
		return reply.code(200).send();
	});

	await app.ready();
	return app.routing;
}
