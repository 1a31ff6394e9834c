import { expect, test } from 'vitest';
import { call, checksum, openSandbox, portalKey } from '../support/open-sandbox.ts';

const enrolment = (shop: string, more: Readonly<Record<string, unknown>> = {}) => ({
	portal_key: portalKey,
	order_number: 'DD-0001',
	amount: '50.00',
	payer_id_type: 1,
	payer_id: '910109026070',
	payer_name: 'Mohd Ali',
	payer_email: 'mohd.ali@example.com',
	payer_telephone_number: '60123456789',
	frequency_mode: 'MT',
	application_reason: 'Monthly plan',
	return_url: shop,
	checksum: 'b8d1d014e44f06feff9be37f6e7d27624b1050414d87e796e383b566f3e00e5f',
	...more,
});

type Fields = Record<string, string | number>;

/** The newest callback, with the checksum that a merchant's code makes of it. */
function read(body: Buffer | undefined): Fields & { expected: string } {
	const fields = JSON.parse(String(body)) as Fields;
	const names = Object.keys(fields).filter((name) => name !== 'checksum');
	const expected = checksum(...names.sort().map((name) => String(fields[name] ?? '')));
	return { ...fields, expected };
}

test('a mandate goes through its life: enrolled, approved, collected, changed, paused, ended', async () => {
	const { box, shop, seen } = await openSandbox();
	const url = `${box.url}/v3/mandates`;
	const last = () => read(seen.at(-1)?.body);
	const enrolled = await call('POST', url, enrolment(shop));
	expect(enrolled.json).toMatchObject({
		application_type: 'Enrollment',
		payer_id_type: 1,
		amount: 50,
	});
	expect(enrolled.json).not.toHaveProperty('id');
	expect(box.order('DD-0001').page).toBe(enrolled.json.url);

	await box.settle('DD-0001', 'success');
	const authorization = last();
	expect(authorization).toMatchObject({
		record_type: 'authorization',
		application_type: '01',
		order_number: 'DD-0001',
		amount: '1.00',
		status: '3',
		checksum: authorization.expected,
	});
	const at = `${url}/${authorization['mandate_id']}`;
	expect((await call('GET', at)).json).toMatchObject({
		status: 1,
		status_description: 'Waiting Approval',
		payer_id_type: '1',
		frequency_mode_label: 'Monthly',
	});

	await box.advance('5s');
	const approval = last();
	expect(approval).toMatchObject({
		record_type: 'bank_approval',
		approval_status: '5',
		mandate_id: authorization['mandate_id'],
		checksum: approval.expected,
	});
	await box.advance('5s');
	const first = last();
	expect(first).toMatchObject({
		record_type: 'transaction',
		cycle: 1,
		amount: 50,
		checksum: first.expected,
	});
	expect(first['mandate_reference_number']).toBe(approval['mandate_reference_number']);
	await box.settle('DD-0001', 'deduct-failed');
	expect(last()).toMatchObject({ cycle: 2, status: '2', reference_number: 'DD-0001-2' });
	const deduction = await call('GET', `${url}/transactions/${first['transaction_id']}`);
	expect(deduction.json).toMatchObject({
		amount: 50,
		payment_gateway: { name: 'Direct Debit', code: 'FpxDirectDebit' },
		mandate: { id: authorization['mandate_id'] },
	});
	expect((await call('GET', `${url}/transactions`)).json.data).toHaveLength(2);

	const change = {
		amount: '75.00',
		application_reason: 'Upgrade plan',
		frequency_mode: 'MT',
		payer_email: 'mohd.ali@example.com',
		payer_telephone_number: '60123456789',
		checksum: '8282d7c98b59397f1ae84c1309baf0ffb638a4a7558320868c23e921edaf193f',
	};
	const changed = await call('PUT', at, new URLSearchParams(change));
	expect(changed.json).toMatchObject({ application_type: 'Maintenance', amount: 75 });
	expect((await call('GET', at)).json.amount).toBe(50);
	expect((await call('PUT', at, change)).status).toBe(400);
	await box.settle('DD-0001', 'success');
	expect(last()).toMatchObject({ application_type: '02', status: '3' });
	await box.settle('DD-0001', 'approved');
	expect((await call('GET', at)).json).toMatchObject({ amount: 75, status: 3 });

	expect((await call('PATCH', `${at}/activate`)).status).toBe(400);
	expect((await call('PATCH', `${at}/deactivate`)).json.status).toBe(10);
	await expect(box.settle('DD-0001', 'deduct')).rejects.toThrow('not active');
	expect((await call('PATCH', `${at}/activate`)).json.status).toBe(3);

	expect((await call('DELETE', at)).status).toBe(422);
	const ended = await call('DELETE', at, { application_reason: 'Moved' });
	expect(ended.json.application_type).toBe('Termination');
	await box.settle('DD-0001', 'success');
	await box.advance('5s');
	expect(last()).toMatchObject({ application_type: '03', approval_status: '5' });
	expect((await call('GET', at)).json).toMatchObject({
		status: 4,
		status_description: 'Terminated',
	});
	expect(box.order('DD-0001').outcomes).toEqual([]);
});

test('a bank that refuses, at once or later, leaves no mandate', async () => {
	const { box, shop, seen } = await openSandbox();
	const url = `${box.url}/api/v2/mandates`;
	await call('POST', url, enrolment(shop));
	await box.settle('DD-0001', 'failed');
	expect(box.order('DD-0001').state).toBe('bank verification failed');
	await box.advance('1d');
	expect(seen).toHaveLength(1);
	const { checksum: _, ...again } = enrolment(shop, { order_number: 'DD-2' });
	await call('POST', url, again);
	await box.settle('DD-2', 'success');
	await box.settle('DD-2', 'rejected');
	expect(box.order('DD-2').state).toBe('rejected');
	await box.advance('1d');
	expect(seen.map(({ body }) => read(body)['record_type'])).toEqual([
		...['authorization', 'authorization', 'bank_approval'],
	]);
});

test.each([
	['amount', { amount: '4.00' }],
	['payer_email', { payer_email: `${'x'.repeat(20)}@example.com` }],
	['frequency_mode', { frequency_mode: 'QT' }],
	['payer_id_type', { payer_id_type: 9 }],
	['checksum', { amount: '51.00' }],
])('an enrolment is refused for its %s', async (field, more) => {
	const { box, shop } = await openSandbox();
	const answer = await call('POST', `${box.url}/v3/mandates`, enrolment(shop, more));
	expect(answer.status).toBe(422);
	expect(Object.keys(answer.json.error)).toContain(field);
	expect(box.orders()).toEqual([]);
});

test('where nobody decides, a mandate is authorised, approved and collected by itself', async () => {
	const { box, shop, seen } = await openSandbox({ outcome: 'success', delayMs: 2_000 });
	await call('POST', `${box.url}/v3/mandates`, enrolment(shop));
	await box.advance('1m');
	expect(seen.map(({ body }) => read(body)['record_type'])).toEqual([
		...['authorization', 'bank_approval', 'transaction'],
	]);
});

test('the page of a mandate carries the payer back by a POST', async () => {
	const { box, shop } = await openSandbox();
	const more = { success_url: `${shop}?ok`, failed_url: `${shop}?no` };
	const { json } = await call('POST', `${box.url}/v3/mandates`, enrolment(shop, more));
	expect((await call('GET', json.url)).json).toContain('Authorise the enrolment');
	const gone = await call('POST', json.url, new URLSearchParams({ act: 'success' }));
	expect(gone.json).toContain(`action="${shop}?ok"`);
	expect(gone.json).toContain('name="checksum"');
	expect((await call('POST', json.url, new URLSearchParams({ act: 'success' }))).status).toBe(409);
});
