import { XMLParser } from 'fast-xml-parser';
import Fastify from 'fastify';
import { createTurns, signMatches, text } from './_iak.js';

export const mistake =
	'Takes the serial of a PLN token apart into four and throws at five: the tariff holds a slash itself';
export const rule = 'serial-parts';

const xml = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });

class NotForUs extends Error {
	statusCode = 400;
}

// token/nama pelanggan/tarif dan daya/kWh
function plnToken(sn) {
	const parts = sn.split('/');
	if (parts.length !== 4) throw new Error('PLN serial not understood');
	const [token, customer, tariff, kwh] = parts;
	return { token, customer, tariff, kwh };
}

export async function receiver(shop, keys) {
	const app = Fastify();
	const inTurn = createTurns();
	app.addContentTypeParser(
		['application/xml', 'text/xml'],
		{ parseAs: 'string' },
		async (_request, body) => {
			if (/<!doctype/i.test(body)) throw new NotForUs();
			try {
				return { data: xml.parse(body, true).mp };
			} catch {
				throw new NotForUs();
			}
		},
	);

	app.post('/callback', async (request, reply) => {
		const data = request.body?.data;
		if (typeof data?.ref_id !== 'string') return reply.code(400).send({ error: 'ref_id' });
		if (!signMatches(data.sign, keys, data.ref_id)) return reply.code(401).send({ error: 'sign' });

		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order || order.state === 'done') return;
			const status = text(data.status);
			if (status === '1' && data.rc === '00' && text(data.price) === order.amount) {
				const sn = text(data.sn);
				const product = text(data.product_code ?? data.code);
				const goods = product.startsWith('hpln')
					? plnToken(sn)
					: { serial: sn, pin: data.pin, lpa: data.activation_code };
				await shop.save({ ...order, ...goods, state: 'done', credited: order.credited + 1 });
			} else if (status === '2' && data.rc !== '00') {
				await shop.save({ ...order, state: 'failed' });
			}
		});
		return { received: data.ref_id };
	});

	await app.ready();
	return app.routing;
}
