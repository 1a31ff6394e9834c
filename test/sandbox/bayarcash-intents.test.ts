import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { call, checksum, formOf, intentFields, openSandbox } from '../support/open-sandbox.ts';
import { serve } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const run = promisify(execFile);

describe('a Bayarcash payment intent', () => {
	test('is created, paid, called back with its own data and told the same by every query', async () => {
		const { box, shop, seen } = await openSandbox();
		const created = await call(
			'POST',
			`${box.url}/v3/payment-intents`,
			intentFields({ callback_url: shop, return_url: shop }),
		);
		expect(created.status).toBe(200);
		expect(Object.keys(created.json)).toEqual([
			'type',
			'id',
			'payer_name',
			'payer_email',
			'payer_telephone_number',
			'order_number',
			'amount',
			'url',
		]);
		expect(created.json.url).toBe(`${box.url}/payment-intent/${created.json.id}`);
		await box.settle('ORD-0060', 'success');
		const [order] = box.orders();
		expect(order && box.order(order)).toEqual(box.order('ORD-0060'));
		expect(order && box.deliveries(order)).toHaveLength(2);
		const [first, second] = seen.map(formOf);
		expect(first?.['record_type']).toBe('pre_transaction');
		expect(second).toMatchObject({
			record_type: 'transaction',
			order_number: 'ORD-0060',
			amount: '60.00',
			payer_bank_name: 'SBI Bank A',
			status: '3',
			transaction_id: first?.['transaction_id'],
		});
		const signed = [
			'amount',
			'currency',
			'datetime',
			'exchange_reference_number',
			'exchange_transaction_id',
			'order_number',
			'payer_bank_name',
			'payer_email',
			'payer_name',
			'record_type',
			'status',
			'status_description',
			'transaction_id',
		].map((name) => second?.[name] ?? '');
		expect(second?.['checksum']).toBe(checksum(...signed));
		const intent = await call('GET', `${box.url}/v3/payment-intents/${created.json.id}`);
		expect(intent.json).toMatchObject({ status: 'paid', amount: '60.00' });
		expect(intent.json.attempts[0]).toMatchObject({
			transaction_id: second?.['transaction_id'],
			status: 3,
			payment_gateway: { id: 1, name: 'FPX', code: 'FPX' },
		});
		for (const base of ['v3', 'api/v2', 'bayarcash/v3']) {
			const one = await call(
				'GET',
				`${box.url}/${base}/transactions/${second?.['transaction_id']}`,
			);
			expect(one.json).toMatchObject({ amount: 60, status: 3, datetime: second?.['datetime'] });
		}
		const list = await call('GET', `${box.url}/v3/transactions?order_number=ORD-0060&status=3`);
		expect(list.json.data).toHaveLength(1);
		const none = await call('GET', `${box.url}/v3/transactions?order_number=other`);
		expect(none.json.data).toEqual([]);
	});

	test.each([
		[
			'one channel',
			{ payment_channel: 1 },
			'75b99cdbcd3cbcdbf52a32bb0bf23c52026c426ad09619addde36beeb496cc65',
		],
		[
			'two as a list',
			{ payment_channel: [1, 6] },
			'3fed731f33bd5fbf94921d11de963a100684a324916e163b90a5bdf42374091d',
		],
		[
			'two as a text',
			{ payment_channel: '1,6' },
			'3fed731f33bd5fbf94921d11de963a100684a324916e163b90a5bdf42374091d',
		],
		[
			'none',
			{ payment_channel: null },
			'3323c1e524bd9f4d947f4c4f26588d9a7f84e4027d15157a1fdb1929be01b29d',
		],
	])('is taken with the checksum that the official SDKs make: %s', async (_, more, sum) => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/payment-intents`;
		const taken = await call('POST', url, intentFields({ ...more, checksum: sum }));
		expect([taken.status, taken.json.error]).toEqual([200, undefined]);
		const refused = await call(
			'POST',
			url,
			intentFields({ ...more, amount: '61.00', checksum: sum }),
		);
		expect(refused.status).toBe(422);
		expect(Object.keys(refused.json.error)).toEqual(['checksum']);
	});

	test('names the mistake that a wrong checksum was made with', async () => {
		const { box } = await openSandbox();
		const wrong = checksum('60.00', 'mohd.ali@example.com', 'ORD-0060', 'Mohd Ali', '1');
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ checksum: wrong }));
		const [told] = box.calls();
		expect(told?.notes.join()).toContain('order');
		expect(told?.notes.join()).toContain('60.00|ORD-0060|mohd.ali@example.com|Mohd Ali|1');
	});

	test.each([
		['payment_channel[0]=1&payment_channel[1]=6'],
		['payment_channel[]=1&payment_channel[]=6'],
		['payment_channel=1%2C6'],
	])('is read from a form with its lists: %s', async (channels) => {
		const { box } = await openSandbox();
		const { payment_channel: _, ...fields } = intentFields();
		const form = new URLSearchParams([
			...(Object.entries(fields) as [string, string][]),
			...new URLSearchParams(channels),
			['checksum', '3fed731f33bd5fbf94921d11de963a100684a324916e163b90a5bdf42374091d'],
		]);
		const answer = await call('POST', `${box.url}/api/v2/payment-intents`, form);
		expect(answer.status).toBe(200);
		expect(Object.keys(answer.json)).toEqual([
			'payer_name',
			'payer_email',
			'payer_telephone_number',
			'order_number',
			'amount',
			'url',
		]);
	});

	test.skipIf(!needs('php'))('is taken from http_build_query of PHP', async () => {
		const { box } = await openSandbox();
		const script = `$d = ['portal_key' => str_repeat('a', 32), 'order_number' => 'INV/7 é', 'amount' => '12.50',
			'payer_name' => "Nur'ain", 'payer_email' => 'n@example.com', 'payment_channel' => [1, 6], 'metadata' => null];
			$c = $d; unset($c['portal_key'], $c['metadata']); $c['payment_channel'] = implode(',', $d['payment_channel']); ksort($c);
			$d['checksum'] = hash_hmac('sha256', implode('|', $c), 'sim_bayarcash_secret_0123456789ab');
			echo file_get_contents('${box.url}/api/v2/payment-intents', false, stream_context_create(['http' => ['method' => 'POST',
			'header' => "Authorization: Bearer t\\r\\nContent-Type: application/x-www-form-urlencoded", 'content' => http_build_query($d)]]));`;
		const { stdout } = await run('php', ['-r', script]);
		expect(JSON.parse(stdout)).toMatchObject({ order_number: 'INV/7 é', amount: '12.50' });
		expect(box.calls()[0]?.notes).toContain('no return_url: the payer has nowhere to come back to');
	});

	test.skipIf(!needs('curl'))('is taken from curl as a shop writes it', async () => {
		const { box } = await openSandbox();
		const { stdout } = await run('curl', [
			...['-sS', '-X', 'POST', `${box.url}/v3/payment-intents`, '-H', 'Authorization: Bearer t'],
			...[
				'-H',
				'Content-Type: application/json',
				'-d',
				JSON.stringify(intentFields({ amount: 60 })),
			],
		]);
		expect(JSON.parse(stdout)).toMatchObject({ type: 'payment_intent', amount: '60.00' });
	});

	test('is refused field by field, in either of the two documented shapes', async () => {
		const wrong = intentFields({
			amount: '0.50',
			payer_email: 'nobody',
			order_number: 'x'.repeat(31),
		});
		const { box } = await openSandbox();
		const sdk = await call('POST', `${box.url}/v3/payment-intents`, wrong);
		expect(sdk.status).toBe(422);
		expect(Object.keys(sdk.json)).toEqual(['error']);
		expect(Object.keys(sdk.json.error).sort()).toEqual(['amount', 'order_number', 'payer_email']);
		const other = await openSandbox({ variant: ['laravel-errors'] });
		const laravel = await call('POST', `${other.box.url}/v3/payment-intents`, wrong);
		expect(Object.keys(laravel.json)).toEqual(['message', 'errors']);
		expect(Object.keys(laravel.json.errors).sort()).toEqual(Object.keys(sdk.json.error).sort());
		expect(box.orders()).toEqual([]);
	});

	test('may have a number that was used before, unless that is to be refused', async () => {
		for (const [variant, status] of [
			[[], 200],
			[['unique-orders'], 422],
		] as const) {
			const { box } = await openSandbox({ variant });
			await call('POST', `${box.url}/v3/payment-intents`, intentFields());
			const again = await call('POST', `${box.url}/v3/payment-intents`, intentFields());
			expect([again.status, box.calls()[1]?.notes.join()]).toEqual([
				status,
				expect.stringContaining(status === 200 ? 'used before' : 'already been taken'),
			]);
		}
	});

	test.each([
		['no token', { authorization: '' }],
		['a token of another kind', { authorization: 'Basic dTpw' }],
	])('is refused with %s', async (_, headers) => {
		const { box } = await openSandbox();
		const answer = await call('POST', `${box.url}/v3/payment-intents`, intentFields(), headers);
		expect([answer.status, answer.json]).toEqual([401, { message: 'Unauthenticated.' }]);
		expect(box.calls()[0]?.notes.join()).toContain('Bearer <personal access token>');
	});

	test('made over v2 is called back at return_url, whatever callback_url says', async () => {
		const { box, shop, seen } = await openSandbox();
		const fields = intentFields({ return_url: `${shop}?v2`, callback_url: `${shop}?v3` });
		await call('POST', `${box.url}/api/v2/payment-intents`, fields);
		await box.settle('ORD-0060', 'failed');
		expect(seen.map(({ url }) => url)).toEqual(['/callback?v2', '/callback?v2']);
		expect(formOf(seen[1] ?? { body: Buffer.from('') })).toMatchObject({
			status: '2',
			status_description: 'Unsuccessful',
		});
	});

	test('that failed is paid at the second attempt: the same order, a new transaction, newest first', async () => {
		const { box, shop } = await openSandbox();
		const fields = intentFields({ callback_url: shop });
		const { json } = await call('POST', `${box.url}/v3/payment-intents`, fields);
		await box.settle('ORD-0060', 'failed');
		await box.settle('ORD-0060', 'success');
		const intent = await call('GET', `${box.url}/v3/payment-intents/${json.id}`);
		expect(intent.json.status).toBe('paid');
		expect(intent.json.attempts.map(({ status }: { status: number }) => status)).toEqual([3, 2]);
		const ids = intent.json.attempts.map((one: { transaction_id: string }) => one.transaction_id);
		expect(new Set(ids).size).toBe(2);
		await expect(box.settle('ORD-0060', 'failed')).rejects.toThrow('paid');
	});

	test('is cancelled once, and not when it is paid: 403 on v3, 500 on v2', async () => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/payment-intents`;
		const first = await call('POST', url, intentFields());
		const cancelled = await call('DELETE', `${url}/${first.json.id}`);
		expect(cancelled.json).toMatchObject({
			status: 'cancelled',
			last_attempt: null,
			paid_at: '',
			payment_gateway: {},
			attempts: [],
		});
		const second = await call('POST', url, intentFields({ order_number: 'ORD-2' }));
		await box.settle('ORD-2', 'success');
		const again = await call('DELETE', `${url}/${second.json.id}`);
		expect([again.status, again.json.success]).toEqual([403, false]);
		const v2 = await call('DELETE', `${box.url}/api/v2/payment-intents/${second.json.id}`);
		expect(v2.status).toBe(500);
		expect((await call('GET', `${url}/pi_nobody`)).status).toBe(404);
	});

	test('runs out after an hour', async () => {
		const { box } = await openSandbox();
		await call('POST', `${box.url}/v3/payment-intents`, intentFields());
		await box.advance('59m');
		expect(box.order('ORD-0060').state).toBe('pending');
		await box.advance('2m');
		expect(box.order('ORD-0060').state).toBe('expired');
		await expect(box.settle('ORD-0060', 'success')).rejects.toThrow('expired');
		const { json } = await call('GET', `${box.url}/_callsim/orders/ORD-0060`);
		expect(json.log.at(-1)).toMatchObject({ what: 'state', text: 'pending → expired' });
		expect(json.log.at(-1).at - json.log[0].at).toBe(3_600_000);
		expect(json.next).toEqual([]);
	});

	test('runs out beneath a payer who is at the bank only when that attempt ends', async () => {
		const { box } = await openSandbox();
		const { json } = await call('POST', `${box.url}/v3/payment-intents`, intentFields());
		await call('GET', json.url);
		await box.advance('2h');
		expect(box.order('ORD-0060').state).toBe('pending');
		await box.settle('ORD-0060', 'failed');
		expect(box.order('ORD-0060').state).toBe('expired');
	});

	test('that failed once still runs out, and one that is paid does not', async () => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/payment-intents`;
		for (const order_number of ['ORD-1', 'ORD-2'])
			await call('POST', url, intentFields({ order_number }));
		await box.settle('ORD-1', 'failed');
		await box.settle('ORD-2', 'success');
		const { json: paid } = await call('GET', `${box.url}/_callsim/orders/ORD-2`);
		expect(paid.next).toEqual([]);
		await box.advance('61m');
		expect(['ORD-1', 'ORD-2'].map((one) => box.order(one).state)).toEqual(['expired', 'paid']);
	});

	test('with one key is made once, though fifty ask at the same time', async () => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/payment-intents`;
		const key = { 'idempotency-key': 'cart-7' };
		const all = await Promise.all(
			Array.from({ length: 50 }, () => call('POST', url, intentFields(), key)),
		);
		expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
		expect(new Set(all.map(({ json }) => json.id)).size).toBe(1);
		expect(box.orders()).toHaveLength(1);
		const other = await call('POST', url, intentFields({ amount: '61.00' }), key);
		expect(other.status).toBe(422);
		const elsewhere = await call('POST', url, intentFields({ portal_key: 'b'.repeat(32) }), key);
		expect(elsewhere.json.id).not.toBe(all[0]?.json.id);
		expect(
			(await call('POST', url, intentFields(), { 'idempotency-key': 'x'.repeat(256) })).status,
		).toBe(422);
		await box.advance('1d');
		expect((await call('POST', url, intentFields(), key)).json.id).not.toBe(all[0]?.json.id);
	});

	test('with a key is answered 409 while the first request with it runs', async () => {
		const { box } = await openSandbox({ outcome: 'success' });
		const url = `${box.url}/v3/payment-intents`;
		const key = { 'idempotency-key': 'k' };
		const statuses: number[] = [];
		const fields = (shop: string) => intentFields({ callback_url: shop });
		// The shop asks again before it has answered the callback that came before its answer.
		const { url: shop } = await serve(async (_, response) => {
			statuses.push((await call('POST', url, fields(shop), key)).status);
			response.end('OK');
		});
		const first = await call('POST', url, fields(shop), key);
		expect([first.status, statuses]).toEqual([200, [409, 409]]);
		expect((await call('POST', url, fields(shop), key)).json).toEqual(first.json);
	});

	test('without a delay is called back before it is answered', async () => {
		const { box, shop, seen } = await openSandbox({ outcome: 'success' });
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ callback_url: shop }));
		expect(seen.map((one) => formOf(one)['record_type'])).toEqual([
			'pre_transaction',
			'transaction',
		]);
	});

	test('of a test bank that fails, fails by itself after the delay', async () => {
		const { box, shop, seen } = await openSandbox({ outcome: 'failed', delayMs: 2_000 });
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ callback_url: shop }));
		expect(seen).toEqual([]);
		await box.advance('1s');
		expect(seen).toEqual([]);
		await box.advance('1s');
		expect(seen.map((one) => formOf(one)['status'])).toEqual([undefined, '2']);
	});

	test('is redelivered on the documented schedule, with the same bytes every time', async () => {
		const { box, shop, seen } = await openSandbox({}, [200, 500]);
		await call('POST', `${box.url}/v3/payment-intents`, intentFields({ callback_url: shop }));
		await box.settle('ORD-0060', 'success');
		await box.advance('1h');
		const [delivery] = box.deliveries('ORD-0060').slice(-1);
		expect(delivery).toMatchObject({ why: 'gave-up', event: 'bayarcash/transaction-success' });
		expect(delivery?.attempts.map(({ offsetMs }) => offsetMs)).toEqual(
			[0, 1, 2, 3, 4].map((count) => count * 300_000),
		);
		expect(seen).toHaveLength(6);
		expect(new Set(seen.slice(1).map(({ body }) => body.toString())).size).toBe(1);
	});

	test('is not called back outside this machine unless that is allowed', async () => {
		const { box } = await openSandbox();
		const fields = intentFields({ callback_url: 'http://192.0.2.1/cb' });
		await call('POST', `${box.url}/v3/payment-intents`, fields);
		await box.settle('ORD-0060', 'success');
		expect(box.deliveries().map(({ why, attempts }) => [why, attempts])).toEqual([
			['refused-target', []],
			['refused-target', []],
		]);
	});
});

describe('a DuitNow QR', () => {
	test('comes with the intent, is polled, and is the same one while it lives', async () => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/payment-intents`;
		const created = await call(
			'POST',
			url,
			intentFields({ payment_channel: 6, generate_qr: true }),
		);
		expect(created.status).toBe(201);
		const qr = created.json.duitnow_qr;
		expect(qr).toMatchObject({ next_poll_after_ms: 2000, amount: 60, qr_image: null });
		const poll = await call('GET', qr.poll_url);
		expect(poll.json).toMatchObject({ is_terminal: false, qr_expired: false, status: 0 });
		const same = await call('POST', `${url}/${created.json.id}/duitnow-qr`);
		expect([same.status, same.json.transaction_id]).toEqual([200, qr.transaction_id]);
		await box.advance('6m');
		expect((await call('GET', qr.poll_url)).json.qr_expired).toBe(true);
		const fresh = await call('POST', `${url}/${created.json.id}/duitnow-qr`);
		expect(fresh.status).toBe(201);
		await box.settle('ORD-0060', 'success');
		expect((await call('GET', fresh.json.poll_url)).json).toMatchObject({
			is_terminal: true,
			status: 3,
			next_poll_after_ms: null,
		});
		expect((await call('POST', `${url}/${created.json.id}/duitnow-qr`)).status).toBe(403);
	});

	test('is refused for a channel that has none, and its status thirty times a minute is enough', async () => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/payment-intents`;
		const refused = await call('POST', url, intentFields({ generate_qr: true }));
		expect(refused.status).toBe(422);
		const { json } = await call(
			'POST',
			url,
			intentFields({ payment_channel: 6, generate_qr: '1' }),
		);
		const polls = await Promise.all(
			Array.from({ length: 31 }, () => call('GET', json.duitnow_qr.poll_url)),
		);
		expect(polls.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
		await box.advance('1m');
		expect((await call('GET', json.duitnow_qr.poll_url)).status).toBe(200);
	});
});

describe('tables and addresses', () => {
	test('banks are a bare list with hashed codes, portals a list with their channels', async () => {
		const { box } = await openSandbox();
		const banks = await call('GET', `${box.url}/api/v2/banks`);
		expect(banks.json[0]).toEqual({
			bank_display_name: 'SBI Bank A',
			bank_name: 'SBI Bank A',
			bank_code: 'TEST0021',
			bank_code_hashed: '84021f0cae691eeaf413bb214b13f2d3',
			bank_availability: true,
		});
		await call('POST', `${box.url}/v3/payment-intents`, intentFields());
		const portals = await call('GET', `${box.url}/v3/portals`);
		expect(portals.json.data).toHaveLength(1);
		expect(portals.json.data[0]).toMatchObject({ portal_key: intentFields().portal_key });
		expect(portals.json.meta.merchant.name).toBe('Sim Sdn. Bhd.');
	});

	test('a portal is created, read, changed and deleted', async () => {
		const { box } = await openSandbox();
		const url = `${box.url}/v3/portals`;
		const made = await call('POST', url, {
			portal_name: 'Kedai',
			website_url: 'https://kedai.test',
		});
		expect([made.status, made.json.portal_name]).toEqual([201, 'Kedai']);
		const one = `${url}/${made.json.id}`;
		const { merchant: _, ...portal } = made.json;
		expect((await call('GET', one)).json).toEqual(portal);
		const changed = await call('PUT', one, { portal_name: 'Kedai Baru', id: 1 });
		expect(changed.json).toEqual({ ...portal, portal_name: 'Kedai Baru' });
		const names = async () =>
			(await call('GET', url)).json.data.map((each: { portal_name: string }) => each.portal_name);
		expect(await names()).toEqual(['Portal Sim', 'Kedai Baru']);
		expect((await call('DELETE', one)).json).toEqual({ success: true });
		expect(await names()).toEqual(['Portal Sim']);
		const gone = await Promise.all([call('GET', one), call('PUT', one, {}), call('DELETE', one)]);
		expect(gone.map(({ status }) => status)).toEqual([404, 404, 404]);
	});

	test('a portal that is named anew has that name in payments as well', async () => {
		const { box } = await openSandbox();
		await call('POST', `${box.url}/v3/payment-intents`, intentFields());
		await box.settle('ORD-0060', 'success');
		const [{ id }] = (await call('GET', `${box.url}/v3/portals`)).json.data;
		await call('PUT', `${box.url}/v3/portals/${id}`, { portal_name: 'Kedai Baru' });
		const { json } = await call('GET', `${box.url}/v3/transactions`);
		expect(json.data).toMatchObject([
			{ portal: 'Kedai Baru', merchant: { name: 'Sim Sdn. Bhd.' } },
		]);
	});

	test.each([
		['POST', '/v3/payment-intent', 'POST /v3/payment-intents'],
		['GET', '/v3/fpx/banks', 'GET /v3/banks'],
		['GET', '/api/v2/transactions/order/7', 'GET /v3/transactions?order_number='],
		['POST', '/v3/refunds', 'no refund API'],
		['POST', '/transactions/add', 'POST /v3/payment-intents (this was v1)'],
		['GET', '/api/transactions?RefNo=7', 'exchange_reference_number='],
		['GET', '/v3/bankz', '/v3/banks'],
	])('%s %s is answered 404 with the right one', async (method, path, right) => {
		const { box } = await openSandbox();
		const answer = await call(method, `${box.url}${path}`);
		expect(answer.status).toBe(404);
		expect(answer.json.message).toContain(right);
	});

	test('a method that is none of the address says which are, and an odd slash does no harm', async () => {
		const { box } = await openSandbox();
		const answer = await call('PUT', `${box.url}/v3/payment-intents/pi_1`);
		expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, DELETE']);
		expect((await call('GET', `${box.url}//v3//banks/`)).status).toBe(200);
	});
});
