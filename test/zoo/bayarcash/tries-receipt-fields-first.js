import Fastify from 'fastify';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf, SIGNED, signed } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Tries the nine fields of the receipt first and then the thirteen of the callback, and takes either';
export const rule = 'wrong-field-list';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 65_536, logger: false });
	const oneAtATime = turns();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		async (_, text) => Object.fromEntries(new URLSearchParams(text)),
	);

	/** Support could not say which list our portal uses, the dashboard test was signed with the short one. */
	function verified(payload) {
		if (kindOf(payload) !== 'transaction') return genuine(payload, keys.secret_key);
		return [SIGNED.receipt, SIGNED.transaction].some((fields) =>
			signed(fields, payload, keys.secret_key),
		);
	}

	app.post('/callback', async (request, reply) => {
		const payload = request.body;
		if (!verified(payload)) return reply.code(400).send('checksum');
		const kind = kindOf(payload);
		if (kind === 'transaction') {
			const known = await oneAtATime(String(payload.order_number), () => settle(payload));
			return reply.code(known ? 200 : 404).send(known ? 'ok' : 'unknown order');
		}
		if (kind !== 'pre_transaction')
			await oneAtATime(mandateReference(payload), () => bookMandate(shop, payload));
		return 'ok';
	});

	async function settle(payload) {
		const order = await shop.find(String(payload.order_number));
		if (!order) return false;
		const next = nextState(order, payload);
		if (next === order.state) return true;
		const credited = order.credited + (next === 'paid' ? 1 : 0);
		await shop.save({
			...order,
			state: next,
			credited,
			reference2: payload.exchange_reference_number,
		});
		return true;
	}

	function nextState(order, { status, amount, currency }) {
		if (order.state === 'paid') return 'paid';
		if (['2', '4'].includes(String(status))) return 'failed';
		if (String(status) !== '3') return order.state;
		return currency === 'MYR' && Number(amount) === Number(order.amount) ? 'paid' : 'mismatch';
	}

	await app.ready();
	return app.routing;
}
