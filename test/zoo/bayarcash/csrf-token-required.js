import { randomBytes, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'The CSRF protection of the web shop covers the callback too: every callback is answered 419';
export const rule = 'csrf-exempt';

/** Double submit: the cookie's token has to come back in a header or a field. */
function csrf(req, res, next) {
	const cookie = /(?:^|;\s*)XSRF-TOKEN=([0-9a-f]{32})/.exec(req.headers.cookie ?? '')?.[1];
	if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) {
		if (!cookie) res.cookie('XSRF-TOKEN', randomBytes(16).toString('hex'), { sameSite: 'lax' });
		return next();
	}
	const token = req.headers['x-csrf-token'] ?? req.body?._token;
	const same = cookie && typeof token === 'string' && /^[0-9a-f]{32}$/.test(token);
	if (same && timingSafeEqual(Buffer.from(cookie), Buffer.from(token))) return next();
	res.status(419).send('<h1>419 | Page Expired</h1>');
}

export function receiver(shop, keys) {
	const app = express();
	const inTurn = turns();
	app.use(express.urlencoded({ extended: false }), express.json(), csrf);

	app.post('/callback', async (req, res) => {
		const { body } = req;
		if (!genuine(body, keys.secret_key)) return res.sendStatus(403);
		const kind = kindOf(body);
		if (kind === 'transaction') await inTurn(String(body.order_number), () => book(body));
		else if (kind !== 'pre_transaction')
			await inTurn(mandateReference(body), () => bookMandate(shop, body));
		res.sendStatus(200);
	});

	async function book(body) {
		const order = await shop.find(String(body.order_number));
		if (!order || order.state === 'paid') return;
		if (String(body.status) === '3') {
			const complete = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
			order.state = complete ? 'paid' : 'review';
			order.credited += complete ? 1 : 0;
		} else if (['2', '4'].includes(String(body.status))) {
			order.state = 'failed';
		}
		await shop.save(order);
	}

	app.use((err, _req, res, _next) => res.sendStatus(err.status ?? 500));
	return app;
}
