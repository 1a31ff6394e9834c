import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Removes four-byte characters for the sake of the old MySQL table before the checksum is verified';
export const rule = 'name-unicode';

// our payments table is still utf8 (three bytes), an emoji ends in "Incorrect string value"
const threeByte = (value) =>
	typeof value === 'string' ? value.replace(/[\u{10000}-\u{10ffff}]/gu, '') : value;

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = turns();

	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(body)));
		},
	);

	app.addHook('preValidation', async (request) => {
		const { body } = request;
		if (typeof body !== 'object' || body === null) return;
		for (const name of Object.keys(body))
			if (name !== 'checksum') body[name] = threeByte(body[name]);
	});

	app.post('/callback', async (request, reply) => {
		const fields = request.body;
		if (!genuine(fields, keys.secret_key)) return reply.code(401).send();
		const kind = kindOf(fields);
		if (kind === 'transaction') {
			await inTurn(String(fields.order_number), () => store(fields));
		} else if (kind !== 'pre_transaction') {
			await inTurn(mandateReference(fields), () => bookMandate(shop, fields));
		}
		return reply.code(200).send();
	});

	async function store(fields) {
		const order = await shop.find(String(fields.order_number));
		if (order === undefined || order.paid_at !== undefined) return;
		const status = String(fields.status);
		if (
			status === '3' &&
			fields.currency === 'MYR' &&
			Number(fields.amount) === Number(order.amount)
		) {
			const { payer_name = '', payer_email = '' } = fields;
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				paid_at: `${fields.datetime}`,
				payer_name,
				payer_email,
			});
		} else if (status === '3') {
			await shop.save({ ...order, state: 'amount differs' });
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	await app.ready();
	return app.routing;
}
