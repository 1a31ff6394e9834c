import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { SIGNED, signedText } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Verifies a direct-debit collection like an ordinary transaction, because its record_type says so, and refuses it';
export const rule = 'direct-debit';

const LISTS = new Map([
	['pre_transaction', [SIGNED.pre_transaction, `${SIGNED.pre_transaction} transaction_id`]],
	['transaction', [SIGNED.transaction]],
	['authorization', [SIGNED.authorization]],
	['bank_approval', [SIGNED.bank_approval]],
]);

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 128 * 1024 });
	const inTurn = turns();
	const hmac = (text) => createHmac('sha256', keys.secret_key).update(text).digest();

	app.addContentTypeParser(
		/^application\/x-www-form-urlencoded/,
		{ parseAs: 'string' },
		(_request, text, done) => {
			done(null, Object.fromEntries(new URLSearchParams(text).entries()));
		},
	);

	app.addHook('preHandler', async (request, reply) => {
		const { record_type, transaction_id, checksum } = request.body ?? {};
		const given =
			typeof checksum === 'string' && /^[\da-f]{64}$/.test(checksum) ? checksum : undefined;
		const valid = (LISTS.get(record_type) ?? []).some((fields) => {
			const text = signedText(fields, request.body);
			return given && text !== undefined && timingSafeEqual(hmac(text), Buffer.from(given, 'hex'));
		});
		const ambiguous = typeof transaction_id === 'string' && transaction_id.includes('|');
		if (!valid || ambiguous) return reply.code(403).send({ status: 'forbidden' });
	});

	app.post('/callback', async ({ body }) => {
		if (body.record_type === 'transaction')
			await inTurn(String(body.order_number), () => payment(body));
		else if (body.record_type !== 'pre_transaction') {
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		}
		return { status: 'ok' };
	});

	async function payment(body) {
		const invoice = await shop.find(String(body.order_number));
		if (invoice === undefined || invoice.state === 'paid') return;
		const status = String(body.status);
		const due = invoice.amount === Number(body.amount).toFixed(2) && body.currency === 'MYR';
		if (status === '3' && due) {
			await shop.save({
				...invoice,
				state: 'paid',
				credited: invoice.credited + 1,
				bank: body.payer_bank_name,
			});
		} else if (status === '3' || status === '2' || status === '4') {
			await shop.save({ ...invoice, state: status === '3' ? 'review' : 'failed' });
		}
	}

	await app.ready();
	return app.routing;
}
