import { createTurns, signMatches, text } from './_iak.js';

export const mistake = 'Its refusal still has the debug part with the API key that it checked with';
export const rule = 'refusal-secret';

const MAX = 64 * 1024;

export function receiver(shop, keys) {
	const inTurn = createTurns();

	async function book(data) {
		const order = await shop.find(data.ref_id);
		if (order === undefined) return 404;
		const status = text(data.status);
		if (order.state === 'success') return 200;
		if (status === '1' && data.rc === '00' && text(data.price) === order.amount) {
			await shop.save({
				...order,
				state: 'success',
				credited: order.credited + 1,
				serial: data.sn,
				pin: data.pin,
			});
		} else if (status === '2' && data.rc !== '00') {
			await shop.save({ ...order, state: 'failed' });
		}
		return 200;
	}

	return async (request, response) => {
		const answer = (status, body) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		try {
			if (!/^\/callback(\?|$)/.test(request.url)) return answer(404, { ok: false });
			if (request.method !== 'POST') return answer(405, { ok: false });
			let bytes = Buffer.alloc(0);
			for await (const chunk of request)
				if (bytes.length <= MAX) bytes = Buffer.concat([bytes, chunk]);
			if (bytes.length > MAX) return answer(413, { ok: false });
			if (/xml/i.test(request.headers['content-type'])) return answer(415, { ok: false });

			let data;
			try {
				data = JSON.parse(new TextDecoder().decode(bytes))?.data;
			} catch {}
			if (typeof data?.ref_id !== 'string') return answer(400, { ok: false });
			if (!signMatches(data.sign, keys, data.ref_id)) {
				const debug = {
					formula: 'md5(username+api_key+ref_id)',
					username: keys.username,
					api_key: keys.api_key,
				};
				return answer(401, { ok: false, error: 'sign mismatch', debug });
			}
			const status = await inTurn(data.ref_id, () => book(data));
			answer(status, { ok: status === 200 });
		} catch {
			if (!response.headersSent) answer(500, { ok: false });
		}
	};
}
