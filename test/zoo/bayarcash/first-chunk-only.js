import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	"Reads the first 'data' event as if it were the whole body: a body in several writes is cut off";
export const rule = 'split-send';

function decode(text, type) {
	if (!/^application\/json/i.test(type ?? '')) return Object.fromEntries(new URLSearchParams(text));
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function receiver(shop, keys) {
	const inTurn = turns();

	async function take(message) {
		const order = await shop.find(String(message.order_number));
		if (!order || order.state === 'paid') return;
		const status = String(message.status);
		if (
			status === '3' &&
			Number(message.amount) === Number(order.amount) &&
			message.currency === 'MYR'
		) {
			order.state = 'paid';
			order.credited += 1;
			order.datetime = message.datetime;
			await shop.save(order);
		} else if (status === '3') {
			await shop.save({ ...order, state: 'mismatch' });
		} else if (['2', '4'].includes(status)) {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	return (req, res) => {
		const finish = (status) => {
			if (!res.headersSent) res.writeHead(status).end();
		};
		if (req.method !== 'POST') return finish(405);
		if (req.url.split('?')[0] !== '/callback') return finish(404);

		req.on('error', () => {});
		const nothing = () => finish(400); // badan kosong
		req.once('end', nothing);
		req.once('data', async (data) => {
			req.off('end', nothing).resume();
			const message = decode(data.toString('utf8'), req.headers['content-type']);
			if (!genuine(message, keys.secret_key)) return finish(message === undefined ? 400 : 403);
			const kind = kindOf(message);
			if (kind === 'transaction') await inTurn(String(message.order_number), () => take(message));
			else if (kind !== 'pre_transaction')
				await inTurn(mandateReference(message), () => bookMandate(shop, message));
			finish(200);
		});
	};
}
