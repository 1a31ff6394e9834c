import { check, fire, run } from 'callback-simulator';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { shop } from './shop.js';

const orders = new Map();
// callsim's own simulator key; your key goes into credentials: { secret_key }.
const server = shop({ secret: 'sim_bayarcash_secret_0123456789ab', orders });
let to;

beforeAll(async () => {
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	to = `http://127.0.0.1:${server.address().port}/webhooks/bayarcash`;
});
afterAll(() => server.close());
beforeEach(() => {
	orders.clear();
	orders.set('ORD-1', { amount: '75.50', state: 'new', credited: 0 });
});

test('a payment that is told twice at once is credited once', async () => {
	const result = await fire('bayarcash/transaction-success', {
		to,
		ref: 'ORD-1',
		amount: '75.50',
		duplicate: 2,
	});
	expect(result.acknowledged).toBe(true);
	expect(orders.get('ORD-1')).toMatchObject({ state: 'paid', credited: 1 });
});

test('a forged amount is refused', async () => {
	const result = await fire('bayarcash/transaction-success', {
		to,
		ref: 'ORD-1',
		tamper: { amount: '0.01' },
		retry: 'none',
	});
	expect(result.deliveries[0].lastStatus).toBe(401);
	expect(orders.get('ORD-1').state).toBe('new');
});

test('a paid order survives a late failure', async () => {
	const result = await run(
		{
			name: 'late failure',
			provider: 'bayarcash',
			ref: 'ORD-1',
			amount: '75.50',
			steps: [
				{ fire: 'transaction-success', probe: { equals: { state: 'paid', credited: 1 } } },
				{ fire: 'transaction-failed', after: '10m', probe: { unchanged: true } },
			],
		},
		{ to, probe: ({ reference }) => orders.get(reference) },
	);
	expect(result.failures).toEqual([]);
});

test('the rules about forgeries and repetitions hold', async () => {
	const { failed } = await check('bayarcash', {
		to,
		only: ['checksum-missing', 'checksum-wrong-key', 'duplicate', 'late-failure'],
		setup: ({ reference, amount }) => orders.set(reference, { amount, state: 'new', credited: 0 }),
		probe: ({ reference }) => orders.get(reference),
	});
	expect(failed.map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([]);
});
