import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SandboxOptions } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { lastNote, openIak, sign, username } from '../support/iak-shop.ts';
import { needs } from '../support/tools.ts';

const run = promisify(execFile);
const full = 100_000_000;

async function openBills(options: SandboxOptions = {}) {
	const iak = await openIak(options);
	const at = '/api/v1/bill/check';
	const inquire = (ref_id: string, hp = '530000000001', more: object = {}) =>
		iak.ask(at, ref_id, { commands: 'inq-pasca', code: 'PLNPOSTPAID', hp, ref_id, ...more });
	const pay = (tr_id: unknown) =>
		iak.ask(at, String(tr_id), { commands: 'pay-pasca', tr_id: String(tr_id) });
	const check = (ref_id: string) => iak.ask(at, 'cs', { commands: 'checkstatus', ref_id });
	return { ...iak, inquire, pay, check };
}

describe('a postpaid bill', () => {
	test('is asked for, paid and told the same, with the fields of each page', async () => {
		const now = new Date('2018-08-03T17:18:44+07:00');
		const { box, seen, inquire, pay, check, deposit } = await openBills({ now });
		const asked = await inquire('09128374655');
		const { tr_id } = asked.json.data;
		expect([asked.status, asked.json]).toEqual([
			200,
			{
				data: {
					tr_id,
					code: 'PLNPOSTPAID',
					hp: '530000000001',
					tr_name: 'PELANGGAN CONTOH',
					period: '201608',
					nominal: 300000,
					admin: 2500,
					ref_id: '09128374655',
					response_code: '00',
					message: 'INQUIRY SUCCESS',
					price: 302500,
					selling_price: 301900,
					desc: {
						tarif: 'R1',
						daya: 1300,
						lembar_tagihan: '1',
						tagihan: {
							detail: [
								{
									...{ periode: '201608', nilai_tagihan: '300000', admin: '2500' },
									...{ denda: '0', total: 302500 },
								},
							],
						},
					},
				},
				meta: [],
			},
		]);
		const unpaid = await check('09128374655');
		expect(Object.keys(unpaid.json.data)).toEqual([
			...['tr_id', 'code', 'hp', 'tr_name', 'period', 'nominal', 'admin', 'ref_id', 'status'],
			...['response_code', 'message', 'price', 'selling_price', 'balance', 'desc'],
		]);
		expect(unpaid.json.data).toMatchObject({
			...{ status: 0, response_code: '42', message: 'REQUEST PEMBAYARAN BELUM DITERIMA' },
			balance: full,
		});
		const paid = await pay(tr_id);
		expect(Object.keys(paid.json.data)).toEqual([
			...['tr_id', 'code', 'datetime', 'hp', 'tr_name', 'period', 'nominal', 'admin'],
			...['response_code', 'message', 'price', 'selling_price', 'balance', 'noref', 'ref_id'],
			'desc',
		]);
		expect(paid.json.data).toMatchObject({
			...{ tr_id, datetime: '20180803171844', response_code: '00', message: 'PAYMENT SUCCESS' },
			...{ balance: full - 301900, ref_id: '09128374655' },
			desc: {
				lembar_tagihan_sisa: 0,
				tagihan: { detail: [{ meter_awal: '00080000', meter_akhir: '00080000' }] },
			},
		});
		expect(await deposit()).toBe(full - 301900);
		const { status: _, ...told } = (await check('09128374655')).json.data;
		expect(told).toEqual(paid.json.data);
		// Postpaid has no callback.
		expect(seen).toEqual([]);
		expect(box.order(String(tr_id))).toMatchObject({ state: 'paid', amount: '302500' });
	});

	test.each([
		['01', '00', undefined, 0],
		['02', '00', undefined, 0],
		['03', '103', undefined, 0],
		['04', '01', undefined, 0],
		['05', '14', undefined, 0],
		['06', '00', '37', 2],
		['07', '00', '39', 3],
		['08', '00', '105', 2],
	])('whose number ends in %s: inquiry %s, payment %s', async (end, inquiry, payment, status) => {
		const { inquire, pay, check, deposit } = await openBills();
		const asked = await inquire('r1', `5300000000${end}`);
		expect(asked.json.data.response_code).toBe(inquiry);
		expect(asked.status).toBe(inquiry === '00' ? 200 : 400);
		if (inquiry !== '00') {
			expect((await check('r1')).json.data.response_code).toBe('06');
			return;
		}
		const paid = await pay(asked.json.data.tr_id);
		expect(paid.json.data.response_code).toBe(payment ?? '00');
		expect(paid.status).toBe(status === 2 ? 400 : 200);
		const told = await check('r1');
		expect(told.json.data).toMatchObject({
			...{ status: payment === undefined ? 1 : status, response_code: payment ?? '00' },
		});
		const price = asked.json.data.selling_price;
		expect(await deposit()).toBe(status === 2 ? full : full - price);
	});

	test.each([
		['PLNPOSTPAID', '530000000002', {}, 2420000, 2415200],
		['TELKOMPSTN', '6391601202', {}, 137110, 133510],
		['FNMEGA', '6391601201', {}, 661000, 660500],
		['BPJS', '8801234560001', { month: '2' }, 52500, 52300],
		['BPJSTK', '8102051011270001', { month: 1 }, 20300, 17800],
		['BPJSTK', '1271215712960003', { month: 1 }, 20300, 17800],
		['BPJSTKPU', '210300016066', {}, 102500, 100500],
		['HPTHREE', '08991234501', {}, 55000, 54000],
		['PGAS', '0110014601', {}, 324502, 323902],
		['PDAMKOTA.SURABAYA', '10202001', {}, 37490, 36790],
		['PDAMKOTA.MEDAN', '10202002', {}, 149960, 147160],
		['CBN', '01927101', {}, 30000, 29000],
		['CBN', '01783002', {}, 30000, 29000],
		['ESAMSAT.JABAR', '9658548523568701', { nomor_identitas: '0212' }, 2279500, 2277000],
		['PBBKOT.CIMAHI', '329801092375999901', {}, 208857, 208857],
		['TVTLKMV', '127246500101', {}, 100950, 99950],
		['TVBIG', '1072161401', {}, 138499, 137399],
		['SHOPEEPAY', '082100000001', { desc: { amount: 100000 } }, 100800, 100350],
		['PLNNONH', '3225030005922', {}, 698000, 696200],
		['PLNNONH', '1811217010329', {}, 698000, 696200],
		['PLNNONH', '3226015008229', {}, 698000, 696200],
	])('of %s, number %s', async (code, hp, more, price, selling_price) => {
		const { box, inquire, pay, deposit } = await openBills();
		const asked = await inquire('r1', hp, { code, ...more });
		expect(asked.json.data).toMatchObject({ code, hp, price, selling_price, response_code: '00' });
		expect(lastNote(box)).toBe('');
		const paid = await pay(asked.json.data.tr_id);
		expect(paid.json.data).toMatchObject({ response_code: '00', price, selling_price });
		expect(await deposit()).toBe(full - selling_price);
	});

	test('that is in process is decided later, once', async () => {
		const { box, inquire, pay, check, deposit } = await openBills();
		const first = (await inquire('r1', '530000000007')).json.data;
		const second = (await inquire('r2', '530000000007')).json.data;
		await expect(box.settle('r1', 'success')).rejects.toThrow('the bill is inquiry');
		await pay(first.tr_id);
		await pay(second.tr_id);
		expect(await deposit()).toBe(full - 2 * first.selling_price);
		expect(box.order('r1').outcomes).toEqual(['success', 'failed']);
		await expect(box.settle('r1', '39')).rejects.toThrow('an outcome is one of success, failed');
		await box.settle('r1', 'success');
		await box.settle('r2', 'failed');
		expect(await deposit()).toBe(full - first.selling_price);
		expect((await check('r1')).json.data).toMatchObject({ status: 1, response_code: '00' });
		expect((await check('r2')).json.data).toMatchObject({
			...{ status: 2, response_code: '37', message: 'PEMBAYARAN GAGAL', noref: '' },
		});
		await expect(box.settle('r1', 'failed')).rejects.toThrow('the bill is paid');
	});

	test('is paid once, however often that is asked, also at once', async () => {
		const { inquire, pay, deposit } = await openBills();
		const { tr_id, selling_price } = (await inquire('r1')).json.data;
		const answers = await Promise.all(Array.from({ length: 50 }, () => pay(tr_id)));
		const codes = answers.map(({ json }) => json.data.response_code);
		expect(codes.filter((code) => code === '00')).toHaveLength(1);
		expect(new Set(codes)).toEqual(new Set(['00', '34']));
		expect(await deposit()).toBe(full - selling_price);
		const failed = (await inquire('r2', '530000000006')).json.data;
		await pay(failed.tr_id);
		expect((await pay(failed.tr_id)).json.data.response_code).toBe('38');
		const pending = (await inquire('r3', '530000000007')).json.data;
		await pay(pending.tr_id);
		expect((await pay(pending.tr_id)).json.data.response_code).toBe('39');
		expect(await deposit()).toBe(full - 2 * selling_price);
	});

	test('has the outcome that was said for all', async () => {
		const { inquire, pay } = await openBills({ outcome: 'failed' });
		const { tr_id } = (await inquire('r1')).json.data;
		expect((await pay(tr_id)).json.data.response_code).toBe('37');
	});

	test('has a receipt when it is paid', async () => {
		const { box, inquire, pay } = await openBills();
		const { tr_id } = (await inquire('r1')).json.data;
		const fetched = async (path: string) => {
			const answer = await fetch(`${box.url}/api/v1/download/${path}`);
			return { type: answer.headers.get('content-type'), text: await answer.text() };
		};
		expect(await fetched(`${tr_id}/1`)).toEqual({
			type: 'application/xml',
			text: expect.stringContaining('<response_code>02</response_code>'),
		});
		expect((await fetched('1')).text).toContain('<response_code>06</response_code>');
		await pay(tr_id);
		for (const path of [`${tr_id}`, `${tr_id}/1`]) {
			const { type, text } = await fetched(path);
			expect(type).toBe('application/pdf');
			expect(text).toContain('REF ID: r1');
			const [, start = ''] = /startxref\n(\d+)\n%%EOF/.exec(text) ?? [];
			expect(text.slice(Number(start), Number(start) + 5)).toBe('xref\n');
		}
	});
});

describe('a refusal of a bill', () => {
	test.each([
		['an unknown product', { code: 'PLNPOSTPAYD' }, '20', 'did you mean PLNPOSTPAID?'],
		['a ref_id with a blank', { ref_id: 'r 1' }, '03', 'blank'],
		['no number', { hp: '' }, '107', 'hp is missing'],
		['no month', { code: 'BPJS', hp: '8801234560001' }, '107', 'BPJS needs month'],
		[
			'a month that is none',
			{ code: 'BPJS', hp: '8801234560001', month: 'x' },
			'107',
			'month is x',
		],
		['no amount', { code: 'SHOPEEPAY', hp: '082100000001' }, '93', 'desc.amount'],
	])('of %s', async (_, fields, code, said) => {
		const { box, inquire } = await openBills();
		const ref = 'ref_id' in fields ? fields.ref_id : 'r1';
		const { status, json } = await inquire(ref, '530000000001', fields);
		expect([status, json.data.response_code, json.meta]).toEqual([400, code, []]);
		expect(lastNote(box)).toContain(said);
		expect(box.orders()).toEqual([]);
	});

	test('of a ref_id that has a bill, of an unknown tr_id, an old one and an empty deposit', async () => {
		const { box, inquire, pay } = await openBills();
		const { tr_id } = (await inquire('r1')).json.data;
		expect((await inquire('r1')).json.data).toEqual({
			...{ response_code: '11', message: 'DUPLICATE REF ID' },
		});
		expect((await pay('1')).json.data.response_code).toBe('06');
		box.setBalance('iak', 301_899);
		expect((await pay(tr_id)).json.data).toMatchObject({
			...{ response_code: '17', message: 'BALANCE NOT ENOUGH' },
		});
		box.setBalance('iak', 301_900);
		await box.advance('24h');
		expect((await pay(tr_id)).json.data.response_code).toBe('04');
	});

	test('of a top-up by the name of a bill, and the other way round', async () => {
		const { ask, buy, pay } = await openBills();
		const { tr_id } = (await buy('order001')).json.data;
		expect((await pay(tr_id)).json.data.response_code).toBe('06');
		const wrong = await ask('/api/v1/bill/check', 'bl', { commands: 'balance' });
		expect(wrong.json.data).toEqual({ response_code: '101', message: 'INVALID COMMAND' });
	});

	test.each([
		['22:59', '00'],
		['23:00', '109'],
		['00:59', '109'],
		['01:00', '00'],
	])('of PLN at night, where the variant says so: %s', async (time, code) => {
		const now = new Date(`2026-01-05T${time}:00+07:00`);
		const { inquire } = await openBills({ variant: ['cut-off'], now });
		expect((await inquire('r1')).json.data.response_code).toBe(code);
		const other = await inquire('r2', '01927101', { code: 'CBN' });
		expect(other.json.data.response_code).toBe('00');
	});

	test('of a sign that ends as another call says which', async () => {
		const { box, ask } = await openBills();
		const at = '/api/v1/bill/check';
		const wrong = await ask(at, 'r1', { commands: 'checkstatus', ref_id: 'r1' });
		expect([wrong.status, wrong.json]).toEqual([
			400,
			{ data: { response_code: '100', message: 'INVALID SIGNATURE' }, meta: [] },
		]);
		expect(lastNote(box)).toContain(
			'ends with ref_id (r1); here it is md5(username + api_key + "cs")',
		);
		const signed = '3a06193c1c5c31b28fb20868560131fd';
		const right = await ask(at, '', { commands: 'checkstatus', ref_id: 'r1', sign: signed });
		expect(right.json.data.response_code).toBe('06');
		const paying = { commands: 'pay-pasca', tr_id: 9732792 };
		const paid = await ask(at, '', { ...paying, sign: '472b80bb3833ea448bb4cbd72fec552b' });
		expect(paid.json.data.response_code).toBe('06');
	});

	test('a number of nobody is decided by its last digit, and told', async () => {
		const { box, inquire } = await openBills();
		expect((await inquire('r1', '521234567894')).json.data.response_code).toBe('01');
		expect(lastNote(box)).toContain(
			'is no test number of PLNPOSTPAID (530000000001 to 530000000008)',
		);
		expect((await inquire('r1', '521234567890')).json.data.response_code).toBe('00');
	});
});

describe('the postpaid price list', () => {
	test.each([
		['', {}, ['PLNPOSTPAID', 'BPJS', 'SHOPEEPAY']],
		['/pln', {}, ['PLNPOSTPAID', 'PLNNONH']],
		['/pdam', { province: 'Jawa Timur' }, ['PDAMKOTA.SURABAYA']],
		['/', { commands: 'pricelist', status: 'active' }, ['AETRA']],
	])('of "%s" %j', async (type, more, wanted) => {
		const { ask } = await openIak();
		const fields = { commands: 'pricelist-pasca', ...more };
		const { json } = await ask(`/api/v1/bill/check${type}`, 'pl', fields);
		expect(json.meta).toEqual([]);
		const codes = json.data.pasca.map(({ code }: { code: string }) => code);
		expect(codes).toEqual(expect.arrayContaining(wanted));
		if (type.length > 1) expect(codes).toHaveLength(wanted.length);
		expect(json.data.pasca[0]).toMatchObject({ status: 1, category: 'postpaid' });
	});
});

test.skipIf(!needs('curl', 'xmllint'))(
	'curl pays in XML as the documentation shows it',
	async () => {
		const { box } = await openIak();
		const folder = mkdtempSync(join(tmpdir(), 'callsim-iak-'));
		const [asked, answer] = [join(folder, 'asked.xml'), join(folder, 'answer.xml')];
		const post = async (end: string, fields: Readonly<Record<string, string>>) => {
			const all = Object.entries({ ...fields, username, sign: sign(end) });
			const inner = all.map(([name, text]) => `<${name}>${text}</${name}>`).join('');
			writeFileSync(asked, `<?xml version="1.0" ?>\n<mp>${inner}</mp>`);
			const type = ['-H', 'Content-Type: application/xml'];
			const url = `${box.url}/api/v1/bill/check`;
			await run('curl', ['-s', ...type, '--data-binary', `@${asked}`, '-o', answer, url]);
			return (path: string) =>
				execFileSync('xmllint', ['--xpath', `string(/mp/${path})`, answer])
					.toString()
					.trim();
		};
		const bill = { commands: 'inq-pasca', code: 'TELKOMPSTN', hp: '6391601202', ref_id: 'r1' };
		const inquiry = await post('r1', bill);
		expect(inquiry('desc/tagihan/detail[3]/periode')).toBe('JUL 2014');
		const tr_id = inquiry('tr_id');
		const paid = await post(tr_id, { commands: 'pay-pasca', tr_id });
		expect([paid('message'), paid('desc/tagihan/detail[2]/total')]).toEqual([
			...['PAYMENT SUCCESS', '47370'],
		]);
		const list = await post('pl', { commands: 'pricelist-pasca', status: 'all' });
		expect(list('data/pasca[1]/status')).toBe('1');
		const shopee = { commands: 'inq-pasca', code: 'SHOPEEPAY', hp: '082100000001', ref_id: 'r2' };
		expect((await post('r2', { ...shopee, desc: '<amount>100000</amount>' }))('price')).toBe(
			'100800',
		);
	},
);
