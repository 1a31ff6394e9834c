import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'After a body that cannot be parsed the parser stays marked as busy, and every later callback gets a 503';
export const rule = 'healthy-at-the-end';

/** One parser for the whole process. It keeps the fields of the message in hand, so nobody else may use it meanwhile. */
function createParser() {
	let busy = false;
	let fields = {};
	return {
		get busy() {
			return busy;
		},
		parse(text, type) {
			busy = true;
			fields = {};
			if (/^application\/json\b/i.test(type)) fields = JSON.parse(text);
			else for (const [name, value] of new URLSearchParams(text)) fields[name] = value;
			busy = false;
			return fields;
		},
	};
}

export function receiver(shop, keys) {
	const parser = createParser();
	const inTurn = turns();

	async function process(fields) {
		const order = await shop.find(String(fields.order_number));
		if (!order || order.state === 'paid') return;
		const status = String(fields.status);
		if (status === '3') {
			const match = fields.currency === 'MYR' && Number(fields.amount) === Number(order.amount);
			await shop.save({
				...order,
				state: match ? 'paid' : 'review',
				credited: order.credited + (match ? 1 : 0),
			});
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	async function handle(req) {
		if (req.url.split('?')[0] !== '/callback') return [404, 'Not Found'];
		if (req.method !== 'POST') return [405, 'Method Not Allowed'];
		const chunks = [];
		let size = 0;
		for await (const chunk of req) {
			size += chunk.length;
			if (size <= 100_000) chunks.push(chunk);
		}
		if (size > 100_000) return [413, 'Payload Too Large'];
		if (parser.busy) return [503, 'Busy, try again later'];
		let fields;
		try {
			fields = parser.parse(Buffer.concat(chunks).toString(), req.headers['content-type'] ?? '');
		} catch {
			return [400, 'Bad Request'];
		}
		if (!genuine(fields, keys.secret_key)) return [403, 'Forbidden'];
		const kind = kindOf(fields);
		if (kind === 'transaction') await inTurn(String(fields.order_number), () => process(fields));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(fields), () => bookMandate(shop, fields));
		return [200, 'OK'];
	}

	return async (req, res) => {
		const [status, text] = await handle(req).catch(() => [500, 'Internal Server Error']);
		res.writeHead(status, { 'content-type': 'text/plain' }).end(text);
	};
}
