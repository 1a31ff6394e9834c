import { expect, test } from 'vitest';
import { call, openSandbox, portalKey } from '../support/open-sandbox.ts';

const fields = {
	portal_key: portalKey,
	payment_gateway: '2',
	order_no: 'MT-1001',
	buyer_name: 'Ahmad "A" bin <Ali>',
	buyer_email: 'ahmad@example.com',
	order_amount: '10.5',
	merchant_bank_name: 'Maybank',
	merchant_bank_account: '1234567890',
	merchant_bank_account_holder: 'Sim Sdn. Bhd.',
	bank_transfer_type: 'Internet Banking',
	bank_transfer_notes: 'Payment for order MT-1001',
	return_url: 'http://127.0.0.1:1/back?a=1&b=2',
};

/** As curl sends a PHP array with a file in it. */
function handIn(url: string, more: Readonly<Record<string, string>> = {}) {
	const form = new FormData();
	for (const [name, value] of Object.entries({ ...fields, ...more })) form.append(name, value);
	form.append('proof_of_payment', new Blob(['%PDF'], { type: 'application/pdf' }), 'receipt.pdf');
	return fetch(`${url}/api/manual-bank-transfer`, {
		method: 'POST',
		headers: { authorization: 'Bearer token', accept: 'application/json' },
		body: form,
	});
}

/** The patterns of the official SDK. */
function parsed(text: string): Record<string, string> {
	const inputs = text.matchAll(/<input name="([^"]+)" type="hidden" value="([^"]*)">/g);
	return Object.fromEntries([
		['action', /action="([^"]+)"/.exec(text)?.[1] ?? ''],
		...[...inputs].map(([, name = '', value = '']) => [name, value]),
	]);
}

const update = (url: string, body: Record<string, string>) =>
	call('POST', `${url}/api/manual-bank-transfer/update-status`, new URLSearchParams(body));

test('a transfer that is handed in is a form for the shop, and a transaction that waits', async () => {
	const { box } = await openSandbox();
	const answer = await handIn(box.url);
	expect(answer.status).toBe(200);
	const form = parsed(await answer.text());
	expect(form).toMatchObject({
		action: 'http://127.0.0.1:1/back?a=1&amp;b=2',
		transaction_channel: 'ManualBankTransfer',
		order_no: 'MT-1001',
		order_amount: '10.50',
		buyer_name: 'Ahmad &quot;A&quot; bin &lt;Ali&gt;',
		transaction_status: '1',
	});
	const { json } = await call('GET', `${box.url}/v3/transactions/${form['order_ref_no']}`);
	expect(json).toMatchObject({
		order_number: 'MT-1001',
		amount: 10.5,
		status: 1,
		payment_gateway: { name: 'Manual Bank Transfer', code: 'ManualBankTransfer' },
	});
	const list = await call('GET', `${box.url}/v3/transactions?order_number=MT-1001`);
	expect(list.json.data).toEqual([json]);
});

test('the merchant confirms it, over the API or as a control, and no callback follows', async () => {
	const { box, seen } = await openSandbox({ callbackTo: 'http://127.0.0.1:1/' });
	const ids: string[] = [];
	for (const order_no of ['MT-1', 'MT-2'])
		ids.push(parsed(await (await handIn(box.url, { order_no })).text())['order_ref_no'] ?? '');
	const answer = await update(box.url, { ref_no: ids[0] ?? '', status: '3', amount: '10.50' });
	expect([answer.status, answer.json.success]).toEqual([200, true]);
	await box.settle('MT-2', 'failed');
	await expect(box.settle('MT-2', 'success')).rejects.toThrow('it is Unsuccessful already');
	const statuses = await Promise.all(
		ids.map(async (id) => (await call('GET', `${box.url}/api/v2/transactions/${id}`)).json.status),
	);
	expect(statuses).toEqual([3, 2]);
	expect(box.order('MT-1').state).toBe('approved');
	expect([seen.length, box.deliveries().length]).toEqual([0, 0]);
});

test('what is wrong about it is told by field', async () => {
	const { box } = await openSandbox();
	const wrong = await handIn(box.url, {
		payment_gateway: '1',
		order_amount: 'ten',
		order_no: '',
		return_url: 'javascript:alert(1)',
	});
	expect(wrong.status).toBe(422);
	expect(Object.keys(((await wrong.json()) as { error: object }).error)).toEqual([
		'order_no',
		'payment_gateway',
		'order_amount',
		'return_url',
	]);
	expect((await update(box.url, { ref_no: 'trx_none', status: '3' })).status).toBe(404);
	const { order_ref_no = '' } = parsed(await (await handIn(box.url)).text());
	expect((await update(box.url, { ref_no: order_ref_no, status: '9' })).status).toBe(422);
	await update(box.url, { ref_no: order_ref_no, status: '3', amount: '1.00' });
	expect(box.calls().at(-1)?.notes).toEqual(['amount 1.00 is not that of the transfer, 10.5']);
	const lost = await call('POST', `${box.url}/v3/manual-bank-transfer`, {});
	expect(lost.json.message).toContain('it is POST /api/manual-bank-transfer');
});
