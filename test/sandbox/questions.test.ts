import { expect, test } from 'vitest';
import { call, intentFields, openSandbox } from '../support/open-sandbox.ts';

async function paid() {
	const { box } = await openSandbox();
	await call('POST', `${box.url}/v3/payment-intents`, intentFields());
	await box.settle('ORD-0060', 'success');
	await box.advance('1s');
	const { json } = await call('GET', `${box.url}/v3/transactions`);
	const texts = async (): Promise<string[]> =>
		(await call('GET', `${box.url}/_callsim/orders/ORD-0060`)).json.log.map(
			({ text }: { text: string }) => text,
		);
	return { box, id: String(json.data[0].id), texts };
}

test('what the shop asked about an order stands in its life, the same once', async () => {
	const { box, id, texts } = await paid();
	for (let times = 0; times < 3; times++) await call('GET', `${box.url}/v3/transactions/${id}`);
	expect(await texts()).toEqual([
		'POST /v3/payment-intents',
		'pending',
		'the payer is at the bank',
		`attempt ${id}: Approved`,
		'pending → paid',
		`GET /v3/transactions/${id} → 200 (3 times, the last)`,
	]);
});

test('of very different questions the last twenty', async () => {
	const { box, id, texts } = await paid();
	const url = `${box.url}/v3/transactions/${id}`;
	await call('GET', url);
	for (let slashes = 0; slashes < 20; slashes++)
		await call('GET', url.replace('/v3/', `${'/'.repeat(slashes + 2)}v3/`));
	const asked = (await texts()).filter((text) => text.startsWith('GET '));
	expect(asked).toHaveLength(20);
	expect(asked).not.toContain(`GET /v3/transactions/${id} → 200`);
});
