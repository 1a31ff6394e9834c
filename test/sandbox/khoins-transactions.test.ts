import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '../support/any-character.ts';
import { get, member, openKhoins, resultOf } from '../support/khoins-shop.ts';
import { runs } from '../support/long.ts';
import { call, openSandbox } from '../support/open-sandbox.ts';
import { needs } from '../support/tools.ts';

const run = promisify(execFile);
const query = new URLSearchParams(member).toString();

const pulsa = { tujuan: '089612345678', trxid: 'abc-123', kodeproduk: 'TH50' };
const inquiry = { tujuan: '1234567890', trxid: 'abc-inq-1', kodeproduk: 'INQBCAB' };
const payment = { ...inquiry, kodeproduk: 'PAYBCAB' };

describe('a prepaid transaction of KHOINS', () => {
	test('is Pending, then Success, with the texts of the docs to the letter', async () => {
		const { box, seen } = await openKhoins({ now: '2025-03-24T20:38:08+07:00' });
		box.setBalance('khoins', 1_449_645_223 + 49_665);
		const { status, headers, json } = await get(box.url, pulsa);
		expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
		expect(json).toEqual({
			tujuan: '089612345678',
			trxid: 'abc-123',
			status: 'Pending',
			message: 'R#abc-123 Transaksi TH50 ke 089612345678 PENDING. ket: Transaksi sedang diproses',
		});
		expect(seen).toEqual([]);
		await box.settle('abc-123', 'success');
		const text = seen[0]?.body.toString() ?? '';
		expect(text.replace(/SN: \d{19}\./, 'SN: 5103241230987654321.')).toBe(
			String.raw`{"refid":"abc-123","message":"{\"tujuan\":\"089612345678\",\"trxid\":\"abc-123\",\"status\":\"Success\",\"message\":\"R#abc-123 [18134]>>>Transaksi TH50 ke 089612345678 Harga:49.665 SUKSES. SN: 5103241230987654321. Saldo: 1.449.645.223#@24/03 20:38:08\"}"}`,
		);
		expect(seen[0]?.headers['content-type']).toBe('application/json');
	});

	test('that fails says Stok Kosong, and its price comes back', async () => {
		const { box, seen } = await openKhoins();
		await get(box.url, pulsa);
		expect(box.balances()[0]?.balance).toBe('950335');
		await box.settle('abc-123', 'failed');
		expect(seen[0]?.body.toString()).toBe(
			String.raw`{"refid":"abc-123","message":"{\"tujuan\":\"089612345678\",\"trxid\":\"abc-123\",\"status\":\"Gagal\",\"message\":\"R#abc-123 Transaksi TH50 ke 089612345678 GAGAL. ket: Stok Kosong\"}"}`,
		);
		expect(box.balances()).toEqual([{ provider: 'khoins', currency: 'IDR', balance: '1000000' }]);
	});

	test('asked for again buys nothing, and says what is known of it', async () => {
		const { box, seen } = await openKhoins();
		const pending = await get(box.url, pulsa);
		const all = await Promise.all(Array.from({ length: 50 }, () => get(box.url, pulsa)));
		for (const { json } of all) expect(json).toEqual(pending.json);
		expect(box.orders()).toHaveLength(1);
		await box.settle('abc-123', 'success');
		expect((await get(box.url, pulsa)).json).toEqual(resultOf(seen[0] as never).message);
		expect(box.balances()[0]?.balance).toBe('950335');
		for (const other of [{ tujuan: '089512345678' }, { kodeproduk: 'TH10' }]) {
			const { json } = await get(box.url, { ...pulsa, ...other });
			expect([json.status, json.message]).toEqual([
				'Gagal',
				expect.stringContaining('GAGAL. ket:'),
			]);
		}
		expect(box.calls().at(-1)?.notes).toEqual(['trxid abc-123 was used for TH50 to 089612345678']);
	});

	test('that was refused leaves its trxid free', async () => {
		const { box } = await openKhoins();
		box.setBalance('khoins', 49_664);
		const refused = await get(box.url, pulsa);
		expect(refused.json.message).toBe(
			'R#abc-123 Transaksi TH50 ke 089612345678 GAGAL. ket: Saldo tidak mencukupi',
		);
		expect(box.orders()).toEqual([]);
		box.setBalance('khoins', 49_665);
		expect((await get(box.url, pulsa)).json.status).toBe('Pending');
		expect(box.balances()[0]?.balance).toBe('0');
	});

	test('bought by fifty at once is paid by those the deposit is enough for', async () => {
		const { box } = await openKhoins();
		box.setBalance('khoins', 20 * 10_550 + 10_549);
		const all = await Promise.all(
			Array.from({ length: 50 }, (_, at) =>
				get(box.url, { ...pulsa, trxid: `t-${at}`, kodeproduk: 'TH10' }),
			),
		);
		expect(all.filter(({ json }) => json.status === 'Pending')).toHaveLength(20);
		expect(box.balances()[0]?.balance).toBe('10549');
	});

	test('without a delay is called back before it is answered', async () => {
		const { box, seen } = await openKhoins({ outcome: 'success' });
		const { json } = await get(box.url, pulsa);
		expect(json.status).toBe('Pending');
		expect(seen.map(resultOf).map(({ message }) => message.status)).toEqual(['Success']);
	});

	test('is called back after the delay, and once', async () => {
		const { box, seen } = await openKhoins({ outcome: 'failed', delayMs: 5_000 });
		await get(box.url, pulsa);
		await box.advance('4999ms');
		expect(seen).toEqual([]);
		expect(box.order('abc-123').state).toBe('Pending');
		await box.advance('1d');
		expect(seen.map(resultOf).map(({ message }) => message.status)).toEqual(['Gagal']);
	});

	test.each(['never', 'pending'])(
		'that is left %s stays, and is never called back',
		async (outcome) => {
			const { box, seen } = await openKhoins({ outcome });
			await get(box.url, pulsa);
			await box.settle('abc-123', outcome);
			await box.advance('2d');
			expect([seen, box.order('abc-123').state]).toEqual([[], 'Pending']);
		},
	);

	test.each([
		['081200000000', 'Gagal'],
		['081200000001', 'Gagal'],
		['081200000002', 'Success'],
	])('to %s, with nobody to decide, is %s', async (tujuan, status) => {
		const { box, seen } = await openKhoins({ outcome: status === 'Success' ? 'success' : 'ask' });
		await get(box.url, { ...pulsa, tujuan });
		expect(resultOf(seen[0] as never).message.status).toBe(status);
	});

	test('is final: no second outcome, no second callback', async () => {
		const { box, seen } = await openKhoins();
		await get(box.url, pulsa);
		expect(box.order('abc-123').outcomes).toEqual(['success', 'failed', 'never']);
		await box.settle('abc-123', 'success');
		await expect(box.settle('abc-123', 'failed')).rejects.toThrow('is Success already');
		await expect(box.settle('abc-123', 'never')).rejects.toThrow('is Success already');
		await expect(box.settle('abc-123', 'constructor')).rejects.toThrow('none now: it is Success');
		expect(seen).toHaveLength(1);
		expect(box.order('abc-123').outcomes).toEqual([]);
	});

	test('may be called back in the other documented forms', async () => {
		const short = await openKhoins({ outcome: 'success', variant: ['short'] });
		await get(short.box.url, pulsa);
		expect(Object.keys(resultOf(short.seen[0] as never).message)).toEqual(['status', 'message']);
		const broken = await openKhoins({
			outcome: 'success',
			variant: ['malformed', 'literal-pending'],
		});
		const { json } = await get(broken.box.url, pulsa);
		expect(json.message).toContain('Transaksi TH50 ke TH50 PENDING');
		const { refid, message } = JSON.parse(broken.seen[0]?.body.toString() ?? '');
		expect(refid).toBe('abc-123');
		expect(() => JSON.parse(message)).toThrow();
		expect(message).toContain('"trxid":"abc-123,"status":"Success"');
		expect(message).toContain('ke "089612345678" Harga:49.665 SUKSES.');
	});
});

describe('an inquiry and a payment of KHOINS', () => {
	test('are answered at once with the texts of the docs, and take what they say', async () => {
		const { box, seen } = await openKhoins({
			now: '2024-09-21T15:12:10+07:00',
			variant: ['credit'],
		});
		box.setBalance('khoins', -9_858_221);
		const asked = await get(box.url, inquiry);
		expect(asked.json).toEqual({
			tujuan: '1234567890',
			trxid: 'abc-inq-1',
			status: 'Success',
			message:
				'R#abc-inq-1 [18134]>>>Transaksi INQBCAB ke 1234567890 Harga:0 SUKSES. SN: NAMA:PELANGGAN CONTOH/NOREK:1234567890/BANK:BCA/LAYANAN: BIFAST. Saldo: -9.858.221#@21/09 15:12:10',
		});
		await box.advance('17s');
		const paid = await get(box.url, { ...payment, qty: '99550' });
		expect(paid.json.message).toMatch(
			/^R#abc-inq-1 \[18135\]>>>Transaksi PAYBCAB ke 1234567890 Harga:100\.550 SUKSES\. SN: \d{13}\/NAMA:PELANGGAN CONTOH\/QTY:99550\/BANK TUJUAN:BCA\/ADMIN:2500\/REFF:20240921[A-Z0-9]+\/PENGIRIM:[A-Z ]+\/LAYANAN:BIFAST\. Saldo: -9\.958\.771#@21\/09 15:12:27$/,
		);
		expect(seen).toEqual([]);
		expect(box.orders().map(({ state }) => state)).toEqual(['Success']);
		expect((await get(box.url, inquiry)).json).toEqual(asked.json);
		expect((await get(box.url, payment)).json).toEqual(paid.json);
		expect(box.balances()[0]?.balance).toBe('-9958771');
	});

	test('that find no account say so, and take nothing', async () => {
		const { box } = await openKhoins();
		for (const kodeproduk of ['INQBCAB', 'PAYBCAB']) {
			const { json } = await get(box.url, { tujuan: '880000', trxid: 'x', kodeproduk });
			expect(json).toEqual({
				tujuan: '880000',
				trxid: 'x',
				status: 'Gagal',
				message: `R#x Transaksi ${kodeproduk} ke 880000 GAGAL. ket: Rekening tidak ditemukan`,
			});
		}
		const late = { tujuan: '880001', trxid: 'y', kodeproduk: 'INQPGN' };
		expect((await get(box.url, late)).json.status).toBe('Success');
		expect((await get(box.url, { ...late, kodeproduk: 'PAYPGN' })).json.status).toBe('Gagal');
		expect(box.balances()[0]?.balance).toBe('1000000');
		const told = box.calls().map(({ notes }) => notes.find((note) => note.includes('tujuan ends')));
		expect(told).toEqual([
			'note: tujuan ends in 0000, which is not found here',
			'note: tujuan ends in 0000, with which it fails here',
			undefined,
			'note: tujuan ends in 0001, with which it fails here',
		]);
	});

	test('of a bill owe the same: TAGIHAN of the inquiry and the product’s price are Harga', async () => {
		const { box } = await openKhoins();
		const bill = { tujuan: '532110000123', trxid: 'b-1', kodeproduk: 'INQPLNGR25' };
		const asked = await get(box.url, bill);
		const paid = await get(box.url, { ...bill, trxid: 'b-2', kodeproduk: 'PAYPLNGR25' });
		const owed = Number(/TAGIHAN:(\d+)/.exec(asked.json.message)?.[1]);
		const price = Number(/Harga:([\d.]+)/.exec(paid.json.message)?.[1]?.replaceAll('.', ''));
		expect([owed > 0, price - owed]).toEqual([true, 1250]);
		expect(paid.json.message).toContain(`TAGIHAN:${owed}/`);
		expect(box.calls().flatMap(({ notes }) => notes)).toEqual([]);
	});

	test('follow --outcome failed with the payment alone', async () => {
		const { box } = await openKhoins({ outcome: 'failed' });
		expect((await get(box.url, inquiry)).json.status).toBe('Success');
		expect((await get(box.url, payment)).json.message).toBe(
			'R#abc-inq-1 Transaksi PAYBCAB ke 1234567890 GAGAL. ket: Rekening tidak ditemukan',
		);
	});
});

describe('a mistake in a transaction of KHOINS', () => {
	test.each([
		['no PIN', { memberpin: '' }, 'memberpin tidak boleh kosong', 'memberpin is empty'],
		[
			"OtomaX' name",
			{ kodeproduk: undefined, product: 'TH50' },
			'kodeproduk tidak boleh kosong',
			'kodeproduk is missing; "product" is kodeproduk',
		],
		[
			'an OtomaX request',
			{
				...{ tujuan: undefined, trxid: undefined, kodeproduk: undefined, memberid: undefined },
				...{ dest: '0896', refID: 'r', product: 'TH50', memberID: 'demo01', sign: 'abc' },
			},
			'tujuan tidak boleh kosong',
			'tujuan is missing; "dest" is tujuan; "refID" is trxid; "product" is kodeproduk; "memberID" is memberid,KHOINS has no sign',
		],
		[
			'an unknown product',
			{ kodeproduk: 'TH51' },
			'Produk tidak ditemukan',
			'there is no product TH51; did you mean TH50?',
		],
		[
			'a product that resembles none',
			{ kodeproduk: 'NOSUCHTHING' },
			'Produk tidak ditemukan',
			'there is no product NOSUCHTHING. Here are TH50, ',
		],
		[
			'a bill without its prefix',
			{ kodeproduk: 'BCAB' },
			'Gunakan kodeproduk INQBCAB atau PAYBCAB',
			'BCAB is bought with INQBCAB and PAYBCAB',
		],
		[
			'pulsa with a prefix',
			{ kodeproduk: 'INQTH50' },
			'Produk tidak ditemukan',
			'TH50 is prepaid: it is bought without INQ and PAY',
		],
		[
			'an amount with dots',
			{ kodeproduk: 'PAYBCAB', qty: '100.000' },
			'qty tidak valid',
			'qty "100.000" is no whole number from 1000 to 100000000',
		],
	])('is refused in the provider’s way, and named in a line: %s', async (_, more, reason, note) => {
		const { box } = await openKhoins();
		const all = { ...pulsa, ...member, ...more } as Record<string, string | undefined>;
		const sent = Object.entries(all).filter(([, value]) => value !== undefined);
		const answer = await call(
			'GET',
			`${box.url}/?${new URLSearchParams(sent as [string, string][])}`,
		);
		expect([answer.status, answer.json.status]).toEqual([200, 'Gagal']);
		expect(answer.json.message.split(' GAGAL. ket: ')[1]).toBe(reason);
		const [told] = box.calls();
		expect(told?.notes.join()).toContain(note);
		expect(told?.path).not.toMatch(/rahasia|1234(?!5)/);
		expect(box.orders()).toEqual([]);
	});

	test('goes through with a line where KHOINS’ answer is not known', async () => {
		const { box } = await openSandbox({ providers: ['khoins'] });
		await get(box.url, { ...pulsa, tujuan: '081234567890' });
		await get(box.url, payment);
		const notes = box.calls().map((told) => told.notes.join('; '));
		expect(notes[0]).toContain("note: tujuan 081234567890 begins with none of TH50's prefixes");
		expect(notes[0]).toContain('note: the result goes nowhere');
		expect(notes[1]).toContain('note: no amount');
		expect(notes[1]).toContain('note: there was no INQ of 1234567890 before this PAY');
	});

	test('of codes that the docs do not have can be let through', async () => {
		const { box } = await openKhoins({ variant: ['any-product'] });
		const any = { tujuan: '0812', trxid: 'q', kodeproduk: 'TSEL25' };
		expect((await get(box.url, any)).json.status).toBe('Pending');
		const bill = await get(box.url, { ...any, trxid: 'r', kodeproduk: 'INQPDAMX' });
		expect(bill.json.message).toContain('Harga:0 SUKSES. SN: NAMA:');
	});
});

describe('clients of others', () => {
	test.skipIf(!needs('curl'))('curl, the query behind the host as the docs write it', async () => {
		const { box } = await openKhoins();
		for (const base of [box.url, `${box.url}/khoins`, `${box.url}/khoins/`]) {
			const line = `${base}?tujuan=1234567890&trxid=abc-inq-1&kodeproduk=INQBCAB&${query}`;
			const { stdout } = await run('curl', ['-sS', line]);
			expect(JSON.parse(stdout)).toMatchObject({ trxid: 'abc-inq-1', status: 'Success' });
		}
	});

	test.skipIf(!needs('php'))('PHP, as a shop builds the query', async () => {
		const { box } = await openKhoins();
		const script = `$q = http_build_query(['tujuan' => '089612345678', 'trxid' => 'INV/7 é', 'kodeproduk' => 'TH50',
			'memberid' => 'demo01', 'memberpass' => 'a&b', 'memberpin' => 1234]);
			echo file_get_contents('${box.url}?' . $q);`;
		const { stdout } = await run('php', ['-r', script]);
		expect(JSON.parse(stdout)).toMatchObject({ trxid: 'INV/7 é', status: 'Pending' });
		expect(box.order('INV/7 é').state).toBe('Pending');
	});

	test('a browser that looks what is there buys nothing; wrong addresses name the right one', async () => {
		const { box } = await openKhoins();
		expect((await call('GET', `${box.url}/`)).status).toBe(404);
		const posted = await call('POST', `${box.url}/?${query}`, { ...pulsa });
		expect([posted.status, posted.json.message]).toEqual([
			405,
			expect.stringContaining('takes GET, not POST'),
		]);
		const trx = await call('GET', `${box.url}/trx?product=TH50&dest=0896&refID=1`);
		expect([trx.status, trx.json.message]).toEqual([404, expect.stringContaining('GET /?tujuan=')]);
		const status = await call('GET', `${box.url}/khoins/cektrx?refid=1`);
		expect(status.json.message).toContain('KHOINS documents no status query');
		expect(box.orders()).toEqual([]);
	});
});

test('no query takes it down, or is answered with anything but KHOINS’ shapes', async () => {
	const { box } = await openKhoins({ outcome: 'success' });
	const names = [
		'tujuan',
		'trxid',
		'kodeproduk',
		'memberid',
		'memberpass',
		'memberpin',
		'qty',
		'amount',
	];
	const values = fc.oneof(
		fc.constantFrom(
			'__proto__',
			'${now:x}',
			'PAYBCAB',
			'INQ',
			'PAY',
			'TH50',
			'constructor',
			'-1',
			'9e9',
		),
		fc.string({ unit: anyCharacter, maxLength: 20 }),
	);
	const query = fc.dictionary(
		fc.constantFrom(...names, 'method', 'description', '__proto__'),
		values,
	);
	const whole = { ...pulsa, ...member, method: 'QRIS', amount: '10000', description: 'x' };
	const path = fc.constantFrom(
		'/',
		'/balance',
		'/ticket',
		'/payment-gateway',
		'/payment-gateway/method',
	);
	await fc.assert(
		fc.asyncProperty(path, query, async (where, asked) => {
			const { status, json } = await call(
				'GET',
				`${box.url}${where}?x&${new URLSearchParams({ ...whole, ...asked })}`,
			);
			expect(status).toBe(200);
			expect(['Success', 'Pending', 'Gagal']).toContain(json.status);
			expect(json.message).toBeTypeOf('string');
		}),
		runs(150),
	);
});
