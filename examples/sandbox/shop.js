// A whole small shop: it asks Bayarcash for a payment, hears of it by callback, and shows a receipt.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * @param {object} options
 * @param {string} options.api Bayarcash's base address, `https://api.console.bayar.cash/v3/` or the sandbox's
 * @param {string} options.secret the portal's API secret key
 * @param {Map<string, { amount: string, state: string }>} options.orders
 */
export function shop({ api, secret, orders }) {
	return createServer(async (request, response) => {
		const own = `http://${request.headers.host}`;
		const url = new URL(request.url ?? '/', own);
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
		try {
			if (url.pathname === '/buy') return redirect(response, await payPage(fields.order, own));
			if (url.pathname === '/webhooks/bayarcash') return told(fields, response);
			if (url.pathname === '/receipt')
				return page(response, receiptText(url.searchParams.get('order_number')));
			page(
				response,
				'<form method="post" action="/buy"><button name="order" value="ORD-1">Buy</button></form>',
			);
		} catch (error) {
			response.writeHead(502).end(String(error));
		}
	});

	/** Where the payer goes. */
	async function payPage(reference, own) {
		const { amount } = orders.get(reference);
		const payer = { payer_name: 'Mohd Ali', payer_email: 'mohd.ali@example.com' };
		const signed = [amount, reference, payer.payer_email, payer.payer_name, '1'].join('|');
		const answer = await fetch(`${api}payment-intents`, {
			method: 'POST',
			headers: {
				authorization: 'Bearer my-token',
				accept: 'application/json',
				'content-type': 'application/json',
			},
			body: JSON.stringify({
				portal_key: '0123456789abcdef0123456789abcdef',
				payment_channel: 1,
				order_number: reference,
				amount,
				...payer,
				callback_url: `${own}/webhooks/bayarcash`,
				return_url: `${own}/receipt`,
				checksum: mac(signed).toString('hex'),
			}),
		});
		if (!answer.ok) throw new Error(`Bayarcash answered ${answer.status}: ${await answer.text()}`);
		return (await answer.json()).url;
	}

	/** The callback alone settles an order: anybody can type the address of a receipt. */
	function told(fields, response) {
		const { checksum = '', record_type: type, ...values } = fields;
		if (type !== 'transaction') return response.end('OK');
		const text = Object.entries({ ...missing, ...values, record_type: type })
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([, value]) => value)
			.join('|');
		const given = Buffer.from(checksum, 'hex');
		const right = mac(text);
		if (given.length !== right.length || !timingSafeEqual(given, right))
			return response.writeHead(403).end();
		const order = orders.get(values.order_number);
		if (order !== undefined && order.state !== 'paid') {
			if (values.status === '3' && values.amount === order.amount) order.state = 'paid';
			else if (values.status === '2' || values.status === '4') order.state = 'failed';
		}
		response.end('OK');
	}

	function receiptText(reference) {
		const state = orders.get(reference)?.state ?? 'unknown';
		return state === 'new' ? 'We wait for the bank.' : `Your order is ${state}.`;
	}

	function mac(text) {
		return createHmac('sha256', secret).update(text).digest();
	}
}

/** What a form leaves out where it is empty is signed all the same. */
const missing = { exchange_transaction_id: '', payer_bank_name: '' };

const page = (response, body) =>
	response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title>${body}`);
const redirect = (response, location) => response.writeHead(303, { location }).end();
