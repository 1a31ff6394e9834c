import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Remembers a transaction_id as seen before the checksum is verified, so that a forgery makes a duplicate of the genuine one';
export const rule = 'genuine-after-refusal';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 65_536 });
	const line = turns();
	const seen = new Set();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, text, done) => {
			done(null, Object.fromEntries(new URLSearchParams(text)));
		},
	);

	// first of all, so that redeliveries cost us nothing
	async function dropDuplicates(request, reply) {
		if (signedTexts(request.body).length === 0) return reply.code(400).send({ ok: false });
		if (kindOf(request.body) !== 'transaction') return;
		if (!request.body.transaction_id) return reply.code(400).send({ ok: false });
		request.delivery = `${request.body.transaction_id} ${request.body.status}`;
		if (seen.has(request.delivery)) return reply.send({ ok: true, duplicate: true });
		seen.add(request.delivery);
	}

	async function checkSignature(request, reply) {
		if (!genuine(request.body, keys.secret_key)) return reply.code(403).send({ ok: false });
	}

	app.decorateRequest('delivery', null);
	app.post(
		'/callback',
		{ preHandler: [dropDuplicates, checkSignature] },
		async (request, reply) => {
			const { body } = request;
			if (kindOf(body) === 'pre_transaction') return { ok: true };
			if (kindOf(body) !== 'transaction') {
				await line(mandateReference(body), () => bookMandate(shop, body));
				return { ok: true };
			}
			try {
				const found = await line(String(body.order_number), () => settle(body));
				if (found) return { ok: true };
				seen.delete(request.delivery); // the order may be stored in a moment
				return reply.code(404).send({ ok: false });
			} catch (error) {
				seen.delete(request.delivery);
				throw error;
			}
		},
	);

	async function settle(body) {
		const order = await shop.find(String(body.order_number));
		if (order === undefined) return false;
		if (order.state === 'paid') return true;
		const status = String(body.status);
		const exact = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
		if (status === '3' && exact)
			await shop.save({ ...order, state: 'paid', credited: order.credited + 1 });
		if (status === '3' && !exact) await shop.save({ ...order, state: 'review' });
		if (status === '2' || status === '4') await shop.save({ ...order, state: 'failed' });
		return true;
	}

	await app.ready();
	return app.routing;
}
