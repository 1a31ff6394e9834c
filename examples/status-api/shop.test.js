import { check, fire } from 'callback-simulator';
import { afterEach, expect, test } from 'vitest';
import { shop, thatItIsKnown, theAnswer, theCallback } from './shop.js';

/** Where the shop asks: any free port, known when callsim has opened it. */
const bayarcash = { api: '' };
const asked = { sandboxPort: 0, onSandbox: (url) => (bayarcash.api = `${url}/v3/`) };
const servers = [];
afterEach(() =>
	Promise.all(servers.splice(0).map((one) => new Promise((done) => one.close(done)))),
);

async function opened(believe) {
	const orders = new Map([['ORD-0060', { amount: '60.00', state: 'new', credited: 0 }]]);
	const server = shop({ bayarcash, orders, believe });
	servers.push(server);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { orders, url: `http://127.0.0.1:${server.address().port}` };
}

const checked = async (believe, only) => {
	const { url } = await opened(believe);
	return check('bayarcash', {
		...asked,
		...(only && { only: [only] }),
		to: url,
		setup: { url: `${url}/orders/{reference}?amount={amount}` },
		probe: { url: `${url}/orders/{reference}` },
	});
};

test('what Bayarcash says is believed, a callback alone is not', async () => {
	const { orders, url } = await opened(theAnswer);
	const forged = await fire('bayarcash/transaction-success', {
		...asked,
		to: url,
		wrongKey: true,
		retry: 'none',
	});
	expect(forged.deliveries[0].lastStatus).toBe(403);
	expect(orders.get('ORD-0060').state).toBe('new');
	await fire('bayarcash/transaction-success', { ...asked, to: url });
	expect(orders.get('ORD-0060')).toMatchObject({ state: 'paid', credited: 1 });
});

test('check passes the shop that believes the answer alone', async () => {
	const { passed, failed } = await checked(theAnswer);
	expect(failed).toEqual([]);
	expect(passed).toBe(true);
});

test.each([
	['the callback, whatever is answered', theCallback, 'checksum-wrong-key'],
	['the callback of a payment that is known', thatItIsKnown, 'signed-field-tampered'],
])('and fails the one that believes %s', async (_, believe, rule) => {
	const { failed } = await checked(believe, rule);
	expect(failed.map((one) => one.rule)).toContain(rule);
});
