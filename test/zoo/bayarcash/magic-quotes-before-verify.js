import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	"Slashes quotes in all input, as WordPress does, before the checksum is verified: Nur'ain cannot pay";
export const rule = 'name-apostrophe';

/** The same as PHP's addslashes, against SQL injection. */
const addSlashes = (value) =>
	typeof value === 'string' ? value.replace(/['"\\]/g, '\\$&') : value;

function input(text, contentType) {
	let values;
	if (contentType?.startsWith('application/json')) {
		values = JSON.parse(text);
		if (typeof values !== 'object' || values === null || Array.isArray(values)) return {};
	} else {
		values = Object.fromEntries(new URLSearchParams(text));
	}
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, addSlashes(value)]),
	);
}

async function read(req, limit = 1 << 17) {
	const chunks = [];
	for await (const chunk of req) {
		limit -= chunk.length;
		if (limit >= 0) chunks.push(chunk);
	}
	return limit >= 0 ? Buffer.concat(chunks).toString('utf8') : null;
}

export function receiver(shop, keys) {
	const inTurn = turns();

	async function pay(post) {
		const order = await shop.find(String(post.order_number));
		if (!order || order.state === 'processing') return;
		const status = String(post.status);
		if (status === '3') {
			const complete = post.currency === 'MYR' && Number(post.amount) === Number(order.amount);
			const paid = {
				state: 'processing',
				credited: order.credited + 1,
				note: `Paid by ${post.payer_name}`,
			};
			await shop.save({ ...order, ...(complete ? paid : { state: 'on-hold' }) });
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	return async (req, res) => {
		const reply = (status) => {
			res.statusCode = status;
			res.end();
		};
		if (!/^\/callback\/?(\?.*)?$/.test(req.url)) return reply(404);
		if (req.method !== 'POST') return reply(405);
		try {
			const text = await read(req);
			if (text === null) return reply(413);
			const post = input(text, req.headers['content-type']);
			if (!genuine(post, keys.secret_key)) return reply(403);
			const kind = kindOf(post);
			if (kind === 'transaction') await inTurn(String(post.order_number), () => pay(post));
			else if (kind !== 'pre_transaction')
				await inTurn(mandateReference(post), () => bookMandate(shop, post));
			reply(200);
		} catch (error) {
			reply(error instanceof SyntaxError ? 400 : 500);
		}
	};
}
