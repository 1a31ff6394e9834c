import Fastify from 'fastify';
import { digestGuard } from './_digest.js';

export const mistake = 'Credits on every completed, so that a repeated callback pays out again';
export const rule = 'duplicate';

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 16 * 1024 * 1024 });
	const login = digestGuard(keys);
	const perOrder = new Map();

	app.addContentTypeParser(
		'*',
		{ parseAs: 'string' },
		app.getDefaultJsonParser('ignore', 'ignore'),
	);
	app.setErrorHandler((err, _req, reply) => {
		reply.code(err.statusCode ?? 500).send({ status: 'error' });
	});

	app.route({
		method: 'POST',
		url: '/callback',
		preHandler: async (req, reply) => {
			if (login.passes(req.raw)) return;
			reply.header('www-authenticate', login.challenge());
			return reply.code(401).send({ status: 'unauthorized' });
		},
		handler: async (req, reply) => {
			const list = [req.body?.data ?? req.body].flat();
			const ref = list[0]?.reference_id;
			if (Array.isArray(req.body) || typeof ref !== 'string')
				return reply.code(400).send({ status: 'invalid' });
			const turn = (perOrder.get(ref) ?? Promise.resolve()).then(() => handle(ref, list[0]));
			perOrder.set(ref, turn);
			await turn;
			return { status: 'ok' };
		},
	});

	async function handle(ref, { state, amount, beneficiary }) {
		const order = await shop.find(ref);
		if (!order || order.state === 'refunded') return;
		const s = typeof state === 'string' ? state.toLowerCase() : '';
		if (s === 'completed' && Number(amount) === Number(order.amount)) {
			await shop.save({
				...order,
				state: 'paid',
				credited: order.credited + 1,
				account: beneficiary?.account,
			});
		}
		// sudah lunas: jangan diubah lagi menjadi gagal
		if (/^(declined|cancell?ed|rejected)$/.test(s) && order.state !== 'paid') {
			await shop.save({ ...order, state: 'failed' });
		}
		if (s === 'refunded') await shop.save({ ...order, state: 'refunded' });
	}

	await app.ready();
	return app.routing;
}
