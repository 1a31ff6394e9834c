import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../support/long.ts';
import { call } from '../support/open-sandbox.ts';
import {
	apiSecret,
	key,
	localTransfer,
	openTransfez,
	transferAbroad,
} from '../support/open-transfez.ts';

const unauthorized = { errors: [{ code: '1000401', message: 'Unauthorized' }] };
const beneficiary = (more: Readonly<Record<string, unknown>>) => ({
	beneficiary: { ...localTransfer().beneficiary, ...more },
});
const destination = (amount: unknown) => ({
	destination: { amount, currency: 'IDR', country_iso_code: 'IDN' },
});

describe('logging in', () => {
	test('hands out the key that every call then carries', async () => {
		const { api } = await openTransfez();
		const login = { email: 'shop@example.com', password: 'anything' };
		const { json } = await api('POST', '/authenticate', login, { authorization: '' });
		expect(json).toEqual({
			status: 200,
			data: { auth_token: expect.stringMatching(/^[0-9a-f]{40}$/), api_key: key },
		});
		const headers = { authorization: json.data.api_key };
		expect((await api('GET', '/my_balances', undefined, headers)).status).toBe(200);
	});

	test.each([
		['a wrong password', { email: 'shop@example.com', password: 'wrong' }],
		['no password', { email: 'shop@example.com' }],
		['nothing', {}],
	])('with %s is answered as the documentation has it', async (_, login) => {
		const { api } = await openTransfez();
		const { status, json } = await api('POST', '/authenticate', login);
		expect([status, json]).toEqual([500, { status: 500, error: 'internal server error' }]);
	});

	test("hands out a user's own key for its secret alone", async () => {
		const own = { 'transfez.api_key': 'own-key', 'transfez.api_secret': 'own-secret' };
		const { box, api } = await openTransfez({ credentials: own });
		const login = (password: string) =>
			api('POST', '/authenticate', { email: 'shop@example.com', password });
		const guessed = await login('anything');
		expect(guessed.status).toBe(500);
		expect(JSON.stringify(guessed.json)).not.toContain('own-key');
		expect((await login('own-secret')).json.data.api_key).toBe('own-key');
		const headers = { authorization: 'own-key' };
		expect((await api('GET', '/my_account', undefined, headers)).status).toBe(200);
		expect((await api('GET', '/my_account')).json).toEqual(unauthorized);
		expect(box.calls().at(-1)?.notes.join()).toContain('another API key');
	});

	test('is not needed to ask whether it is there', async () => {
		const { box } = await openTransfez();
		for (const path of ['/api/v1/ping', '/ping', '/transfez/api/v1/ping']) {
			const { status, json } = await call('GET', `${box.url}${path}`);
			expect([status, json]).toEqual([200, { status: 'up' }]);
		}
	});
});

describe('a call', () => {
	test.each([
		['no key', '', 'there is no Authorization header'],
		['a key that is another', 'nobody', 'another API key'],
		['a word before the key', `Bearer ${key}`, 'without the word Bearer'],
		['Basic of something else', `Basic ${btoa('a:b')}`, 'not made of API key and API secret'],
	])('with %s is answered 401, and told why', async (_, authorization, why) => {
		const { box, api } = await openTransfez();
		for (const [method, path] of [
			['POST', '/transactions'],
			['GET', '/transactions'],
			['GET', '/transactions/1'],
			['POST', '/transactions/1/confirm'],
			['GET', '/my_balances'],
			['GET', '/payers'],
			['GET', '/payers/4'],
			['GET', '/validation_bank_account'],
			['GET', '/source_of_funds'],
			['GET', '/rates/CNY/IDR'],
		] as const) {
			const answer = await api(method, path, undefined, { authorization });
			expect([path, answer.status, answer.json]).toEqual([path, 401, unauthorized]);
		}
		expect(box.calls().every(({ notes }) => notes.join().includes(why))).toBe(true);
	});

	test('with the token of the log-in in place of the key is told so', async () => {
		const { box, api } = await openTransfez();
		const { json } = await api('POST', '/authenticate', { email: 'e', password: 'p' });
		const headers = { authorization: json.data.auth_token };
		expect((await api('GET', '/my_account', undefined, headers)).status).toBe(401);
		expect(box.calls().at(-1)?.notes.join()).toContain('it takes its api_key');
	});

	test('with Basic of key and secret is taken, as the page says', async () => {
		const { api } = await openTransfez();
		const headers = { authorization: `Basic ${btoa(`${key}:${apiSecret}`)}` };
		expect((await api('GET', '/my_account', undefined, headers)).status).toBe(200);
	});
});

describe('creating', () => {
	test.each([
		['no reference', { reference_id: '' }, "reference_id can't be blank"],
		['no payer', { payer_id: null }, 'Payer must exist'],
		['an unknown payer', { payer_id: 999 }, 'payer_id not found'],
		['a mode that is none', { mode: 'BOTH' }, 'mode is not included in the list'],
		['no sender', { sender: 'John' }, 'sender firstname required'],
		['no beneficiary', { beneficiary: null }, 'beneficiary firstname and account required'],
		[
			'a beneficiary without a name',
			beneficiary({ firstname: '' }),
			'beneficiary firstname and account required',
		],
		[
			'a beneficiary without an account',
			beneficiary({ account: '' }),
			"Beneficiary account can't be blank, Beneficiary account is too short (minimum is 6 characters), and Beneficiary account is not a number",
		],
		[
			'an account of five',
			beneficiary({ account: '12345' }),
			'Beneficiary account is too short (minimum is 6 characters)',
		],
		[
			'an account of 21',
			beneficiary({ account: '1'.repeat(21) }),
			'Beneficiary account is too long (maximum is 20 characters)',
		],
		[
			'an account of 21 letters',
			beneficiary({ account: 'A'.repeat(21) }),
			'Beneficiary account is too long (maximum is 20 characters) and Beneficiary account is not a number',
		],
		[
			'an account of letters',
			beneficiary({ account: 'ABCDEFGH' }),
			'Beneficiary account is not a number',
		],
		['no source', { source: {} }, 'source currency and country_iso_code required'],
		[
			'no destination currency',
			{ destination: { amount: '20000' } },
			'destination currency required',
		],
		['no amount', destination(null), 'Amount is not a number'],
		['an amount in words', destination('a lot'), 'Amount is not a number'],
		['an amount of the other side', { mode: 'SOURCE' }, 'Amount is not a number'],
		['too little', destination('9999.99'), 'Minimum amount limit not reached'],
		['less than nothing', destination('-20000'), 'Minimum amount limit not reached'],
		['too much', destination('50000000.01'), 'Maximum amount limit exceeded'],
		['far too much', destination('9'.repeat(400)), 'Maximum amount limit exceeded'],
		[
			'a currency without a rate',
			{ destination: { amount: '20000', currency: 'XAU' } },
			'Destination currency not provided by payer',
		],
		[
			'somebody who is denied',
			beneficiary({ firstname: 'Compliance', lastname: 'Denied' }),
			'Beneficiary name/account number denied compliance',
		],
		['long notes', { notes: 'x'.repeat(91) }, 'notes is too long (maximum is 90 characters)'],
	])('with %s is refused in the documented words', async (_, more, text) => {
		const { box, api } = await openTransfez();
		const { status, json } = await api('POST', '/transactions', localTransfer(more));
		expect(status).toBe(422);
		expect(json.errors.map(({ message }: { message: string }) => message)).toEqual([text]);
		expect(box.calls()[0]?.notes).toContain(text);
		expect(box.orders()).toEqual([]);
		const other = await openTransfez({ variant: ['validation-errors'] });
		const again = await other.api('POST', '/transactions', localTransfer(more));
		expect([again.status, again.json]).toEqual([
			422,
			{
				status: 422,
				data: { error_message: 'An error occured when doing account validation', errors: text },
			},
		]);
	});

	test('for another country needs its compliance', async () => {
		const { api } = await openTransfez();
		const sent = transferAbroad({ compliance: { source_of_funds: 'CASH' } });
		const { status, json } = await api('POST', '/transactions', sent);
		expect([status, json.errors.length]).toEqual([422, 1]);
		expect(json.errors[0].message).toContain('purpose_of_remittance required');
	});

	test('with a body that cannot be read is answered 400', async () => {
		const { box, api } = await openTransfez();
		const form = new URLSearchParams('mode');
		expect((await api('POST', '/transactions', form)).status).toBe(422);
		const answer = await fetch(`${box.url}/api/v1/transactions`, {
			method: 'POST',
			headers: { authorization: key, 'content-type': 'application/json' },
			body: '{"reference_id":',
		});
		expect(answer.status).toBe(400);
		expect(box.calls()[1]?.notes.join()).toContain('the body is no JSON');
	});

	test('takes a reference once, though fifty ask at the same time', async () => {
		const { box, api } = await openTransfez();
		const all = await Promise.all(
			Array.from({ length: 50 }, () => api('POST', '/transactions', localTransfer())),
		);
		const refused = all.filter(({ status }) => status === 422);
		expect(refused).toHaveLength(49);
		expect(refused[0]?.json.errors).toEqual([
			{ code: expect.any(String), message: 'reference_id has already been taken' },
		]);
		expect(box.orders()).toHaveLength(1);
	});

	test('answers state_id null as the sample has it, or 1 as the table', async () => {
		for (const [variant, id] of [
			[[], null],
			[['numbered-created'], 1],
		] as const) {
			const { api } = await openTransfez({ variant });
			const { json } = await api('POST', '/transactions', localTransfer());
			expect(json.data.state_id).toBe(id);
			expect((await api('GET', '/transactions/6248')).json.data.state_id).toBe(1);
		}
	});

	test('with an account that is a number is taken, and told', async () => {
		const { box, api } = await openTransfez();
		const { json } = await api(
			'POST',
			'/transactions',
			localTransfer(beneficiary({ account: 123456 })),
		);
		expect(json.data.beneficiary.account).toBe('123456');
		expect(box.calls()[0]?.notes.join()).toContain('zeros in front are lost');
	});

	test('with anything at all is answered, and nothing breaks', async () => {
		const { box, api } = await openTransfez();
		let made = 0;
		const fields = ['reference_id', 'callback_url', 'payer_id', 'mode', 'sender', 'source'];
		const names = fc.constantFrom(...fields, 'destination', 'beneficiary', 'compliance', 'notes');
		const inner = fc.constantFrom(
			'firstname',
			'lastname',
			'amount',
			'currency',
			'account',
			'__proto__',
		);
		const plain = fc.oneof(
			fc.jsonValue({ maxDepth: 2 }),
			fc.constantFrom('http://', 'ftp://x', 'http://[', 1e300, -0),
		);
		const value = fc.oneof(plain, fc.dictionary(inner, plain));
		await fc.assert(
			fc.asyncProperty(fc.dictionary(names, value), async (odd) => {
				const sent = { ...localTransfer({ reference_id: `F-${made++}` }), ...odd };
				const { status, json } = await api('POST', '/transactions', sent);
				expect([200, 422]).toContain(status);
				if (status === 200) await api('POST', `/transactions/${json.data.id}/confirm`);
				// What went wrong behind an answer would be thrown here.
				expect(box.calls().length).toBeGreaterThan(0);
			}),
			runs(150),
		);
	});

	test('keeps what is written: zeros in front, long numbers, what else a sender has', async () => {
		const { api } = await openTransfez();
		const sent = localTransfer({
			reference_id: '007/é',
			notes: 'Uang sewa "rumah"',
			sender: { firstname: 'John', date_of_birth: '24-07-1997' },
			...beneficiary({ account: '00010000' }),
		});
		await api('POST', '/transactions', sent);
		const { json } = await api('GET', `/transactions/${encodeURIComponent('007/é')}`);
		expect(json.data).toMatchObject({
			reference_id: '007/é',
			notes: 'Uang sewa "rumah"',
			sender: { firstname: 'John', date_of_birth: '24-07-1997' },
			beneficiary: { account: '00010000' },
		});
	});
});

describe('confirming', () => {
	test('takes amount and fee from the balance, and gives both back when it is cancelled', async () => {
		const { box, api } = await openTransfez();
		const balance = async () => (await api('GET', '/my_balances')).json.data.balances[0].balance;
		const start = await balance();
		await api('POST', '/transactions', localTransfer());
		expect(await balance()).toBe(start);
		await api('POST', '/transactions/6248/confirm');
		expect(await balance()).toBe(start - 22_500);
		expect(box.balances()[0]?.balance).toBe(String(start - 22_500));
		await api('POST', '/transactions/6248/cancel');
		expect(await balance()).toBe(start);
	});

	test('without the money is refused, and possible once it is there', async () => {
		const { box, api } = await openTransfez();
		box.setBalance('transfez', 22_499);
		await api('POST', '/transactions', localTransfer());
		const refused = await api('POST', '/transactions/6248/confirm');
		expect([refused.status, refused.json.errors[0].message]).toEqual([
			422,
			'Insufficient amount Balance',
		]);
		expect(box.calls().at(-1)?.notes).toContain('it costs IDR 22500, there are 22499');
		expect(box.order('6248').state).toBe('created');
		box.setBalance('transfez', '22500.00');
		expect((await api('POST', '/transactions/6248/confirm')).status).toBe(200);
		expect(box.balances()[0]?.balance).toBe('0');
		expect(() => box.setBalance('transfez', 'much')).toThrow('no amount of whole rupiah');
	});

	test('of two that the balance has not enough for, takes one, though both ask at once', async () => {
		const { box, api } = await openTransfez();
		box.setBalance('transfez', 30_000);
		for (const reference_id of ['A', 'B'])
			await api('POST', '/transactions', localTransfer({ reference_id }));
		const both = await Promise.all(
			['A', 'B'].map((reference) => api('POST', `/transactions/${reference}/confirm_by_ref_id`)),
		);
		expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
	});

	test.each([
		['/transactions/6248/confirm'],
		['/transactions/LOCAL-TRX-REFERENCE-001/confirm_by_ref_id'],
		['/transactions/LOCAL-TRX-REFERENCE-001/submit'],
	])('at %s is possible once', async (path) => {
		const { api } = await openTransfez();
		await api('POST', '/transactions', localTransfer());
		expect((await api('POST', path)).json.data.state).toBe('confirmed');
		const again = await api('POST', path);
		expect([again.status, again.json.errors[0]]).toEqual([
			422,
			{ code: '1007002', message: 'Transaction has already been confirmed' },
		]);
	});

	test('is too late when it is cancelled, and cancelling when it is submitted', async () => {
		const { box, api } = await openTransfez();
		await api('POST', '/transactions', localTransfer());
		await api('POST', '/transactions/6248/cancel');
		const { json } = await api('POST', '/transactions/6248/confirm');
		expect(json.errors[0].message).toBe('Transaction can not be confirmed');
		await api('POST', '/transactions', localTransfer({ reference_id: 'B' }));
		await box.settle('B', 'submitted');
		const late = await api('POST', '/transactions/6249/cancel');
		expect([late.status, late.json.errors[0].message]).toEqual([
			422,
			'Transaction can not be canceled',
		]);
	});

	test('of a transfer that nobody made is answered 404', async () => {
		const { api } = await openTransfez();
		for (const [method, path] of [
			['GET', '/transactions/1'],
			['POST', '/transactions/1/confirm'],
			['POST', '/transactions/1/cancel'],
			['POST', '/transactions/none/confirm_by_ref_id'],
			['GET', '/payers/1000'],
			['GET', '/rates/XAU/IDR'],
		] as const) {
			const { status, json } = await api(method, path);
			expect([path, status, json]).toEqual([
				path,
				404,
				{ errors: [{ code: '1000404', message: 'Resource not found' }] },
			]);
		}
	});
});

describe('account validation', () => {
	const at = (bank: string, account: string) =>
		`/validation_bank_account?bank_name=${bank}&account_number=${account}`;

	test.each([
		['mandiri', '1111222233333', 'Mandiri Simulator A'],
		['mandiri', '2222333344444', 'Mandiri Simulator B'],
		['permata', '4111111111', 'Permata Simulator A'],
		['danamon', '111112222222', 'Danamon Simulator A'],
		['danamon', '000001111111', 'Danamon Simulator B'],
		['danamon', '000002222222', 'Danamon Simulator C'],
		['bni', '00010000', 'BNI Simulator A'],
		['BRI', '111112222233333', 'BRI Simulator A'],
		['bca', '0011223344', 'BCA Simulator A'],
		['cimb', '222233334444', 'CIMB Simulator A'],
		['cimb', '333344445555', 'CIMB Simulator B'],
		['danamon', '000001137298', 'Danamon Simulator A'],
		['bca', '0611101146', 'BCA Simulator A'],
		['bca', '9990002', 'Declined 2'],
	])(
		'knows %s %s as %s, where the page has it and where clients read it',
		async (bank, no, name) => {
			const { api } = await openTransfez();
			const { status, json } = await api('GET', at(bank, no));
			const found = { account_no: no, bank_name: bank, account_name: name };
			expect([status, json]).toEqual([200, { status: 200, message: found, data: found }]);
		},
	);

	test.each([
		['', '00010000', "Bank can't be blank"],
		['nobank', '00010000', 'Bank is not included in the list'],
		['bni', '', "Account can't be blank, is too short (minimum is 6 characters), is not a number"],
		['bni', '12345', 'Account is too short (minimum is 6 characters)'],
		['bni', '1'.repeat(21), 'Account is too long (maximum is 20 characters)'],
		['bni', '10000', 'Account is too short (minimum is 6 characters)'],
		['bni', '0010000', 'Account does not exist'],
		['bca', '00010000', 'Account does not exist'],
	])('refuses %s %s: %s', async (bank, account, errors) => {
		const { api } = await openTransfez();
		const { status, json } = await api('GET', at(bank, account));
		expect([status, json]).toEqual([
			422,
			{
				status: 422,
				data: { error_message: 'An error occured when doing account validation', errors },
			},
		]);
	});

	test('knows every account where that is asked for', async () => {
		const { api } = await openTransfez({ variant: ['any-account'] });
		const { json } = await api('GET', at('bca', '1172993826'));
		expect(json.data.account_name).toBe('Account 1172993826');
		expect((await api('GET', at('nobank', '1172993826'))).status).toBe(422);
	});
});

describe('tables and addresses', () => {
	test('payers are banks and countries, with limits as decimals', async () => {
		const { box, api } = await openTransfez();
		const { json } = await api('GET', '/payers');
		expect(json.data).toHaveLength(151);
		expect(json.data.find(({ id }: { id: number }) => id === 154)).toMatchObject({
			name: 'bsi',
			full_name: 'PT. BANK SYARIAH INDONESIA, TBK.',
			precision: '2',
			country_iso_code: 'IDN',
			currency: 'IDR',
			minimum_amount: 10000,
			maximum_amount: 50000000,
		});
		const headers = { authorization: key };
		const text = await (await fetch(`${box.url}/api/v1/payers/4`, { headers })).text();
		expect(text).toContain('"minimum_amount":10000.0,');
		const countries = await api('GET', '/payers/cbse?page=1&per_page=10000');
		expect(countries.json).toMatchObject({ page: 1, per_page: 10000, total_page: 1 });
		expect(countries.json.data[0]).toEqual({
			id: 157,
			name: 'USA',
			full_name: null,
			precision: '2',
			country_iso_code: 'USA',
			currency: 'USD',
			minimum_amount: 30,
			maximum_amount: 25000,
		});
		expect((await api('GET', '/payers/161/banks')).json.data).toEqual([
			{
				id: 1086,
				name: 'All Banks GBR / GBP / Payment System: SEPA',
				country_iso_3: 'GBR',
				additional_required_fields: '',
			},
		]);
		const { data } = (await api('GET', '/payers/161/attribute')).json;
		expect([data.currency, data.attr.recipient.personal.bank[0]]).toEqual(['GBP', 'bank_id']);
	});

	test('a list has pages, told in its headers and beside it', async () => {
		const { api } = await openTransfez();
		for (let at = 1; at <= 3; at++)
			await api('POST', '/transactions', localTransfer({ reference_id: `T-${at}` }));
		const { headers, json } = await api('GET', '/transactions?page=2&per_page=2');
		expect([json.page, json.per_page, json.total_page]).toEqual([2, 2, 2]);
		expect(json.data.map((one: { reference_id: string }) => one.reference_id)).toEqual(['T-1']);
		expect(
			['x-total', 'x-total-pages', 'x-per-page', 'x-page'].map((name) => headers.get(name)),
		).toEqual(['3', '2', '2', '2']);
		const usual = await api('GET', '/transactions?per_page=1000&page=nine');
		expect([usual.json.page, usual.json.per_page]).toEqual([1, 100]);
		expect((await api('GET', '/transactions')).json.per_page).toBe(50);
	});

	test('the account, the balance, enumerations and rates are those of the samples', async () => {
		const { api } = await openTransfez();
		const { json: balances } = await api('GET', '/my_balance');
		expect(balances).toMatchObject({ message: 'Succesfully get my balances', data: { total: 1 } });
		const { json: account } = await api('GET', '/my_account');
		expect(account.user).toMatchObject({ id: 7, partner_id: 6, balances: balances.data.balances });
		const { json: funds } = await api('GET', '/source_of_funds');
		expect(funds.data.source_of_funds[0]).toMatchObject({ code: 'SALARY_INCOME' });
		for (const name of ['beneficiary_relationships', 'purpose_of_remittances'])
			expect((await api('GET', `/${name}`)).json.data[name].length).toBeGreaterThan(10);
		const { json: rate } = await api('GET', '/rates/CNY/IDR');
		expect(rate.data).toMatchObject({ rate: '2200.0', obj_rate: { kurs: '2200.0' } });
		expect((await api('GET', '/rates/GBP/EUR')).json.data.rate).toBe('1.09');
		expect((await api('GET', '/countries')).json[0]).toMatchObject({ iso: 'IDN' });
		expect((await api('GET', '/services')).json[0].name).toBe('BankAccount');
	});

	test.each([
		['POST', '/transactions', '/api/v1/transactions'],
		['POST', '/v1/transactions', '/api/v1/transactions'],
		['POST', '/transfez/transactions', '/api/v1/transactions'],
		['POST', '/jack/transactions', 'POST /api/v1/transactions'],
		['POST', '/api/v1/api/v1/transactions', 'it is /api/v1/transactions: the base address'],
		['GET', '/jack/validation_bank_account?bank_name=bni', '/api/v1/validation_bank_account'],
		['POST', '/v2/money-transfer/quotations', 'that is Thunes'],
		['POST', '/api/v1/va_numbers', 'not simulated'],
		['GET', '/api/v1/payer', '/api/v1/payers'],
	])('%s %s is answered 404 with the right one', async (method, path, right) => {
		const { box } = await openTransfez();
		const { status, json } = await call(method, `${box.url}${path}`);
		expect(status).toBe(404);
		expect(json.message).toContain(right);
	});

	test('everything is below /transfez, too, whatever else is open', async () => {
		const { box } = await openTransfez({ providers: [] });
		const headers = { authorization: key };
		const { json } = await call('GET', `${box.url}/transfez/api/v1/payers/154`, undefined, headers);
		expect(json.data.name).toBe('bsi');
	});
});
