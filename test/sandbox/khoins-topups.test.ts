import { describe, expect, test } from 'vitest';
import { get, member, openKhoins, resultOf } from '../support/khoins-shop.ts';
import { call } from '../support/open-sandbox.ts';

const now = '2024-09-22T15:51:30+07:00';
const qris = { method: 'QRIS', amount: '10000', description: 'saya mau topup' };
const last = (seen: readonly { body: Buffer }[]) => seen.at(-1)?.body.toString() ?? '';

describe('a ticket of KHOINS', () => {
	test('asks for a unique amount until a time, and grows the deposit by it', async () => {
		const { box, seen } = await openKhoins({ now });
		const { json } = await get(`${box.url}/ticket`, { amount: '10000' });
		const [, unique = ''] = /Rp\. (10\.\d{3}) /.exec(json.message) ?? [];
		expect(json).toEqual({
			memberid: 'demo01',
			amount: '10000',
			status: 'Pending',
			message: `Tiket Member demo01 dengan jumlah 10.000 PENDING. ket: Silahkan transfer Rp. ${unique} sebelum 2024-09-23 15:51:30 ke : BCA 1234567890 a/n CONTOH SANDBOX`,
		});
		const amount = unique.replace('.', '');
		expect(Number(amount)).toBeGreaterThan(10_000);
		await box.settle('demo01', 'success');
		const saldo = `1.0${amount.slice(0, 2)}.${amount.slice(2)}`;
		expect(last(seen)).toBe(
			String.raw`{"memberid":"demo01","amount":"${amount}","message":"{\"memberid\":\"demo01\",\"amount\":${amount},\"status\":\"Success\",\"message\":\"Tiket Member demo01 dengan jumlah ${unique} SUKSES. Saldo: ${saldo}#@22/09 15:51:30\"}"}`,
		);
		expect(box.balances()[0]?.balance).toBe(String(1_000_000 + Number(amount)));
	});

	test('that nobody pays expires after a day, once', async () => {
		const { box, seen } = await openKhoins();
		await get(`${box.url}/ticket`, { amount: '10000' });
		await box.advance('3d');
		const [{ amount, message } = { amount: '', message: undefined }] = seen.map(resultOf);
		expect(message).toMatchObject({ status: 'Expired', amount: Number(amount) });
		expect(message?.message).toMatch(
			/^Tiket Member demo01 dengan jumlah 10\.\d{3} Expired\. ket: Ticket expired$/,
		);
		expect([seen.length, box.balances()[0]?.balance]).toEqual([1, '1000000']);
	});

	test.each([
		['failed', 'Gagal', /^Tiket .* GAGAL\. ket: Transfer tidak ditemukan$/],
		['cancelled', 'Expired', /^Tiket .* Expired\. ket: Ticket expired$/],
	])('may end %s', async (outcome, state, text) => {
		const { box, seen } = await openKhoins({ outcome });
		await get(`${box.url}/ticket`, { amount: '10000' });
		expect(box.order('demo01').state).toBe(state);
		expect(resultOf(seen[0] as never).message).toMatchObject({
			status: state,
			message: expect.stringMatching(text),
		});
	});

	test('has an amount that no other open one has', async () => {
		const { box } = await openKhoins({ seed: 7, now });
		for (let left = 300; left > 0; left--) await get(`${box.url}/ticket`, { amount: '10000' });
		const amounts = box.orders().map(({ amount }) => Number(amount));
		expect(new Set(amounts).size).toBe(300);
		expect([Math.min(...amounts) > 10_000, Math.max(...amounts) < 11_000]).toEqual([true, true]);
	});
});

describe('a top-up of KHOINS by payment gateway', () => {
	test('by virtual account costs the payer more, by QRIS brings the member less', async () => {
		const { box, seen } = await openKhoins({ now: '2025-08-29T10:30:12+07:00' });
		const at = `${box.url}/payment-gateway`;
		const va = await get(at, { ...qris, method: 'VA_BNI' });
		expect(va.json).toEqual({
			memberid: 'demo01',
			amount: '10000',
			status: 'Pending',
			message: 'Topup Payment Gateway Method VA_BNI Member demo01 dengan jumlah 10000 PENDING.',
			data: {
				amount: 10000,
				final_amount: 12500,
				admin: 2500,
				expired_at: '2025-08-30 10:30:12',
				payment_url: `${box.url}/_callsim/?order=payment-9`,
				data: expect.stringMatching(/^\d{16}$/),
			},
		});
		expect((await call('GET', va.json.data.payment_url)).status).toBe(200);
		box.setBalance('khoins', 4_956);
		await box.advance('124s');
		await box.settle('payment-9', 'success');
		expect(last(seen)).toBe(
			String.raw`{"memberid":"demo01","amount":10000,"message":"{\"memberid\":\"demo01\",\"amount\":10000,\"status\":\"Success\",\"message\":\"Topup Payment Gateway Method vabni Member demo01 dengan jumlah 10.000 SUKSES. Saldo: 14.956#@29/08 10:32:16\"}","trxid":9}`,
		);
		const code = await get(at, qris);
		expect(code.json.data).toMatchObject({ final_amount: 9930, admin: 69.99999999999999 });
		await box.settle('payment-10', 'success');
		expect(resultOf(seen[1] as never).trxid).toBe(10);
		expect(box.balances()[0]?.balance).toBe(String(14_956 + 9_930));
	});

	test.each([
		['cancelled', '0s'],
		['failed', '0s'],
		['expired', '0s'],
		['ask', '2d'],
	])('that ends %s is Dibatalkan, as its callback is documented', async (outcome, span) => {
		const { box, seen } = await openKhoins({ variant: ['page'] });
		await get(`${box.url}/payment-gateway`, qris);
		if (outcome !== 'ask') await box.settle('demo01', outcome);
		await box.advance(span);
		expect(seen.map(({ body }) => body.toString())).toEqual([
			String.raw`{"memberid":"demo01","amount":"10000","message":"{\"memberid\":\"demo01\",\"status\":\"Dibatalkan\",\"message\":\"Topup Payment Gateway Method QRIS_BI Member demo01 dengan jumlah 10.000 Dibatalkan. ket: Tiket Dibatalkan\"}"}`,
		]);
		expect(box.order('demo01').outcomes).toEqual([]);
	});

	test('has the methods of the docs, in their groups', async () => {
		const { box } = await openKhoins();
		const { json } = await get(`${box.url}/payment-gateway/method`, {});
		expect(json).toMatchObject({ memberid: 'demo01', status: 'Success' });
		expect(json.message).toBe('Payment Gateway SUKSES.');
		expect(Object.keys(json.data)).toEqual([
			'Finpay Code',
			'Virtual Account',
			'E-Money',
			'QRIS',
			'Kartu Kredit',
			'Paylater',
		]);
		expect(json.data['Virtual Account'][0]).toEqual({ label: 'BNI VA', method: 'VA_BNI' });
		expect(json.data.Paylater).toEqual([]);
	});

	test.each([
		['numbers', ['number', 'number']],
		['texts', ['string', 'string']],
		['page', ['string', 'number']],
	])('and a ticket tell their amounts as %s', async (variant, types) => {
		const { box, seen } = await openKhoins({ outcome: 'success', variant: [variant] });
		await get(`${box.url}/ticket`, { amount: '10000' });
		await get(`${box.url}/payment-gateway`, qris);
		expect(seen.map(resultOf).map(({ amount }) => typeof amount)).toEqual(types);
	});
});

describe('what is wrong with a request about money', () => {
	test.each([
		[
			'/balance',
			{ memberpin: '' },
			'Balance dengan Member demo01 GAGAL. ket: memberpin tidak boleh kosong',
		],
		[
			'/ticket',
			{ memberid: '', amount: '10000' },
			'Tiket Member  dengan jumlah 10.000 GAGAL. ket: memberid tidak boleh kosong',
		],
		[
			'/ticket',
			{ amount: '10.000' },
			'Tiket Member demo01 dengan jumlah 10.000 GAGAL. ket: amount tidak valid',
		],
		[
			'/payment-gateway',
			{ ...qris, description: '' },
			'Topup Payment Gateway Method QRIS Member demo01 dengan jumlah 10000 GAGAL. ket: description tidak boleh kosong',
		],
		[
			'/payment-gateway',
			{ ...qris, method: 'VA_MANDIRI' },
			'Topup Payment Gateway Method VA_MANDIRI Member demo01 dengan jumlah 10000 GAGAL. ket: method tidak ditemukan',
		],
		[
			'/payment-gateway/method',
			{ memberpass: '' },
			'Payment Gateway GAGAL. ket: memberpass tidak boleh kosong',
		],
	])('%s says so in its body and in the terminal', async (path, more, message) => {
		const { box } = await openKhoins();
		const all = new URLSearchParams({ ...member, ...more });
		const answer = await call('GET', `${box.url}${path}?${all}`);
		expect([answer.status, answer.json.status, answer.json.message]).toEqual([
			200,
			'Gagal',
			message,
		]);
		expect(box.calls()[0]?.notes).toHaveLength(1);
		expect(box.orders()).toEqual([]);
	});

	test('a balance that is refused has texts where numbers are expected', async () => {
		const { box } = await openKhoins();
		const { json } = await call('GET', `${box.url}/balance?memberid=demo01`);
		const { status: _, message: __, ...numbers } = json;
		expect(numbers).toEqual({
			balance: '',
			limit: '',
			commission: '',
			trx_count: '',
			in_progress: '',
			spent_today: '',
		});
	});

	test('a balance counts what is under way, and what succeeded today in Jakarta', async () => {
		const { box } = await openKhoins({ now: '2026-03-01T23:59:00+07:00' });
		const buy = (trxid: string) => get(box.url, { tujuan: '0896', trxid, kodeproduk: 'TH10' });
		for (const trxid of ['a', 'b', 'c', 'd']) await buy(trxid);
		await box.settle('a', 'success');
		await box.settle('b', 'failed');
		const { json } = await get(`${box.url}/balance`, {});
		expect(json).toEqual({
			status: 'Success',
			message:
				'Yth. MEMBER CONTOH, ID demo01. Saldo Rp. 968.350 Limit Rp. 0 Dlm proses 2 Pakai hari ini Rp. 10.550 Komisi Rp. 0 Jml TRX 1',
			balance: 968_350,
			limit: 0,
			commission: 0,
			trx_count: 1,
			in_progress: 2,
			spent_today: 10_550,
		});
		await box.advance('2m');
		await box.settle('c', 'success');
		const tomorrow = await get(`${box.url}/balance`, {});
		expect(tomorrow.json).toMatchObject({ trx_count: 1, in_progress: 1, spent_today: 10_550 });
	});

	test('a deposit is set in whole rupiah', async () => {
		const { box } = await openKhoins();
		for (const amount of ['10.50', 'much', '1e3', ''])
			expect(() => box.setBalance('khoins', amount)).toThrow('whole rupiah');
		box.setBalance('khoins', 50_000);
		expect((await get(`${box.url}/balance`, {})).json.balance).toBe(50_000);
	});
});

describe('products of KHOINS', () => {
	const ask = (url: string, more: object) =>
		call('POST', `${url}/api/product`, { ...member, ...more });

	test('are the rows of the docs', async () => {
		const { box } = await openKhoins();
		const { json } = await ask(box.url, { codes: ['BCAB'], providers: ['BANKB'] });
		expect(json).toEqual({
			status: 'Success',
			message: 'Sukses mengambil product',
			data: [
				{
					id: 256,
					code: 'BCAB',
					name: 'BCA Bifast',
					desc: '',
					postpaid: 2,
					is_inkaso: 0,
					is_facturer: 0,
					is_kyc: 0,
					is_promo: 0,
					point: 0,
					nominal: 1,
					free_denom: 1,
					minimum_qty: 1000,
					maximum_qty: 100000000,
					product_type: 'BANK',
					active: 1,
					price: 1000,
					fee: 1500,
					provider: {
						id: 21,
						code: 'BANKB',
						name: 'BANK BIFAST',
						problem: 0,
						empty: 0,
						destination_prefixes: '1,2,3,4,5,6,7,8,9,0',
						is_kyc: 0,
					},
					problem: 0,
					empty: 0,
					admin: 2500,
				},
			],
		});
	});

	test.each([
		[{ codes: ['TH50'] }, ['TH50']],
		[{ providers: ['BPJS'] }, ['BPJSKES', 'ASRBPJSTK']],
		[{ providers: ['TH'], codes: [] }, ['TH50', 'TH10']],
		[{ codes: ['TH50', 'PLT20'], providers: ['TH', 'PLT'] }, ['TH50', 'PLT20']],
		[{ codes: ['XL10'] }, []],
	])('are chosen by %j', async (more, codes) => {
		const { box } = await openKhoins();
		const { json } = await ask(box.url, more);
		expect([json.status, json.data.map(({ code }: { code: string }) => code)]).toEqual([
			'Success',
			codes,
		]);
	});

	test('are refused to whoever sends no PIN', async () => {
		const { box } = await openKhoins();
		const { json } = await ask(box.url, { memberpin: null });
		expect([json.status, json.data]).toEqual(['Gagal', []]);
	});
});
