import { createHash, timingSafeEqual } from 'node:crypto';
import { createTurns, text } from './_iak.js';

export const mistake =
	'Status 1 or rc 00 is enough for a success, so that status 2 with rc 00 is one';
export const rule = 'contradictory-codes';

const LIMIT = 100_000;
const same = (value, code) => value === code || value === Number(code);

async function readJson(req) {
	const parts = [];
	let size = 0;
	for await (const part of req) {
		size += part.length;
		if (size <= LIMIT) parts.push(part);
	}
	if (size > LIMIT) return { problem: 413 };
	try {
		return {
			body: JSON.parse(
				Buffer.concat(parts)
					.toString()
					.replace(/^\uFEFF/, ''),
			),
		};
	} catch {
		return { problem: 400 };
	}
}

export function receiver(shop, keys) {
	const inTurn = createTurns();

	function genuine({ ref_id, sign }) {
		if (typeof sign !== 'string') return false;
		const expected = Buffer.from(
			createHash('md5').update(`${keys.username}${keys.api_key}${ref_id}`).digest('hex'),
		);
		const given = Buffer.from(sign);
		return given.length === expected.length && timingSafeEqual(given, expected);
	}

	async function settle(data) {
		const order = await shop.find(data.ref_id);
		if (order === undefined || order.state === 'paid') return;
		const success = same(data.status, '1') || data.rc === '00';
		if (success && text(data.price) === order.amount) {
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				serial: data.sn ?? null,
				pin: data.pin ?? null,
			});
		} else if (!success && same(data.status, '2')) {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	return async (req, res) => {
		const end = (status) => res.writeHead(status).end();
		try {
			if (req.url.split('?')[0] !== '/callback') return end(404);
			if (req.method !== 'POST') return end(405);
			const type = req.headers['content-type'] ?? 'application/json';
			const { body, problem } = await readJson(req);
			if (!type.toLowerCase().startsWith('application/json')) return end(415);
			if (problem) return end(problem);
			const data = body?.data;
			if (typeof data?.ref_id !== 'string') return end(400);
			if (!genuine(data)) return end(401);
			await inTurn(data.ref_id, () => settle(data));
			end(200);
		} catch {
			end(500);
		}
	};
}
