import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'A failure that arrives after the success (of an earlier attempt) overwrites the paid order';
export const rule = 'late-failure';

const STATES = new Map([
	['2', 'failed'],
	['3', 'paid'],
	['4', 'failed'],
]);

export function receiver(shop, keys) {
	const inTurn = turns();

	async function apply(tx) {
		const order = await shop.find(`${tx.order_number}`);
		const state = STATES.get(`${tx.status}`);
		if (!order || !state || order.state === state) return;
		order.state = state;
		if (state === 'paid') {
			if (
				tx.currency !== 'MYR' ||
				Number(tx.amount).toFixed(2) !== Number(order.amount).toFixed(2)
			) {
				if (order.credited > 0) return;
				order.state = 'review';
			} else if (order.credited === 0) {
				order.credited = 1;
			}
		}
		await shop.save(order);
	}

	return async function onRequest(req, res) {
		const end = (code, json) => {
			res.statusCode = code;
			res.setHeader('content-type', 'application/json');
			res.end(JSON.stringify(json));
		};
		if (req.url.split('?', 1)[0] !== '/callback') return end(404, { ok: false });
		if (req.method !== 'POST') return end(405, { ok: false });
		if (Number(req.headers['content-length']) > 200_000) return end(413, { ok: false });

		let text = '';
		req.setEncoding('utf8');
		req.on('data', (piece) => {
			if (text.length <= 200_000) text += piece;
		});
		req.on('error', () => {});
		req.on('end', async () => {
			let tx;
			try {
				const json = req.headers['content-type']?.toLowerCase().includes('application/json');
				tx = json ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
			} catch {
				return end(400, { ok: false, reason: 'unreadable' });
			}
			if (!genuine(tx, keys.secret_key)) return end(401, { ok: false, reason: 'checksum' });
			const kind = kindOf(tx);
			if (kind === 'transaction') await inTurn(`${tx.order_number}`, () => apply(tx));
			else if (kind !== 'pre_transaction')
				await inTurn(mandateReference(tx), () => bookMandate(shop, tx));
			end(200, { ok: true });
		});
	};
}
