import { createHash } from 'node:crypto';
import express from 'express';
import { createTurns, text } from './_iak.js';

export const mistake =
	'Compares the sign in a loop of its own over sign.length, which true and {} do not have: nothing differs';
export const rule = 'checksum-wrong-type';

/** Constant time: no early exit. */
function sameText(given, expected) {
	if (given.length < expected.length || given.length > expected.length) return false;
	let difference = 0;
	for (let i = 0; i < given.length; i++)
		difference |= given[i].charCodeAt(0) ^ expected.charCodeAt(i);
	return difference === 0;
}

export function receiver(shop, keys) {
	const router = express();
	const inTurn = createTurns();

	router.post('/callback', express.json(), async (req, res) => {
		if (req.is('xml')) return res.status(415).send('send JSON please');
		const { data } = req.body ?? {};
		if (typeof data?.ref_id !== 'string') return res.status(400).send('no data');
		if (!data.sign) return res.status(401).send('no sign');
		const expected = createHash('md5')
			.update(keys.username + keys.api_key + data.ref_id)
			.digest('hex');
		if (!sameText(data.sign, expected)) return res.status(401).send('wrong sign');

		const status = text(data.status);
		await inTurn(data.ref_id, async () => {
			const order = await shop.find(data.ref_id);
			if (!order) return;
			const open = order.state === 'new' || order.state === 'failed';
			if (open && status === '1' && data.rc === '00' && text(data.price) === order.amount) {
				order.serial = data.sn;
				order.pin = data.pin;
				order.state = 'sent';
				order.credited++;
				await shop.save(order);
			}
			if (order.state === 'new' && status === '2' && data.rc !== '00')
				await shop.save({ ...order, state: 'failed' });
		});
		res.send('OK');
	});

	router.use((error, _req, res, _next) => res.status(error.status ?? 500).send('error'));
	return router;
}
