import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
	digestShop,
	key,
	localTransfer,
	openTransfez,
	transferAbroad,
	transferIn,
} from '../support/open-transfez.ts';
import { serve } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const run = promisify(execFile);

const answerFields = [
	'id',
	'reference_id',
	'callback_url',
	'payer_id',
	'mode',
	'sender',
	'source',
	'destination',
	'beneficiary',
	'compliance',
	'created_at',
	'updated_at',
	'user_id',
	'state',
	'amount',
	'paid_at',
	'rate',
	'fee',
	'partner_id',
	'completion_date',
	'sent_amount',
	'state_id',
	'error_code',
	'error_message',
	'notes',
	'transaction_type',
];

describe('a transfer', () => {
	test.skipIf(!needs('curl'))(
		'is made with curl as the documentation shows it, confirmed, and called back at every change to a receiver that asks for Digest',
		async () => {
			const shop = await digestShop();
			const { box } = await openTransfez({ outcome: 'success' });
			const curl = async (path: string, ...more: readonly string[]) => {
				const header = ['--header', `Authorization: ${key}`];
				const url = `${box.url}/api/v1${path}`;
				const { stdout } = await run('curl', ['-sS', '--location', url, ...header, ...more]);
				return JSON.parse(stdout);
			};
			const sent = JSON.stringify(localTransfer({ callback_url: shop.url }));
			const type = ['--header', 'Content-Type: application/json'];
			const created = await curl('/transactions', ...type, '--data-raw', sent);
			expect(created.status).toBe(200);
			expect(Object.keys(created.data)).toEqual(answerFields);
			expect(created.data).toMatchObject({
				id: 6248,
				reference_id: 'LOCAL-TRX-REFERENCE-001',
				payer_id: 4,
				sender: { firstname: 'John Doe', country_iso_code: 'IDN' },
				destination: { amount: '20000.0', currency: 'IDR', country_iso_code: 'IDN' },
				beneficiary: {
					firstname: 'BRI Simulator A',
					country_iso_code: 'IDN',
					account: '111112222233333',
					bank: 'BRI',
				},
				state: 'created',
				amount: 20000,
				paid_at: null,
				rate: '1.0',
				fee: '2500.0',
				sent_amount: '20000.0',
				state_id: null,
				error_code: null,
				transaction_type: 'C2C',
			});
			const confirmed = await curl(`/transactions/${created.data.id}/confirm`, '-X', 'POST');
			expect(confirmed.data).toMatchObject({ id: 6248, state: 'confirmed', state_id: 2 });
			const callbacks = shop.bodies.map((body) => JSON.parse(body));
			expect(callbacks.map(({ status, data }) => [status, data.length, data[0].state])).toEqual([
				[200, 1, 'created'],
				[200, 1, 'confirmed'],
				[200, 1, 'submitted'],
				[200, 1, 'completed'],
			]);
			const got = await curl('/transactions/6248');
			expect(Object.keys(got.data)).toEqual([...answerFields, 'user_email', 'payer_name']);
			expect(got.data).toMatchObject({
				state: 'completed',
				state_id: 5,
				payer_name: 'PT. BANK RAKYAT INDONESIA (PERSERO)',
			});
			const [last] = callbacks[3].data;
			expect(got.data).toMatchObject({ ...last, source: { currency: 'IDR' } });
			expect(last.completion_date).toBe(last.updated_at);
		},
	);

	test.skipIf(!needs('php'))('is made and confirmed by a shop in PHP', async () => {
		const { box, shop, seen } = await openTransfez({ outcome: 'success' });
		const sent = JSON.stringify(localTransfer({ callback_url: shop, notes: 'Uang sewa é' }));
		const script = `function ask($method, $path, $body = '') {
				return json_decode(file_get_contents('${box.url}/api/v1' . $path, false, stream_context_create(['http' => [
					'method' => $method, 'header' => "Authorization: ${key}\r\nContent-Type: application/json", 'content' => $body]])));
			}
			$made = ask('POST', '/transactions', json_encode(json_decode('${sent}')));
			$id = $made->data->id;
			ask('POST', "/transactions/$id/confirm");
			echo json_encode(ask('GET', "/transactions/$id")->data);`;
		const { stdout } = await run('php', ['-r', script]);
		expect(JSON.parse(stdout)).toMatchObject({
			reference_id: 'LOCAL-TRX-REFERENCE-001',
			notes: 'Uang sewa é',
			state: 'completed',
			amount: 20000,
		});
		expect(seen).toHaveLength(4);
	});

	test.each([
		[161, '19626.069949', 196260699],
		[172, '16658.531169', 166585311],
	])('to payer %i costs the amount times %s, cut to whole rupiah', async (payer, rate, amount) => {
		const { api } = await openTransfez();
		const { json } = await api('POST', '/transactions', transferAbroad({ payer_id: payer }));
		expect(json.data).toMatchObject({
			payer_id: payer,
			sender: { firstname: 'John', lastname: 'Doe', country_iso_code: 'IDN' },
			source: { currency: 'IDR', country_iso_code: 'IDN' },
			destination: { amount: '10000', currency: 'GBP', country_iso_code: 'GBR' },
			beneficiary: { firstname: 'Zofia', lastname: 'Cope', account: '123456' },
			compliance: transferAbroad().compliance,
			state: 'created',
			amount,
			paid_at: null,
			rate,
			fee: '0.0',
			sent_amount: '10000.0',
			state_id: null,
			notes: null,
		});
	});

	test("with the documentation's own slip, a bank as the payer of pounds, is taken and told", async () => {
		const { box, api } = await openTransfez();
		const { json } = await api('POST', '/transactions', transferAbroad({ payer_id: 1 }));
		expect(json.data).toMatchObject({ payer_id: 1, amount: 196260699 });
		expect(box.calls()[0]?.notes.join()).toContain('payer 1 is bni, IDR; the destination is GBP');
	});

	test('is read as it was written in 2020, too: a quoted payer, a quoted null', async () => {
		const { api } = await openTransfez();
		const sent = localTransfer({
			payer_id: '1',
			source: { amount: 'null', currency: 'EUR', country_iso_code: 'FRA' },
			destination: { amount: '1000000', currency: 'IDR' },
		});
		const { json } = await api('POST', '/transactions', sent);
		expect(json.data).toMatchObject({
			payer_id: 1,
			source: { currency: 'EUR', country_iso_code: 'FRA' },
			destination: { amount: '1000000.0', currency: 'IDR' },
			amount: 1000000,
		});
		expect(json.data.source).not.toHaveProperty('amount');
	});

	test.each([
		['IDR', '20000', 20000, '20000.0'],
		['EUR', '2', 36000, '36000.0'],
	])('by its SOURCE of %s %s costs %i rupiah', async (currency, amount, rupiah, arrives) => {
		const { api } = await openTransfez();
		const source = { amount, currency, country_iso_code: 'IDN' };
		const destination = { currency: 'IDR', country_iso_code: 'IDN' };
		const sent = localTransfer({ mode: 'SOURCE', source, destination });
		const { json } = await api('POST', '/transactions', sent);
		expect(json.data).toMatchObject({
			amount: rupiah,
			destination: { amount: arrives },
			sent_amount: arrives,
		});
		expect(Number(json.data.source.amount)).toBe(Number(amount));
	});

	test('in the form of 2022 is the bare transfer of the sheet, declined', async () => {
		const { box, shop, seen, api } = await openTransfez({ variant: ['bare'] });
		const { compliance: _, ...sent } = localTransfer({ callback_url: shop });
		await api('POST', '/transactions', sent);
		await box.settle('LOCAL-TRX-REFERENCE-001', 'declined');
		const { created_at, updated_at, paid_at, ...last } = transferIn(seen.at(-1) as never);
		expect(last).toEqual({
			id: 6248,
			reference_id: 'LOCAL-TRX-REFERENCE-001',
			callback_url: shop,
			payer_id: 4,
			mode: 'DESTINATION',
			sender: { firstname: 'John Doe', country_iso_code: 'IDN' },
			source: { currency: 'IDR', country_iso_code: 'IDN' },
			destination: { amount: '20000.0', currency: 'IDR', country_iso_code: 'IDN' },
			beneficiary: {
				firstname: 'BRI Simulator A',
				country_iso_code: 'IDN',
				account: '111112222233333',
				bank: 'BRI',
			},
			compliance: {},
			user_id: 7,
			state: 'declined',
			amount: 20000,
			rate: '1.0',
			fee: '2500.0',
			partner_id: 6,
			completion_date: null,
			sent_amount: '20000.0',
			state_id: 6,
			error_code: 2,
			error_message: 'Invalid destination account number',
			notes: '',
			transaction_type: 'C2C',
		});
		for (const time of [created_at, updated_at]) expect(time).toMatch(/T.{8}\.\d{3}\+07:00$/);
		expect(paid_at).toMatch(/\.000\+07:00$/);
	});

	test('on the page of 2020 has everything quoted, null too', async () => {
		const { box, shop, seen, api } = await openTransfez({
			variant: ['page'],
		});
		await api('POST', '/transactions', localTransfer({ callback_url: shop }));
		await box.settle('LOCAL-TRX-REFERENCE-001', 'confirmed');
		expect(seen.map(transferIn)).toMatchObject([
			{ payer_id: '4', amount: '20000', paid_at: 'null', source: { amount: 'null' } },
			{ payer_id: '4', amount: '20000', paid_at: expect.stringContaining('+07:00') },
		]);
	});

	test.each([
		['X-TransferTo-Hmac', ['hmac'], 'x-transferto-hmac'],
		['nothing', ['none'], 'content-type'],
	])('is called back with %s where that is asked for', async (_, variant, header) => {
		const { shop, seen, api } = await openTransfez({ variant });
		await api('POST', '/transactions', localTransfer({ callback_url: shop }));
		expect(seen).toHaveLength(1);
		expect(seen[0]?.headers[header]).toBeDefined();
	});

	test('is called back where --callback-to says if the request names no address', async () => {
		const { box, shop, api } = await openTransfez();
		const { json } = await api('POST', '/transactions', localTransfer());
		expect(json.data.callback_url).toBeNull();
		expect(box.deliveries()).toEqual([]);
		expect(box.calls()[0]?.notes.join()).toContain('note: no callback_url');
		const other = await openTransfez({ callbackTo: shop });
		await other.api('POST', '/transactions', localTransfer());
		expect(other.box.deliveries().map(({ url }) => url)).toEqual([shop]);
		const nowhere = await openTransfez();
		const ftp = localTransfer({ callback_url: 'ftp://shop.example/cb' });
		expect((await nowhere.api('POST', '/transactions', ftp)).status).toBe(200);
		expect(nowhere.box.deliveries()).toEqual([]);
	});

	test('is redelivered with the same bytes every time', async () => {
		const { box, shop, seen, api } = await openTransfez({}, [500]);
		await api('POST', '/transactions', localTransfer({ callback_url: shop }));
		await box.advance('1h');
		expect(seen).toHaveLength(5);
		expect(new Set(seen.map(({ body }) => body.toString())).size).toBe(1);
		await box.resend('LOCAL-TRX-REFERENCE-001');
		expect(seen[5]?.body).toEqual(seen[0]?.body);
	});
});

describe('what becomes of a transfer', () => {
	test('is what a shop decides that cancels when it hears that it is confirmed', async () => {
		const { box, api } = await openTransfez({ outcome: 'success' });
		const told: string[] = [];
		const { url } = await serve(async (one, response) => {
			const { id, state } = transferIn(one);
			told.push(state);
			if (state === 'confirmed') await api('POST', `/transactions/${id}/cancel`);
			response.end();
		});
		await api('POST', '/transactions', localTransfer({ callback_url: url }));
		const { json } = await api('POST', '/transactions/6248/confirm');
		expect(json.data.state).toBe('confirmed');
		expect(told).toEqual(['created', 'confirmed', 'canceled']);
		expect(box.order('6248').state).toBe('canceled');
		await api('POST', '/transactions', localTransfer({ reference_id: 'B', callback_url: url }));
		await box.settle('B', 'success');
		expect(box.order('B').state).toBe('canceled');
	});

	test('waits to be confirmed, whoever would decide', async () => {
		const { box, api } = await openTransfez({ outcome: 'success' });
		await api('POST', '/transactions', localTransfer());
		await box.advance('1d');
		expect(box.order('LOCAL-TRX-REFERENCE-001').state).toBe('created');
	});

	test.each([
		['success', 'completed'],
		['failed', 'declined'],
		['cancelled', 'canceled'],
		['pending', 'submitted'],
		['never', 'confirmed'],
	])('--outcome %s makes it %s', async (outcome, state) => {
		const { box, api } = await openTransfez({ outcome });
		await api('POST', '/transactions', localTransfer());
		await api('POST', '/transactions/6248/confirm');
		await box.advance('1d');
		expect((await api('GET', '/transactions/6248')).json.data.state).toBe(state);
	});

	test('takes its time where there is a delay: submitted a second later, the end five', async () => {
		const { box, shop, seen, api } = await openTransfez({ outcome: 'success', delayMs: 2_000 });
		await api('POST', '/transactions', localTransfer({ callback_url: shop }));
		await api('POST', '/transactions/6248/confirm');
		const states = () => seen.map((one) => transferIn(one).state);
		expect(states()).toEqual([]);
		await box.advance('2s');
		expect(states()).toEqual(['created']);
		await box.advance('1s');
		expect(states()).toEqual(['created', 'confirmed', 'submitted']);
		await box.advance('3s');
		expect(seen).toHaveLength(3);
		await box.advance('1s');
		expect(states().at(-1)).toBe('completed');
		const times = seen.map((one) => Date.parse(transferIn(one).updated_at));
		expect((times[3] ?? 0) - (times[2] ?? 0)).toBe(4_000);
	});

	test.each([
		['9990002', 2, 'Invalid destination account number'],
		['9990010', 10, 'Payload validation failed'],
		['9990013', '013', 'Rejected by bank'],
		['9997005', 7005, 'Expired by partner'],
	])('is declined by itself on account %s with code %s', async (account, code, text) => {
		const { box, api } = await openTransfez();
		const beneficiary = { ...localTransfer().beneficiary, account };
		await api('POST', '/transactions', localTransfer({ beneficiary }));
		await api('POST', '/transactions/6248/confirm');
		const { json } = await api('GET', '/transactions/6248');
		expect(json.data).toMatchObject({ state: 'declined', error_code: code, error_message: text });
		expect(box.calls()[0]?.notes).toContain(
			`note: the account is one that declines here, with code ${code}`,
		);
		expect(box.balances()).toEqual([
			{ provider: 'transfez', currency: 'IDR', balance: '254897585' },
		]);
	});

	test('is decided by hand: every state on the way is passed and called back', async () => {
		const { box, shop, seen, api } = await openTransfez();
		await api('POST', '/transactions', localTransfer({ callback_url: shop }));
		expect(box.order('LOCAL-TRX-REFERENCE-001').outcomes).toEqual([
			'success',
			'failed',
			'cancelled',
			'pending',
			'never',
			'confirmed',
		]);
		await box.settle('LOCAL-TRX-REFERENCE-001', 'success');
		expect(box.order('6248')).toMatchObject({ state: 'completed', outcomes: ['refunded'] });
		await box.settle('6248', 'refunded');
		const all = seen.map(transferIn);
		expect(all.map(({ state }) => state)).toEqual([
			'created',
			'confirmed',
			'submitted',
			'completed',
			'refunded',
		]);
		const times = all.map(({ updated_at }) => Date.parse(updated_at));
		expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
	});

	test('is spaced where callbacks have a delay, so that none overtakes another', async () => {
		const { box, shop, seen, api } = await openTransfez({ delayMs: 1_000 });
		await api('POST', '/transactions', localTransfer({ callback_url: shop }));
		await box.advance('5s');
		await box.settle('6248', '7008');
		expect(box.order('6248').state).toBe('declined');
		await box.advance('5s');
		expect(seen.map((one) => transferIn(one).state)).toEqual([
			'created',
			'confirmed',
			'submitted',
			'declined',
		]);
		expect(transferIn(seen[3] as never)).toMatchObject({
			error_code: 7008,
			error_message: 'Declined by partner',
		});
	});

	test('is refused where it does not follow, in a sentence', async () => {
		const { box, api } = await openTransfez();
		await api('POST', '/transactions', localTransfer());
		await expect(box.settle('6248', 'maybe')).rejects.toThrow('an outcome is one of');
		await expect(box.settle('6248', 'created')).rejects.toThrow('it is created already');
		await box.settle('6248', 'pending');
		await expect(box.settle('6248', 'cancelled')).rejects.toThrow('it cannot become canceled');
		await box.settle('6248', 'success');
		await expect(box.settle('6248', 'failed')).rejects.toThrow('it is completed');
		await expect(box.settle('6248', 'never')).rejects.toThrow('it is completed already');
		box.setBalance('transfez', 100);
		await api('POST', '/transactions', localTransfer({ reference_id: 'B' }));
		await expect(box.settle('B', 'success')).rejects.toThrow('Insufficient amount Balance');
	});

	test('is not decided by the bank any more once somebody has', async () => {
		const { box, api } = await openTransfez({ outcome: 'success', delayMs: 1_000 });
		await api('POST', '/transactions', localTransfer());
		await api('POST', '/transactions/6248/confirm');
		await box.settle('6248', 'never');
		await box.advance('1h');
		expect(box.order('6248').state).toBe('confirmed');
		const cancelled = await api('POST', '/transactions/6248/cancel');
		expect(cancelled.json.data).toMatchObject({ state: 'canceled', state_id: 4 });
		await box.advance('1h');
		expect(box.order('6248').state).toBe('canceled');
	});
});
