import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf, SIGNED, signed } from './_records.js';
import { turns } from './_turns.js';

export const mistake = 'Never compares the amount with the order: one ringgit pays for everything';
export const rule = 'amount-trusted';

export async function receiver(shop, keys) {
	const app = Fastify({ logger: false });
	const inTurn = turns();

	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'buffer' },
		(_request, body, done) => {
			const fields = {};
			for (const [name, value] of new URLSearchParams(body.toString('utf8'))) fields[name] = value;
			done(null, fields);
		},
	);

	async function signatureCheck(request, reply) {
		const { body } = request;
		const kind = kindOf(body);
		const known = kind !== undefined && signed(SIGNED[kind], body, keys.secret_key);
		const older =
			kind === 'pre_transaction' && signed(`${SIGNED[kind]} transaction_id`, body, keys.secret_key);
		if (!known && !older) return reply.code(400).send({ error: 'Invalid callback' });
		if (typeof body.transaction_id === 'string' && body.transaction_id.includes('|')) {
			return reply.code(400).send({ error: 'Invalid transaction id' });
		}
		request.kind = kind;
	}
	app.decorateRequest('kind', '');

	app.post('/callback', { preHandler: signatureCheck }, async (request, reply) => {
		const { body, kind } = request;
		if (kind === 'transaction') {
			const found = await inTurn(String(body.order_number), () => onTransaction(body));
			if (!found) return reply.code(404).send({ error: 'Order not found' });
		} else if (kind !== 'pre_transaction') {
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		}
		return { received: true };
	});

	async function onTransaction(body) {
		const order = await shop.find(String(body.order_number));
		if (order === undefined) return false;
		const status = String(body.status);
		if (order.state === 'paid') return true;
		if (status === '3' && body.currency === 'MYR') {
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				paidBy: String(body.payer_name ?? ''),
			});
		} else if (status === '3') {
			await shop.save({ ...order, state: 'foreign currency' });
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
		return true;
	}

	await app.ready();
	return app.routing;
}
