import { expect, test } from 'vitest';
import { call, formOf, intentFields, openSandbox } from '../support/open-sandbox.ts';

async function waiting(options = {}) {
	const { box, shop, seen } = await openSandbox(options);
	const fields = intentFields({ callback_url: shop, return_url: `${shop}/return` });
	const { json } = await call('POST', `${box.url}/v3/payment-intents`, fields);
	const finals = () =>
		seen.map((one) => formOf(one)).filter(({ record_type }) => record_type === 'transaction');
	return { box, url: String(json.url), id: String(json.id), finals };
}

const times = <T>(count: number, work: () => Promise<T>) =>
	Promise.all(Array.from({ length: count }, work));

test('of many who decide at once one does, and the shop hears of it once', async () => {
	const { box, finals } = await waiting();
	const settle = `${box.url}/_callsim/orders/ORD-0060/settle`;
	const all = await times(10, () => call('POST', settle, { outcome: 'success' }));
	expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(finals()).toHaveLength(1);
	expect(box.order('ORD-0060').state).toBe('paid');
});

test('a payer who presses twice pays once', async () => {
	const { box, url, finals } = await waiting();
	const pressed = new URLSearchParams({ act: 'pay', channel: '1', bank: 'TEST0021' });
	const pages = await times(6, () => call('POST', url, pressed));
	expect(pages.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 303]);
	expect(finals()).toHaveLength(1);
	expect(box.order('ORD-0060').state).toBe('paid');
});
