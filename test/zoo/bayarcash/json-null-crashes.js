import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Takes whatever JSON was sent for an object: null (or an array around it) is a TypeError and a 500';
export const rule = 'body-not-an-object';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 262_144 });
	const inTurn = turns();

	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_req, text, done) => {
			done(null, Object.fromEntries(new URLSearchParams(text)));
		},
	);

	app.setErrorHandler((error, _req, reply) => {
		reply
			.code(error.statusCode ?? 500)
			.send({ error: error.statusCode ? 'Bad Request' : 'Internal Server Error' });
	});

	app.post('/callback', async (req, reply) => {
		if (req.body === undefined) return reply.code(400).send({ error: 'Bad Request' });
		// a batch of one, as their support once sent it to us
		const message = Array.isArray(req.body) ? req.body[0] : req.body;
		const trace = { type: message.record_type, order: message.order_number };
		if (!genuine(message, keys.secret_key)) {
			req.log.warn(trace, 'checksum');
			return reply.code(401).send({ error: 'Unauthorized' });
		}
		const kind = kindOf(message);
		if (kind === 'transaction') await inTurn(String(message.order_number), () => confirm(message));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(message), () => bookMandate(shop, message));
		return { received: true };
	});

	async function confirm(message) {
		const booking = await shop.find(String(message.order_number));
		if (booking === undefined || booking.state === 'confirmed') return;
		const status = String(message.status);
		if (status === '2' || status === '4') {
			await shop.save({ ...booking, state: 'failed' });
		} else if (status === '3') {
			const asked = Number(message.amount) === Number(booking.amount) && message.currency === 'MYR';
			if (!asked) return;
			await shop.save({ ...booking, state: 'confirmed', credited: booking.credited + 1 });
		}
	}

	await app.ready();
	return app.routing;
}
