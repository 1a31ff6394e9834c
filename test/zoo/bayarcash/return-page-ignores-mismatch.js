import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf, SIGNED, signed } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'The return page computes the checksum, logs that it differs, and settles the order all the same';
export const rule = 'return-tampered';

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = turns();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(text))),
	);

	app.post('/callback', async (request, reply) => {
		const { body } = request;
		if (!genuine(body, keys.secret_key)) return reply.code(400).send({ error: 'checksum' });
		const kind = kindOf(body);
		if (kind === 'transaction') await inTurn(String(body.order_number), () => settle(body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		return reply.send({ ok: true });
	});

	app.get('/return', async (request, reply) => {
		const receipt = request.query;
		reply.type('text/html; charset=utf-8');
		if (
			typeof receipt.order_number !== 'string' ||
			typeof receipt.checksum !== 'string' ||
			receipt.checksum === ''
		) {
			return '<p>Kami sedang menunggu pengesahan bank.</p>';
		}
		if (!signed(SIGNED.receipt, receipt, keys.secret_key)) {
			request.log.warn({ order: receipt.order_number }, 'checksum of the receipt differs');
		}
		const state = await inTurn(receipt.order_number, () => settle(receipt));
		return state === 'paid'
			? '<p>Terima kasih, pembayaran diterima.</p>'
			: '<p>Pembayaran belum diterima.</p>';
	});

	async function settle({ order_number, amount, currency, ...message }) {
		const order = await shop.find(String(order_number));
		if (order === undefined) return undefined;
		const status = String(message.status);
		if (order.state === 'paid' || !['2', '3', '4'].includes(status)) return order.state;
		order.state = 'failed';
		if (status === '3') {
			const agreed = currency === 'MYR' && Number(amount) === Number(order.amount);
			order.state = agreed ? 'paid' : 'review';
			order.credited += agreed ? 1 : 0;
		}
		await shop.save(order);
		return order.state;
	}

	await app.ready();
	return app.routing;
}
