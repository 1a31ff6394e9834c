import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Compares status with the number 1, as check-status answers it; the callback sends the string "1"';
export const rule = 'success-takes-effect';

const STILL_RUNNING = ['39', '201'];

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = createTurns();

	app.post('/callback', async (request, reply) => {
		const topup = request.body?.data;
		if (!topup || typeof topup.ref_id !== 'string')
			return reply.code(400).send({ error: 'bad body' });
		if (!signMatches(topup.sign, keys, topup.ref_id))
			return reply.code(401).send({ error: 'bad sign' });

		const found = await inTurn(topup.ref_id, async () => {
			const order = await shop.find(topup.ref_id);
			if (!order) return false;
			if (order.state === 'delivered') return true;

			const rc = text(topup.rc);
			if (topup.status === 1 && rc === '00' && text(topup.price) === order.amount) {
				order.state = 'delivered';
				order.credited += 1;
				order.serial = topup.sn;
				order.pin = topup.pin;
				order.activationCode = topup.activation_code;
				await shop.save(order);
			} else if (['2', 2].includes(topup.status) && rc !== '00' && !STILL_RUNNING.includes(rc)) {
				order.state = 'failed';
				order.rc = rc;
				await shop.save(order);
			}
			return true;
		});
		return found ? { ok: true } : reply.code(404).send({ error: 'no such order' });
	});

	await app.ready();
	return app.routing;
}
