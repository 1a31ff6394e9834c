import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { kindOf } from './_records.js';
import { signedTexts } from './_texts.js';
import { turns } from './_turns.js';

export const mistake =
	'Compares the lengths of the texts before timingSafeEqual compares their bytes, which throws for 64 characters of several bytes';
export const rule = 'checksum-multibyte';

const safeEqual = (a, b) =>
	a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export async function receiver(shop, keys) {
	const fastify = Fastify({ bodyLimit: 64 * 1024 });
	const inOrder = turns();
	fastify.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(body).entries()));
		},
	);

	function isGenuine(body) {
		const hmac = (text) => createHmac('sha256', keys.secret_key).update(text).digest('hex');
		if (typeof body?.checksum !== 'string') return false;
		return signedTexts(body).some((text) => safeEqual(body.checksum, hmac(text)));
	}

	fastify.post('/callback', async ({ body }, reply) => {
		if (!isGenuine(body)) {
			reply.code(401);
			return { status: 'error', reason: 'signature' };
		}
		const kind = kindOf(body);
		if (kind === 'transaction') await inOrder(String(body.order_number), () => record(body));
		else if (kind !== 'pre_transaction')
			await inOrder(mandateReference(body), () => bookMandate(shop, body));
		return { status: 'ok' };
	});

	async function record(body) {
		const order = await shop.find(String(body.order_number));
		if (order === undefined || order.state === 'settled') return;
		const status = String(body.status);
		if (status === '3') {
			const exact =
				body.currency === 'MYR' && Math.round(body.amount * 100) === Math.round(order.amount * 100);
			order.state = exact ? 'settled' : 'manual check';
			order.credited += exact ? 1 : 0;
			order.settledBy = String(body.transaction_id);
		} else if (status === '2' || status === '4') {
			order.state = 'failed';
		} else {
			return;
		}
		await shop.save(order);
	}

	await fastify.ready();
	return fastify.routing;
}
