import express from 'express';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Expands the entities that an XML body declares, over and over, before it has seen the sign';
export const rule = 'xml-entities';

const PLAIN = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decode = (value) =>
	value.replace(
		/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(amp|lt|gt|quot|apos));/gi,
		(_all, decimal, hex, name) =>
			name
				? PLAIN[name.toLowerCase()]
				: String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
	);

/** The fields of <mp>…</mp>; small enough to do without a library. */
function parseMp(xml) {
	const entities = new Map();
	let body = xml.replace(
		/<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g,
		(_all, name, a, b) => {
			entities.set(name, a ?? b);
			return '';
		},
	);
	body = body.replace(/<!DOCTYPE[^[>]*(\[[^\]]*\])?\s*>/, '');
	for (let round = 0, found = entities.size > 0; found; round++) {
		found = false;
		body = body.replace(/&([\w.-]+);/g, (all, name) => {
			if (!entities.has(name)) return all;
			found = true;
			return entities.get(name);
		});
		if (round === 50 || body.length > 1_000_000) throw new Error('XML grows too large');
	}
	const start = body.indexOf('<mp>');
	const end = body.lastIndexOf('</mp>');
	if (start < 0 || end < start) return undefined;
	const mp = body.slice(start + 4, end);
	return Object.fromEntries(
		[...mp.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [name, decode(value)]),
	);
}

export function receiver(shop, keys) {
	const app = express();
	const inTurn = createTurns();
	app.use(express.json(), express.text({ type: ['application/xml', 'text/xml'] }));

	app.post('/callback', async (req, res) => {
		const data = typeof req.body === 'string' ? parseMp(req.body) : req.body?.data;
		if (typeof data?.ref_id !== 'string') return res.status(400).end();
		if (!signMatches(data.sign, keys, data.ref_id)) return res.status(401).end();
		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'paid') return;
			const status = text(data.status);
			if (status === '1' && data.rc === '00' && text(data.price) === order.amount) {
				const goods = { serial: data.sn, pin: data.pin, activation_code: data.activation_code };
				await shop.save({ ...order, ...goods, state: 'paid', credited: order.credited + 1 });
			} else if (status === '2' && data.rc !== '00') {
				await shop.save({ ...order, state: 'failed' });
			}
		});
		res.end();
	});

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).end());
	return app;
}
