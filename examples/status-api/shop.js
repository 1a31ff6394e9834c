// A receiver that believes no callback: it asks Bayarcash what became of the payment, and believes the answer alone.
import { createServer } from 'node:http';

/**
 * @param {object} options
 * @param {{ api: string }} options.bayarcash its base address, `https://api.console.bayar.cash/v3/` or callsim's
 * @param {Map<string, { amount: string, state: string, credited: number }>} options.orders
 * @param {(told: object, answer: Response) => Promise<object | undefined>} options.believe
 */
export function shop({ bayarcash, orders, believe }) {
	return createServer(async (request, response) => {
		const url = new URL(request.url ?? '/', 'http://shop');
		const [, page, reference] = url.pathname.split('/').map(decodeURIComponent);
		// What the tests ask: not for the world.
		if (page === 'orders' && request.method === 'POST') {
			orders.set(reference, { amount: url.searchParams.get('amount'), state: 'new', credited: 0 });
			return response.end('made');
		}
		if (page === 'orders')
			return orders.has(reference)
				? response.end(JSON.stringify(orders.get(reference)))
				: response.writeHead(404).end();
		if (request.method !== 'POST') return response.writeHead(405, { allow: 'POST' }).end();
		try {
			response.writeHead(await told(await fieldsOf(request))).end();
		} catch (error) {
			// The provider sends it again.
			response.writeHead(503).end(String(error));
		}
	});

	/** @returns the status to answer */
	async function told(fields) {
		const id = fields?.transaction_id;
		if (typeof id !== 'string' || !/^trx_\w+$/.test(id)) return 400;
		const answer = await fetch(`${bayarcash.api}transactions/${id}`, {
			headers: { authorization: 'Bearer my-token', accept: 'application/json' },
		});
		const payment = await believe(fields, answer);
		if (payment === undefined) return 403;
		const order = orders.get(payment.order_number);
		if (order === undefined) return 404;
		const isWhole =
			Math.round(payment.amount * 100) === Math.round(order.amount * 100) &&
			payment.currency === 'MYR';
		if (payment.status === 3 && !isWhole) return 422;
		if (order.state === 'paid') return 200;
		if (payment.status === 3) {
			order.state = 'paid';
			order.credited++;
		} else if (payment.status === 2 || payment.status === 4) order.state = 'failed';
		return 200;
	}
}

/** The fields that only a payment's own callback has, as the API tells them. */
const compared = ['order_number', 'exchange_reference_number'];

/** What Bayarcash answers, if it knows the payment and the callback speaks of the same. */
export async function theAnswer(told, answer) {
	if (answer.status === 404) return undefined;
	if (!answer.ok) throw new Error(`Bayarcash answered ${answer.status}`);
	const payment = await answer.json();
	return compared.every((name) => told[name] === payment[name]) ? payment : undefined;
}

/** A twin that fails: it asks, and whatever is answered, it believes the callback. */
export async function theCallback(told) {
	return { ...told, amount: Number(told.amount), status: Number(told.status) };
}

/** Another: that the payment is known is enough for it, whatever became of it. */
export async function thatItIsKnown(told, answer) {
	return answer.ok ? theCallback(told) : undefined;
}

async function fieldsOf(request) {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	const text = Buffer.concat(chunks).toString('utf8');
	const type = request.headers['content-type'] ?? '';
	try {
		return /json/i.test(type) ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
	} catch {
		return undefined;
	}
}
