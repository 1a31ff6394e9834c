import { digestGuard } from './_digest.js';

export const mistake =
	'Notes a callback as handled before it knows whether the order is there: the repetition is dropped';
export const rule = 'retry-after-failure';

const BIGGEST = 100_000;

export function receiver(shop, keys) {
	const guard = digestGuard(keys, { realm: 'transfer status' });
	const handled = new Set();
	let line = Promise.resolve();

	async function handle({ id, reference_id, state, amount, beneficiary }) {
		const name = state.toLowerCase();
		const key = [reference_id, id, name].join('/');
		// retried "several times", says the page
		if (handled.has(key)) return 200;
		handled.add(key);

		const order = await shop.find(reference_id);
		if (!order) return 404;
		if (name === 'refunded') await shop.save({ ...order, state: 'refunded' });
		if (order.state === 'paid' || order.state === 'refunded') return 200;
		if (['declined', 'canceled', 'cancelled'].includes(name))
			await shop.save({ ...order, state: 'failed' });
		if (name === 'completed') {
			const right = Number(amount) === Number(order.amount);
			const paid = { state: 'paid', credited: order.credited + 1, account: beneficiary?.account };
			await shop.save({ ...order, ...(right ? paid : { state: 'review' }) });
		}
		return 200;
	}

	return (req, res) => {
		const parts = [];
		let length = 0;
		const send = (status, message, headers = {}) =>
			res.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(message);

		req.on('error', () => res.destroy());
		req.on('data', (part) => {
			length += part.length;
			if (length <= BIGGEST) parts.push(part);
		});
		req.on('end', () => {
			if (req.method !== 'POST' || !req.url.startsWith('/callback')) return send(404, 'not here');
			if (length > BIGGEST) return send(413, 'too much');
			if (!guard.passes(req)) return send(401, 'log in', { 'WWW-Authenticate': guard.challenge() });
			let transfer;
			try {
				const body = JSON.parse(new TextDecoder().decode(Buffer.concat(parts)));
				transfer = Array.isArray(body.data) ? body.data[0] : (body.data ?? body);
				if (typeof transfer.reference_id !== 'string' || typeof transfer.state !== 'string')
					throw new Error();
			} catch {
				return send(400, 'not a transfer');
			}
			line = line
				.then(() => handle(transfer))
				.then((status) => send(status, status === 200 ? 'ok' : 'no such order'));
		});
	};
}
