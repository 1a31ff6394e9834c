import { sandbox } from 'callback-simulator';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shop } from './shop.js';

let bayarcash;
let server;
let orders;
let own;

beforeEach(async () => {
	bayarcash = await sandbox({ providers: ['bayarcash'] });
	orders = new Map([['ORD-1', { amount: '75.50', state: 'new' }]]);
	// callsim's own simulator key; yours goes into credentials: { secret_key }.
	const secret = 'sim_bayarcash_secret_0123456789ab';
	server = shop({ api: `${bayarcash.url}/v3/`, secret, orders });
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	own = `http://127.0.0.1:${server.address().port}`;
});
afterEach(async () => {
	await new Promise((resolve) => server.close(resolve));
	await bayarcash.close();
});

const buy = () =>
	fetch(`${own}/buy`, {
		method: 'POST',
		redirect: 'manual',
		body: new URLSearchParams({ order: 'ORD-1' }),
	});
const receipt = async () => (await fetch(`${own}/receipt?order_number=ORD-1`)).text();

test('from the cart to the receipt', async () => {
	const { headers } = await buy();
	expect(headers.get('location')).toBe(bayarcash.order('ORD-1').page);
	expect(await receipt()).toContain('We wait for the bank.');
	await bayarcash.settle('ORD-1', 'success');
	expect(await receipt()).toContain('Your order is paid.');
});

test('what the shop asks is as Bayarcash wants it', async () => {
	await buy();
	expect(bayarcash.calls()).toEqual([
		{ method: 'POST', path: '/v3/payment-intents', status: 200, notes: [] },
	]);
});

test('a failed payment is paid at the second attempt', async () => {
	await buy();
	await bayarcash.settle('ORD-1', 'failed');
	expect(await receipt()).toContain('failed');
	await bayarcash.settle('ORD-1', 'success');
	expect(await receipt()).toContain('paid');
});

test('a late failure and a forged callback change nothing', async () => {
	await buy();
	await bayarcash.settle('ORD-1', 'failed');
	const [, failure] = bayarcash.deliveries('ORD-1');
	await bayarcash.settle('ORD-1', 'success');
	await bayarcash.resend(failure.id);
	await bayarcash.resend('ORD-1', { wrongKey: true });
	expect(bayarcash.deliveries('ORD-1').at(-1).attempts[0].status).toBe(403);
	expect(await receipt()).toContain('paid');
});

test('an API that is down is told to the customer', async () => {
	bayarcash.failNext('500');
	expect((await buy()).status).toBe(502);
	expect((await buy()).status).toBe(303);
});
