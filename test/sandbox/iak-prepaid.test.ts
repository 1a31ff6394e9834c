import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sandbox } from 'callback-simulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dataOf, lastNote, openIak, sign, username } from '../support/iak-shop.ts';
import { call } from '../support/open-sandbox.ts';
import { serve } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const run = promisify(execFile);
const full = 100_000_000;

describe('a prepaid top-up', () => {
	test('is PROCESS at first, takes the deposit, is called back with its own data and told the same', async () => {
		const { box, seen, buy, status, deposit } = await openIak();
		const { status: code, json } = await buy('order001');
		expect(code).toBe(200);
		const { tr_id } = json.data;
		expect(json).toEqual({
			data: {
				ref_id: 'order001',
				status: 0,
				product_code: 'xld25000',
				customer_id: '0817777215',
				price: 25100,
				message: 'PROCESS',
				balance: full - 25100,
				tr_id,
				rc: '39',
			},
		});
		expect(Number.isInteger(tr_id)).toBe(true);
		expect(await deposit()).toBe(full - 25100);
		expect(seen).toHaveLength(0);
		await box.settle('order001', 'success');
		expect(seen).toHaveLength(1);
		expect(seen[0]?.headers['content-type']).toBe('application/json');
		expect(seen.map(dataOf)).toEqual([
			{
				ref_id: 'order001',
				status: '1',
				product_code: 'xld25000',
				customer_id: '0817777215',
				price: '25100',
				message: 'SUCCESS',
				sn: '123456789',
				balance: String(full - 25100),
				tr_id: String(tr_id),
				rc: '00',
				sign: '3e480dbf68b12a1427bceecc4592d636',
			},
		]);
		expect((await status('order001')).json.data).toEqual({
			ref_id: 'order001',
			status: 1,
			product_code: 'xld25000',
			customer_id: '0817777215',
			price: 25100,
			message: 'SUCCESS',
			sn: '123456789',
			balance: full - 25100,
			tr_id,
			rc: '00',
		});
		expect(box.order('order001')).toMatchObject({
			...{ id: String(tr_id), state: 'success', amount: '25100', currency: 'IDR', outcomes: [] },
		});
	});

	test('with a ref_id that was used buys nothing again, whatever else it says', async () => {
		const { box, seen, buy, deposit } = await openIak();
		const first = await buy('order001');
		const again = await buy('order001', { product_code: 'hpln20000', customer_id: '12345678901' });
		expect(again.json).toEqual(first.json);
		expect(lastNote(box)).toContain('that was for xld25000: nothing is bought again');
		await box.settle('order001', 'success');
		const paid = await buy('order001');
		expect(paid.json.data).toMatchObject({ status: 1, rc: '00', sn: '123456789' });
		expect(await deposit()).toBe(full - 25100);
		expect([box.orders().length, seen.length]).toEqual([1, 1]);
	});

	test('that fails is given back, and its callback tells the deposit before that', async () => {
		const { box, seen, buy, status, deposit } = await openIak();
		await buy('order003', { product_code: 'xld50000' });
		await box.settle('order003', 'failed');
		const [told] = seen.map(dataOf);
		expect(told).toMatchObject({ status: '2', rc: '07', message: 'FAILED', price: '49960' });
		expect(Object.keys(told ?? {})).not.toContain('sn');
		expect(told?.['balance']).toBe(String(full - 49960));
		expect(told?.['sign']).toBe('8c9636aef50fb7d064558e20ebbd5642');
		expect(await deposit()).toBe(full);
		const { status: code, json } = await status('order003');
		expect([code, json.data.status, json.data.rc]).toEqual([200, 2, '07']);
		expect(json.data).not.toHaveProperty('sn');
	});

	test('that fails keeps its price where the variant says so', async () => {
		const { box, buy, deposit } = await openIak({ variant: ['keep-failed'] });
		await buy('order001');
		await box.settle('order001', 'failed');
		expect(await deposit()).toBe(full - 25100);
	});

	test.each([
		['13', 'CUSTOMER NUMBER BLOCKED'],
		['05', 'UNDEFINED ERROR'],
		['14', 'INCORRECT DESTINATION NUMBER'],
		['131', 'TOP UP REGION BLOCKED FOR PLAYER'],
	])('fails with the response code that was decided: %s', async (rc, message) => {
		const { box, seen, buy, deposit } = await openIak();
		await buy('order001');
		await box.settle('order001', rc);
		expect(seen.map(dataOf)[0]).toMatchObject({ status: '2', rc, message });
		expect(await deposit()).toBe(full);
	});

	test('may stay undecided, with rc 201, and be decided then', async () => {
		const { box, seen, buy, status, deposit } = await openIak();
		await buy('order001');
		await box.settle('order001', 'pending');
		expect((await status('order001')).json.data).toMatchObject({ status: 0, rc: '201' });
		await expect(box.settle('order001', '201')).rejects.toThrow('pending already');
		expect(await deposit()).toBe(full - 25100);
		await box.settle('order001', 'success');
		expect(seen.map(dataOf).map(({ rc }) => rc)).toEqual(['201', '00']);
	});

	test('stays as it is with never, and what is final stays', async () => {
		const { box, seen, buy } = await openIak();
		await buy('order001');
		await box.settle('order001', 'never');
		expect(seen).toHaveLength(0);
		await expect(box.settle('order001', 'soon')).rejects.toThrow('success, failed, pending, never');
		await expect(box.settle('order001', '999')).rejects.toThrow('an outcome is one of');
		await expect(box.settle('order001', 'constructor')).rejects.toThrow('an outcome is one of');
		await box.settle('order001', 'success');
		await expect(box.settle('order001', 'failed')).rejects.toThrow('is success: that is final');
		expect(seen).toHaveLength(1);
	});

	test.each([
		[
			'hpln20000',
			'12345678901',
			{ sn: '0123-4567-8901-2345-6789/PT INDOBEST ARTHA KREASI/R1 /000001300/66.2' },
		],
		['etoll100000', '6032981234567890', { sn: 'DIANA 621597343042654' }],
		['alfamart100', '0817777215', { sn: 'BA4B52862X7P / 2018-12-07' }],
		['hsteam12000', '0817777215', { sn: 'ABCD-EFGH-IJKL-MNOP', pin: '123456789' }],
		['hmobilelegend12', '156378300|8483', { sn: '123456789' }],
		['tseldata10000', '081234567890', { sn: '123456789' }],
		['dana10', '081234567890', { sn: '123456789' }],
	])('of %s has a serial of its kind', async (product_code, customer_id, serials) => {
		const { box, seen, buy, status } = await openIak();
		await buy('order001', { product_code, customer_id });
		await box.settle('order001', 'success');
		const [told] = seen.map(dataOf);
		expect(told).toMatchObject({ ...serials, product_code, customer_id });
		expect(Object.hasOwn(told ?? {}, 'pin')).toBe('pin' in serials);
		expect((await status('order001')).json.data).toMatchObject(serials);
	});

	test('succeeds by itself after the delay where nobody decides', async () => {
		const { box, seen, buy } = await openIak({ outcome: 'success', delayMs: 5_000 });
		await buy('order001');
		await box.advance('4s');
		expect(seen).toHaveLength(0);
		await box.advance('1s');
		expect(seen.map(dataOf)[0]).toMatchObject({ status: '1' });
	});

	test('is called back before its answer leaves where there is no delay', async () => {
		const order: string[] = [];
		const shop = await serve((_, response) => {
			order.push('callback');
			response.end();
		});
		const { buy } = await openIak({ outcome: 'failed', callbackTo: shop.url });
		const { json } = await buy('order001');
		order.push('answer');
		expect(order).toEqual(['callback', 'answer']);
		expect(json.data).toMatchObject({ status: 0, rc: '39', message: 'PROCESS' });
	});

	test('is called back in the documented form that the user names', async () => {
		const { box, seen, buy } = await openIak({ variant: ['numbers', 'unsigned', 'v1'] });
		await buy('00${now}', { customer_id: '0817777215' });
		await box.settle('00${now}', 'success');
		expect(JSON.parse(seen[0]?.body.toString() ?? '').data).toMatchObject({
			...{ ref_id: '00${now}', status: 1, price: 25100, balance: full - 25100 },
			...{ code: 'xld25000', hp: '0817777215', rc: '00', sn: '123456789' },
		});
		expect(seen[0]?.body.toString()).not.toContain('sign');
	});

	test('is retried with the same bytes', async () => {
		const { box, seen, buy } = await openIak({ retry: '3x10s' }, [500, 500, 200]);
		await buy('order001');
		await box.settle('order001', 'success');
		await buy('order002');
		await box.advance('1m');
		expect(seen).toHaveLength(3);
		expect(new Set(seen.map(({ body }) => body.toString())).size).toBe(1);
	});

	test('says so where no callback can be sent', async () => {
		const { box, buy } = await openIak({ callbackTo: undefined as never });
		await buy('order001');
		expect(lastNote(box)).toContain('--callback-to');
		await box.settle('order001', 'success');
		expect(box.deliveries()).toEqual([]);
	});
});

describe('V1', () => {
	test('has the fields of its own, in answers and callbacks', async () => {
		const { box, seen, ask } = await openIak();
		const fields = { ref_id: 'order002', hp: '0817777215', pulsa_code: 'xld25000' };
		const bought = await ask('/v1/legacy/index', 'order002', { commands: 'topup', ...fields });
		expect(Object.keys(bought.json.data)).toEqual([
			...['ref_id', 'status', 'price', 'message', 'balance', 'tr_id', 'rc', 'code', 'hp'],
		]);
		await box.settle('order002', 'success');
		const [told] = seen.map(dataOf);
		expect(told).toMatchObject({ code: 'xld25000', hp: '0817777215' });
		expect(told?.['sign']).toBe('a9f2f7da1b2a2df0178f25b1381ce10f');
		const asked = await ask('/v1/legacy/index', 'order002', {
			...{ commands: 'inquiry', ref_id: 'order002' },
		});
		expect(asked.json.data).toMatchObject({ status: 1, sn: '123456789', code: 'xld25000' });
	});

	test('chooses the operator from the number', async () => {
		const { ask } = await openIak();
		const buy = (ref_id: string, hp: string, pulsa_code: string) =>
			ask('/v1/legacy/index', ref_id, { commands: 'topup', ref_id, hp, pulsa_code });
		const prices = [
			await buy('a', '0817777215', 'pulsa10000'),
			await buy('b', '081234567890', 'pulsa10000'),
			await buy('c', '085155000000', 'pulsa10000'),
			await buy('d', '0800000000', 'pulsa10000'),
			await buy('e', '0817777215', 'pulsa10001'),
		];
		expect(prices.map(({ json: { data } }) => data.price ?? data.rc)).toEqual([
			...[10925, 10910, 11350, '16', '20'],
		]);
	});

	test('refuses another command, and names the one that was meant', async () => {
		const { box, ask } = await openIak();
		const { status, json } = await ask('/v1/legacy/index', 'x', { commands: 'top-up' });
		expect([status, json.data.rc, json.data.message]).toEqual([400, '205', 'WRONG COMMAND']);
		expect(lastNote(box)).toContain('did you mean topup?');
	});

	test('tells the deposit alone', async () => {
		const { ask } = await openIak();
		const { json } = await ask('/v1/legacy/index', 'bl', { commands: 'balance' });
		expect(json).toEqual({ data: { balance: full } });
	});
});

describe('the price list', () => {
	test.each([
		['/api/pricelist', {}, ['haxis30000', 'hpln20000', 'xld25000']],
		['/api/pricelist/pulsa/xl', {}, ['xld10000', 'xld25000', 'xld50000']],
		['/api/pricelist/etoll/gopay_e-money/', {}, ['go10', 'go50']],
		['/api/pricelist/pulsa/axis', { status: 'active' }, ['haxis10000']],
		['/api/pricelist', { status: 'non active' }, ['haxis30000']],
		['/iak/api/pricelist/voucher', { type: '', operator: '' }, ['alfamart100']],
	])('%s %j', async (path, fields, wanted) => {
		const { ask } = await openIak();
		const { json } = await ask(path, 'pl', fields);
		expect(json.data).toMatchObject({ rc: '00', message: 'SUCCESS' });
		const codes = json.data.pricelist.map((row: { product_code: string }) => row.product_code);
		expect(codes).toEqual(expect.arrayContaining(wanted));
	});

	test('has the fields of each version', async () => {
		const { ask } = await openIak();
		const { json } = await ask('/v1/legacy/index/pulsa/xl', 'pl', { commands: 'pricelist' });
		expect(json.data[1]).toEqual({
			pulsa_code: 'xld25000',
			pulsa_op: 'XL',
			pulsa_nominal: '25000',
			pulsa_details: '-',
			pulsa_price: 25100,
			pulsa_type: 'pulsa',
			masaaktif: '30',
			status: 'active',
			icon_url: '-',
			pulsa_category: 'pulsa',
		});
		const { json: bare } = await (await openIak({ variant: ['bare-pricelist'] })).ask(
			...(['/api/pricelist/pulsa/xl', 'pl'] as const),
		);
		expect(bare.data[1]).toMatchObject({ product_code: 'xld25000', product_price: 25100 });
	});
});

describe('a refusal', () => {
	test.each([
		['an unknown product', { product_code: 'xld25001' }, '20', 'CODE NOT FOUND'],
		[
			'one that is off',
			{ product_code: 'haxis30000', customer_id: '0831000000' },
			'106',
			'PRODUCT IS TEMPORARILY OUT OF SERVICE',
		],
		[
			'a number of another operator',
			{ customer_id: '081234567890' },
			'16',
			'NUMBER NOT MATCH WITH OPERATOR',
		],
		['a number that is too long', { customer_id: '0817777215000000' }, '203', 'NUMBER IS TOO LONG'],
		['a field that is missing', { customer_id: undefined }, '107', 'ERROR IN XML FORMAT'],
		['a control character', { customer_id: '0817777215\u0007' }, '107', 'ERROR IN XML FORMAT'],
		['a field that is no text', { product_code: ['xld25000'] }, '107', 'ERROR IN XML FORMAT'],
	])('of %s takes nothing and keeps no order', async (_, fields, rc, message) => {
		const { box, buy, status, deposit } = await openIak();
		const refused = await buy('order001', fields);
		expect([refused.status, refused.json.data]).toEqual([400, { status: 2, message, rc }]);
		expect(lastNote(box)).toContain(`${rc} ${message}: `);
		expect(await deposit()).toBe(full);
		expect(box.orders()).toEqual([]);
		expect((await status('order001')).json.data.rc).toBe('06');
	});

	test('of a deposit that is too low', async () => {
		const { box, buy, deposit } = await openIak();
		box.setBalance('iak', 25_099);
		expect((await buy('order001')).json.data).toMatchObject({ rc: '17' });
		expect(box.balances()).toEqual([{ provider: 'iak', currency: 'IDR', balance: '25099' }]);
		box.setBalance('iak', '25100');
		expect((await buy('order001')).json.data).toMatchObject({ rc: '39', balance: 0 });
		expect(await deposit()).toBe(0);
		expect(() => box.setBalance('iak', '-5')).toThrow('digits alone');
	});

	test.each([
		['once-a-day', 'xld25000', '202'],
		['once-a-day', 'xld10000', '39'],
		['once-a-day-any', 'xld10000', '207'],
	])('of the same number twice a day, with %s and %s: %s', async (variant, product_code, rc) => {
		const now = new Date('2026-01-05T23:00:00+07:00');
		const { box, buy } = await openIak({ variant: [variant], now });
		await buy('order001');
		expect((await buy('order002', { product_code })).json.data.rc).toBe(rc);
		await box.advance('61m');
		expect((await buy('order003', { product_code })).json.data.rc).toBe('39');
	});

	test.each([
		['suspended', '118'],
		['maintenance', '110'],
		['unknown-ip', '102'],
	])('of everything, with the variant %s', async (variant, rc) => {
		const { buy, ask } = await openIak({ variant: [variant] });
		expect((await buy('order001')).json.data.rc).toBe(rc);
		expect((await ask('/v1/legacy/index', 'bl', { commands: 'x' })).json.data.rc).toBe(rc);
	});

	test('has status 200 with the variant', async () => {
		const { buy } = await openIak({ variant: ['status-200'] });
		const { status, json } = await buy('order001', { product_code: 'x' });
		expect([status, json.data.rc]).toEqual([200, '20']);
	});

	test('of a form, of nothing and of what cannot be read says what came', async () => {
		const { box } = await openIak();
		const fields = { username, sign: sign('bl') };
		const sent = async (body: string) => {
			const answer = await fetch(`${box.url}/api/check-balance`, { method: 'POST', body });
			return [((await answer.json()) as { data: { rc: string } }).data.rc, lastNote(box)] as const;
		};
		expect(await sent(new URLSearchParams(fields).toString())).toEqual([
			...['107', '107 ERROR IN XML FORMAT: the body is neither JSON nor XML: IAK reads no forms'],
		]);
		expect((await sent(''))[1]).toContain('the body is empty');
		expect((await sent('{"username":'))[1]).toContain('the body is no JSON');
		expect((await sent('[]'))[1]).toContain('no object');
		expect((await sent('{}'))[1]).toContain('no field could be read');
		expect((await sent(JSON.stringify({ username })))[1]).toContain('sign is missing');
	});

	test('of a code that is nearly one names that', async () => {
		const { box, buy } = await openIak();
		await buy('a', { product_code: 'xld2500' });
		expect(lastNote(box)).toContain('did you mean xld25000?');
	});

	test('of the names of another version says which are missing', async () => {
		const { box, ask } = await openIak();
		const old = { ref_id: 'a', hp: '0817777215', pulsa_code: 'xld25000' };
		expect((await ask('/api/top-up', 'a', old)).json.data.rc).toBe('107');
		expect(lastNote(box)).toContain(
			'customer_id is missing, which hp is in another version; product_code is missing, which pulsa_code is',
		);
		const bill = { commands: 'inq-pasca', product_code: 'BPJS', customer_id: '88', ref_id: 'a' };
		await ask('/api/v1/bill/check', 'a', bill);
		expect(lastNote(box)).toContain('code is missing, which product_code is in another version');
	});

	test('of a field that is misspelt names the right one', async () => {
		const { box, ask } = await openIak();
		await ask('/api/pricelist', 'pl', { statue: 'active' });
		expect(lastNote(box)).toContain('did you mean status?');
	});
});

describe('the sign', () => {
	test.each([
		['/api/check-balance', 'f197eb7d0d50067883689f00ddb8b4f2', {}],
		['/api/pricelist', 'de305ccce97423f1de3a369a207138b6', {}],
		[
			'/api/top-up',
			'3e480dbf68b12a1427bceecc4592d636',
			{ ref_id: 'order001', customer_id: '0817777215', product_code: 'xld25000' },
		],
		[
			'/api/top-up',
			'a9f2f7da1b2a2df0178f25b1381ce10f',
			{ ref_id: 'order002', customer_id: '0817777215', product_code: 'xld25000' },
		],
	])('is the one of the documentation: %s %s', async (path, signed, fields) => {
		const { ask } = await openIak();
		const { json } = await ask(path, '', { sign: signed, ...fields });
		expect(['00', '39']).toContain(json.data.rc);
	});

	test.each([
		[
			'ends as another call',
			sign('bl'),
			'it ends with "bl"; here it is md5(username + api_key + ref_id)',
		],
		['ends with another field', sign('0817777215'), 'it ends with customer_id (0817777215)'],
		['ends with nothing', sign(''), 'nothing follows it'],
		[
			'has a wrong key',
			sign('order001', { key: 'prod' }),
			'it fits no known mistake under this api_key',
		],
		['has no key', sign('order001', { key: '' }), 'without'],
		['is in capitals', sign('order001').toUpperCase(), 'upper'],
		['is no hash at all', 'x', 'it fits no known mistake'],
	])('that %s is refused with what is wrong', async (_, signed, said) => {
		const { box, buy, deposit } = await openIak();
		const { status, json } = await buy('order001', { sign: signed });
		expect([status, json.data]).toEqual([
			400,
			{ status: 2, message: 'WRONG AUTHENTICATION', rc: '204' },
		]);
		expect(lastNote(box)).toContain(said);
		expect(lastNote(box).split('\n')).toHaveLength(1);
		expect(lastNote(box)).not.toContain('dev0123456789abcdef');
		expect(await deposit()).toBe(full);
	});

	test("with the simulator's key is told where the shop has its own", async () => {
		const box = await sandbox({
			providers: ['iak'],
			credentials: { username: '0899', api_key: 'mine' },
		});
		onTestFinished(() => box.close());
		const ask = (fields: object) => call('POST', `${box.url}/api/check-balance`, fields);
		await ask({ username: '0899', sign: sign('bl', { user: '0899' }) });
		expect(lastNote(box)).toContain("it was made with callsim's simulator key (api_key)");
		await ask({ username, sign: sign('bl') });
		expect(lastNote(box)).toContain(`username is ${username}; the sandbox knows 0899`);
		const { json } = await ask({
			username: '0899',
			sign: sign('bl', { user: '0899', key: 'mine' }),
		});
		expect(json.data.rc).toBe('00');
	});
});

describe('addresses', () => {
	test("work with doubled and closing slashes, and below the provider's name", async () => {
		const { ask } = await openIak();
		for (const path of ['//api/check-balance/', '/iak/api/check-balance'])
			expect((await ask(path, 'bl')).json.data.rc).toBe('00');
		for (const path of ['//v1/legacy/index/', '/iak/v1/legacy/index'])
			expect((await ask(path, 'bl', { commands: 'balance' })).json.data.balance).toBe(full);
	});

	test.each([
		['/api/topup', 'POST /api/top-up'],
		['/api/v1/bill/payment', 'POST /api/v1/bill/check with commands pay-pasca'],
		['/pricelist', 'the base address ends before /api'],
		['/api/chek-balance', 'did you mean /api/check-balance?'],
	])('that shops mistake name the right one: %s', async (path, right) => {
		const { ask } = await openIak();
		const { status, json } = await ask(path, 'bl');
		expect([status, json.message]).toEqual([404, expect.stringContaining(right)]);
	});
});

test.skipIf(!needs('curl'))(
	'curl asks as the documentation shows it, in JSON and in XML',
	async () => {
		const { box, seen } = await openIak({ outcome: 'success' });
		const url = `${box.url}/api/top-up`;
		const body = (ref_id: string) =>
			JSON.stringify({
				...{ commands: 'topup', username, ref_id },
				...{ customer_id: '0817777215', product_code: 'xld25000', sign: sign(ref_id) },
			});
		const type = 'Content-Type: application/json';
		const json = await run('curl', ['-s', '-H', type, '-d', body('order001'), url]);
		expect(JSON.parse(json.stdout).data.message).toBe('PROCESS');
		// Without a header curl says that it is a form, as PHP's does.
		const bare = await run('curl', ['-s', '-d', body('order002'), url]);
		expect(JSON.parse(bare.stdout).data.rc).toBe('39');
		// On a busy machine a callback may take longer than an answer waits for it.
		await box.advance('1s');
		expect(seen.map(dataOf).map(({ ref_id }) => ref_id)).toEqual(['order001', 'order002']);
	},
);
