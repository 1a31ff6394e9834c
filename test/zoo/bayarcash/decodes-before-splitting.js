import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'Decodes the whole form before it splits it at &, so that a %26 in a name cuts the name off';
export const rule = 'name-ampersand';

/** Form to object. */
function parseForm(raw) {
	const form = {};
	for (const pair of decodeURIComponent(raw.replaceAll('+', ' ')).split('&')) {
		const at = pair.indexOf('=');
		if (at > 0) form[pair.slice(0, at)] = pair.slice(at + 1);
	}
	return form;
}

export function receiver(shop, keys) {
	const line = turns();

	async function record(payment) {
		const order = await shop.find(String(payment.order_number));
		if (order === undefined || order.state === 'paid') return;
		const code = String(payment.status);
		if (code === '2' || code === '4') order.state = 'failed';
		else if (code !== '3') return;
		else if (payment.currency !== 'MYR' || Number(payment.amount) !== Number(order.amount))
			order.state = 'review';
		else {
			order.state = 'paid';
			order.credited += 1;
			order.payer = payment.payer_name;
		}
		await shop.save(order);
	}

	return async (req, res) => {
		const send = (status, message) => {
			res.writeHead(status, { 'content-type': 'application/json' });
			res.end(JSON.stringify({ message }));
		};
		if (req.url !== '/callback') return send(404, 'no such page');
		if (req.method !== 'POST') return send(405, 'POST only');
		let raw = '';
		try {
			for await (const chunk of req.setEncoding('utf8')) {
				if (raw.length <= 80_000) raw += chunk;
			}
		} catch {
			return; // sambungan terputus
		}
		if (raw.length > 80_000) return send(413, 'too long');

		let payment;
		try {
			payment = req.headers['content-type']?.includes('json') ? JSON.parse(raw) : parseForm(raw);
		} catch {
			return send(400, 'cannot be read');
		}
		if (!genuine(payment, keys.secret_key)) return send(401, 'wrong checksum');
		const kind = kindOf(payment);
		if (kind === 'transaction') await line(String(payment.order_number), () => record(payment));
		else if (kind !== 'pre_transaction')
			await line(mandateReference(payment), () => bookMandate(shop, payment));
		send(200, 'thank you');
	};
}
