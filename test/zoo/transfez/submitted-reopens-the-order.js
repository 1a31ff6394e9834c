import { json } from 'node:stream/consumers';
import { digestGuard } from './_digest.js';

export const mistake =
	'Writes down whatever state came last: a late submitted makes a completed order new again';
export const rule = 'out-of-order';

/** Theirs → ours. An order is new until the money has arrived or come back. */
const ours = new Map([
	['created', 'new'],
	['confirmed', 'new'],
	['submitted', 'new'],
	['completed', 'paid'],
	['declined', 'failed'],
	['canceled', 'failed'],
	['cancelled', 'failed'],
	['refunded', 'refunded'],
]);

export function receiver(shop, keys) {
	const guard = digestGuard(keys, { algorithm: 'SHA-256' });
	let work = Promise.resolve();

	async function update(transfer) {
		const order = await shop.find(transfer.reference_id);
		const state = ours.get(transfer.state.toLowerCase());
		if (order === undefined || state === undefined) return;
		if (state === 'failed' && order.credited > 0) return; // the money is there, whatever they say now
		if (order.state === 'refunded') return;
		if (state === 'paid') {
			if (Number(transfer.amount) !== Number(order.amount)) return;
			order.account = transfer.beneficiary?.account;
			order.credited = 1;
		}
		await shop.save({ ...order, state });
	}

	return async (req, res) => {
		const body = await json(req).catch(() => undefined);
		const [path] = req.url.split('?');
		const answer = (status, text) => {
			res.statusCode = status;
			res.setHeader('content-type', 'application/json');
			res.end(JSON.stringify({ message: text }));
		};
		if (path !== '/callback' || req.method !== 'POST') return answer(405, 'POST /callback');
		if (!guard.passes(req)) {
			res.setHeader('www-authenticate', guard.challenge());
			return answer(401, 'credentials needed');
		}
		const transfer = Array.isArray(body?.data) ? body.data[0] : (body?.data ?? body);
		if (typeof transfer?.reference_id !== 'string' || typeof transfer.state !== 'string') {
			return answer(400, 'not a transfer');
		}
		work = work.then(() => update(transfer));
		await work;
		answer(200, 'received');
	};
}
