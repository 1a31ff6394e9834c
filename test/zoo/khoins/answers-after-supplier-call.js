import Fastify from 'fastify';
import { createQueue } from './_queue.js';
import { createTopups } from './_topups.js';

export const mistake =
	'Asks the supplier for its statement before it answers, which takes six seconds';
export const rule = 'answer-time';

export async function receiver(shop) {
	const app = Fastify();
	const queue = createQueue();
	const topups = createTopups(shop);

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_req, bytes) =>
		object(new TextDecoder().decode(bytes)),
	);

	app.post('/callback', async ({ body }, reply) => {
		if (!body) return reply.code(400).send({ ok: false });
		const inner = object(body.message);
		if (topups.concerns(body)) {
			await topups.book(body, inner);
			return { ok: true };
		}
		const id = body.refid ?? inner?.trxid;
		if (typeof id !== 'string') return reply.code(400).send({ ok: false });

		const isNew = await queue(id, () => settle(id, inner));
		// cocokkan mutasi saldo dengan KHOINS dulu, baru jawab
		if (isNew) await compareStatement(shop, id);
		return { ok: true };
	});

	/** @returns whether the order was paid by this one */
	async function settle(id, inner) {
		const order = await shop.find(id);
		if (!order || order.state === 'sukses') return false;
		if (inner?.status === 'Success') {
			const [, serial] =
				typeof inner.message === 'string' ? (inner.message.match(/SN: (.*)\. Saldo:/s) ?? []) : [];
			await shop.save({
				...order,
				state: 'sukses',
				credited: order.credited + 1,
				refunded: 0,
				serial,
			});
			return true;
		}
		if (inner?.status === 'Gagal' && order.state === 'new') {
			await shop.save({ ...order, state: 'failed', refunded: 1 });
		}
		return false;
	}

	await app.ready();
	return app.routing;
}

/** GET /statement at KHOINS, page by page */
const compareStatement = async (shop, _id) => shop.wait(6_000);

function object(text) {
	try {
		const value = typeof text === 'string' ? JSON.parse(text) : null;
		return typeof value === 'object' && !Array.isArray(value) ? value : null;
	} catch {
		return null;
	}
}
