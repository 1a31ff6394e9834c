import express from 'express';
import { bookMandate, mandateReference } from './_direct-debit.js';
import { genuine, kindOf } from './_records.js';
import { turns } from './_turns.js';

export const mistake =
	'The callback lies behind the login of the shop: the provider gets the login page, with a 200';
export const rule = 'no-login-page';

const LOGIN = `<!doctype html>
<html lang="ms"><head><title>Log masuk</title></head><body>
<form method="post" action="/login">
<label>E-mel <input name="email" type="email"></label>
<label>Kata laluan <input name="password" type="password"></label>
<button>Log masuk</button>
</form></body></html>`;

export function receiver(shop, keys) {
	const app = express();
	const sessions = new Map(); // filled by the login of the shop, which is another module
	const inTurn = turns();

	app.use((req, res, next) => {
		const session = /(?:^|; )sid=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1];
		if (sessions.has(session)) return next();
		res.type('html').send(LOGIN);
	});
	app.use(express.urlencoded({ extended: false }), express.json());

	app.post('/callback', async (req, res) => {
		if (!genuine(req.body, keys.secret_key)) return res.status(401).end();
		const kind = kindOf(req.body);
		const reference = mandateReference(req.body);
		if (kind === 'transaction') await inTurn(reference, () => paid(reference, req.body));
		else if (kind !== 'pre_transaction') await inTurn(reference, () => bookMandate(shop, req.body));
		res.status(200).end();
	});

	async function paid(reference, body) {
		const order = await shop.find(reference);
		if (!order || order.state === 'paid') return;
		const status = String(body.status);
		if (status === '3') {
			const complete = body.currency === 'MYR' && Number(body.amount) === Number(order.amount);
			order.state = complete ? 'paid' : 'review';
			if (complete) order.credited += 1;
			await shop.save(order);
		} else if (status === '2' || status === '4') {
			await shop.save({ ...order, state: 'failed' });
		}
	}

	app.use((err, _req, res, _next) => res.status(err.status ?? 500).end());
	return app;
}
