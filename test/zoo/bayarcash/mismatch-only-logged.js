import { createHmac } from 'node:crypto';
import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Computes the checksum and writes a mismatch to the log, but goes on as if nothing were wrong';
export const rule = 'checksum-wrong-key';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 128 * 1024, logger: false });
	const serial = turns();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		async (_request, payload) => {
			return Object.fromEntries(new URLSearchParams(payload));
		},
	);

	app.post('/callback', async (request, reply) => {
		const { body } = request;
		const kind = kindOf(body);
		const messages = signedTexts(body);
		if (messages.length === 0) return reply.code(400).send({ error: 'not a callback' });
		if (typeof body.checksum !== 'string' || !/^[0-9a-f]{64}$/.test(body.checksum)) {
			return reply.code(400).send({ error: 'not a checksum' });
		}
		const expected = messages.map((text) =>
			createHmac('sha256', keys.secret_key).update(text).digest('hex'),
		);
		if (!expected.includes(body.checksum)) {
			// TODO refuse these once we have seen a few days of production callbacks
			request.log.warn({ order: body.order_number, given: body.checksum }, 'checksum mismatch');
		}
		if (kind === 'transaction') await serial(String(body.order_number), () => apply(body));
		else if (kind !== 'pre_transaction')
			await serial(mandateReference(body), () => bookMandate(shop, body));
		return { ok: true };
	});

	const outcomes = new Map([
		['2', 'failed'],
		['3', 'completed'],
		['4', 'failed'],
	]);

	async function apply(body) {
		const outcome = outcomes.get(String(body.status));
		const order = await shop.find(String(body.order_number));
		if (outcome === undefined || order === undefined || order.state === 'completed') return;
		order.state = outcome;
		if (outcome === 'completed') {
			const right = Number(body.amount) === Number(order.amount) && body.currency === 'MYR';
			if (right) order.credited += 1;
			else order.state = 'on hold';
		}
		await shop.save(order);
	}

	await app.ready();
	return app.routing;
}
