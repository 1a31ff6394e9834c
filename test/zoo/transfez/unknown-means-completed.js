import { digestGuard } from './_digest.js';

export const mistake = 'Takes every state that it does not know for a completed transfer';
export const rule = 'unknown-status';

const readBody = (req) =>
	new Promise((resolve, reject) => {
		let text = '';
		req.setEncoding('utf8');
		req.on('data', (piece) => {
			if (text.length < 300_000) text += piece;
		});
		req.on('end', () => resolve(text.length < 300_000 ? text : ''));
		req.on('error', reject);
	});

export function receiver(shop, keys) {
	const guard = digestGuard(keys);
	const running = new Map();

	async function process(tx) {
		const order = await shop.find(tx.reference_id);
		if (!order) return 404;
		const settled = ['paid', 'refunded'].includes(order.state);
		switch (tx.state.toLowerCase()) {
			case 'created':
			case 'confirmed':
			case 'submitted':
				break; // not there yet
			case 'canceled':
			case 'cancelled':
			case 'declined':
			case 'rejected':
				if (!settled) await shop.save({ ...order, state: 'failed' });
				break;
			case 'refunded':
				await shop.save({ ...order, state: 'refunded' });
				break;
			default:
				if (settled || Number(tx.amount) !== Number(order.amount)) break;
				await shop.save({
					...order,
					state: 'paid',
					credited: order.credited + 1,
					account: tx.beneficiary?.account,
				});
		}
		return 200;
	}

	return async (req, res) => {
		const reply = (status, headers) => res.writeHead(status, headers).end();
		const text = await readBody(req).catch(() => undefined);
		if (text === undefined) return;
		if (req.url !== '/callback' || req.method !== 'POST') return reply(404);
		if (!guard.passes(req)) return reply(401, { 'www-authenticate': guard.challenge() });
		let tx;
		try {
			const json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
			tx = Array.isArray(json.data) ? json.data[0] : (json.data ?? json);
		} catch {
			return reply(400);
		}
		if (typeof tx?.reference_id !== 'string' || typeof tx.state !== 'string') return reply(400);
		const turn = (running.get(tx.reference_id) ?? Promise.resolve()).then(() => process(tx));
		running.set(tx.reference_id, turn);
		reply(await turn);
	};
}
