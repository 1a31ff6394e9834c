import { describe, expect, test } from 'vitest';
import { call, formOf, intentFields, openSandbox } from '../support/open-sandbox.ts';

const verified = {
	payer_identity_verified: true,
	fpx_extra_info: { account_type: 'CASA', account_number_verified: true, buyer_id_verified: true },
};
const unknown = { payer_identity_verified: null, fpx_extra_info: null };

describe('an intent with verify_identity', () => {
	async function paid(outcome: string, encoding?: string) {
		const { box, shop, seen } = await openSandbox(encoding === undefined ? {} : { encoding });
		const fields = intentFields({ callback_url: shop, verify_identity: true });
		await call('POST', `${box.url}/v3/payment-intents`, fields);
		await box.settle('ORD-0060', outcome);
		const { json } = await call('GET', `${box.url}/v3/transactions`);
		return { told: seen.at(-1) ?? { body: Buffer.from('') }, asked: json.data[0], box };
	}

	test('is called back with what was found, as a query answers it', async () => {
		const { told, asked } = await paid('success', 'json');
		expect(JSON.parse(String(told.body))).toMatchObject({ status: 3, ...verified });
		expect(asked).toMatchObject(verified);
	});

	test('has the nested form fields that PHP reads', async () => {
		const { told } = await paid('success');
		expect(formOf(told)).toMatchObject({
			payer_identity_verified: '1',
			'fpx_extra_info[account_type]': 'CASA',
			'fpx_extra_info[buyer_id_verified]': '1',
		});
	});

	test('says nothing of a payer who did not pay', async () => {
		const { told, asked } = await paid('failed', 'json');
		expect(JSON.parse(String(told.body))).toMatchObject({ status: 2, ...unknown });
		expect(asked).toMatchObject(unknown);
	});

	test.each(['fpx_eaccount_number', 'fpx_ebuyer_id'])('takes 40 characters of %s', async (name) => {
		const { box } = await openSandbox();
		const made = (text: string) =>
			call('POST', `${box.url}/v3/payment-intents`, intentFields({ [name]: text }));
		expect((await made('1'.repeat(40))).status).toBe(200);
		expect((await made('1'.repeat(41))).json.error).toHaveProperty(name);
	});
});

test('what only v3 knows, and a number abroad, are told', async () => {
	const { box } = await openSandbox();
	const fields = intentFields({ verify_identity: 1, payer_telephone_number: '+6591234567' });
	await call('POST', `${box.url}/api/v2/payment-intents`, fields);
	expect(box.calls()[0]?.notes).toEqual(
		expect.arrayContaining([
			'verify_identity is for v3: here it does nothing',
			'payer_telephone_number +6591234567 is not Malaysian: only such are documented',
		]),
	);
});
