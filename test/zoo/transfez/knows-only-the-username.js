import { randomBytes } from 'node:crypto';
import Fastify from 'fastify';

export const mistake =
	'Checks user, nonce, count and uri of the Digest answer, but never computes the response';
export const rule = 'digest-wrong-response';

const FAILED = new Set(['declined', 'canceled', 'cancelled']);
const PARAM = /(\w+)=("[^"]*"|[^\s,]+)/g;

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 20 * 1024 * 1024 });
	const issued = new Map();
	const busy = new Map();

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
		try {
			done(null, JSON.parse(text));
		} catch {
			done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
		}
	});
	app.setErrorHandler((error, _request, reply) =>
		reply.code(error.statusCode ?? 500).send({ message: 'bad request' }),
	);

	app.addHook('preHandler', async (request, reply) => {
		const header = request.headers.authorization ?? '';
		const auth = {};
		if (header.startsWith('Digest ')) {
			for (const [, name, value] of header.matchAll(PARAM)) auth[name] = value.replaceAll('"', '');
		}
		const last = issued.get(auth.nonce);
		const count = Number.parseInt(auth.nc, 16);
		if (
			auth.username === keys.api_key &&
			auth.uri === request.raw.url &&
			auth.response &&
			count > last
		) {
			issued.set(auth.nonce, count);
			return;
		}
		const nonce = randomBytes(16).toString('hex');
		issued.set(nonce, 0);
		setTimeout(() => issued.delete(nonce), 60_000).unref();
		reply.header(
			'www-authenticate',
			`Digest realm="callback", nonce="${nonce}", qop="auth", algorithm=SHA-256`,
		);
		return reply.code(401).send({ message: 'who are you?' });
	});

	app.post('/callback', async ({ body }, reply) => {
		const tx = Array.isArray(body?.data) ? body.data[0] : (body?.data ?? body);
		if (typeof tx?.reference_id !== 'string')
			return reply.code(400).send({ message: 'reference_id missing' });
		const job = (busy.get(tx.reference_id) ?? Promise.resolve()).then(() => update(tx));
		busy.set(tx.reference_id, job);
		return { message: await job };
	});

	async function update(tx) {
		const order = await shop.find(tx.reference_id);
		const state = typeof tx.state === 'string' ? tx.state.toLowerCase() : 'unknown';
		if (!order || order.state === 'refunded') return 'nothing to do';
		if (state === 'refunded') await shop.save({ ...order, state: 'refunded' });
		if (order.state === 'transferred') return 'done before';
		if (FAILED.has(state)) await shop.save({ ...order, state: 'failed' });
		if (state !== 'completed' || Number(tx.amount) !== Number(order.amount)) return 'noted';
		await shop.save({
			...order,
			state: 'transferred',
			credited: order.credited + 1,
			account: tx.beneficiary?.account,
		});
		return 'thanks';
	}

	await app.ready();
	return app.routing;
}
