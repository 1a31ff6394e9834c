import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';

export const mistake =
	'Takes whatever nonce the answer names, also one that was never handed out here';
export const rule = 'digest-unissued-nonce';

const realm = 'partner';

/** Answers already seen are not taken twice. */
const spent = new Set();

function authorised(raw, { api_key, api_secret }) {
	const header = raw.headers.authorization;
	if (!header?.startsWith('Digest ')) return false;
	const part = (name) => header.match(new RegExp(`[ ,]${name}="?([^",]+)"?`))?.[1] ?? '';
	const md5 = (text) => createHash('md5').update(text).digest('hex');
	const [nonce, nc, cnonce] = [part('nonce'), part('nc'), part('cnonce')];
	if (part('username') !== api_key || part('realm') !== realm || part('uri') !== raw.url)
		return false;
	if (!nonce || !/^[0-9a-f]{8}$/.test(nc) || spent.has(`${nonce}/${nc}`)) return false;

	const ha1 = md5(`${api_key}:${realm}:${api_secret}`);
	const ha2 = md5(`${raw.method}:${raw.url}`);
	const expected = Buffer.from(md5(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`));
	const received = Buffer.from(part('response'));
	if (received.length !== expected.length || !timingSafeEqual(received, expected)) return false;
	spent.add(`${nonce}/${nc}`);
	return true;
}

export async function receiver(shop, keys) {
	const app = Fastify({ bodyLimit: 16_000_000 });
	let line = Promise.resolve();

	app.addContentTypeParser('*', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
	app.setErrorHandler((error, _req, reply) => reply.code(error.statusCode ?? 500).send());

	app.post('/callback', async (request, reply) => {
		if (!authorised(request.raw, keys)) {
			const nonce = randomBytes(16).toString('hex');
			reply.header(
				'WWW-Authenticate',
				`Digest realm="${realm}", qop="auth", algorithm=MD5, nonce="${nonce}"`,
			);
			return reply.code(401).send();
		}
		const content = request.body?.data ?? request.body;
		const transfer = Array.isArray(content) ? content[0] : content;
		const readable =
			typeof transfer?.reference_id === 'string' && typeof transfer.state === 'string';
		if (!readable || Array.isArray(request.body)) return reply.code(400).send();
		line = line.then(() => handle(transfer));
		await line;
		return reply.send();
	});

	async function handle(transfer) {
		const order = await shop.find(transfer.reference_id);
		const state = transfer.state.toLowerCase();
		if (order === undefined || order.state === 'refunded') return;
		if (state === 'refunded') await shop.save({ ...order, state });
		else if (order.state === 'paid') return;
		else if (state === 'declined' || /^cancell?ed$/.test(state))
			await shop.save({ ...order, state: 'failed' });
		else if (state === 'completed') {
			const right = Number(transfer.amount) === Number(order.amount);
			const paid = {
				state: 'paid',
				credited: order.credited + 1,
				account: transfer.beneficiary?.account,
			};
			await shop.save({ ...order, ...(right ? paid : { state: 'review' }) });
		}
	}

	await app.ready();
	return app.routing;
}
