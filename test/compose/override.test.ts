import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagWords } from '../../src/cli/options/words.ts';
import type { Problem } from '../../src/model/problem.ts';
import { bodyOf, composed } from '../support/catalogue.ts';

const form = async (shaping: Parameters<typeof composed>[1]) =>
	new URLSearchParams(bodyOf(await composed('bayarcash/transaction-success', shaping)));
const problemOf = (promise: Promise<unknown>) =>
	promise.then(
		() => expect.fail('no problem was raised'),
		(error: Problem) => ({ code: error.code, ...error.in(flagWords) }),
	);

describe('--set', () => {
	test('keeps a string a string and a number a number', async () => {
		const json = JSON.parse(
			bodyOf(
				await composed('bayarcash/transaction-success', {
					variants: ['json'],
					set: ['amount=75.50', 'status=2'],
				}),
			),
		) as Record<string, unknown>;
		expect(json['amount']).toBe('75.50');
		expect(json['status']).toBe(2);
	});

	test('with := writes JSON as it was written, down to the digits', async () => {
		const body = bodyOf(
			await composed('bayarcash/transaction-success', {
				variants: ['json'],
				set: [
					'amount:=60.00',
					'status:="3"',
					'payer_bank_name:=null',
					'order_number:=12345678901234567890',
				],
			}),
		);
		expect(body).toContain('"amount":60.00,');
		expect(body).toContain('"status":"3"');
		expect(body).toContain('"payer_bank_name":null');
		expect(body).toContain('"order_number":12345678901234567890,');
	});

	test('signs a number as PHP casts it, not as it was written', async () => {
		const { request } = await composed('bayarcash/transaction-success', {
			variants: ['json'],
			set: ['amount:=60.00'],
		});
		expect(request.signatureAt(0)?.canonical).toMatch(/^60\|MYR/);
	});

	test('refuses a number that would print otherwise, and says how to send it', async () => {
		expect(
			await problemOf(composed('transfez/transaction-completed', { set: ['amount=60.00'] })),
		).toEqual({
			code: 'value-misfit',
			message: 'amount is a number, and 60.00 would be sent as 60',
			hint: `--set amount:=60.00 writes it so in JSON, --set 'amount:="60.00"' as text.`,
		});
	});

	test('refuses an unknown path and names the nearest', async () => {
		expect(await problemOf(form({ set: ['ammount=1'] }))).toMatchObject({
			code: 'path-unknown',
			hint: 'Did you mean "amount"?',
		});
	});

	test('points to --add for a field that the message has and the sample leaves out', async () => {
		expect((await problemOf(composed('iak/pulsa-failed', { set: ['sn=1'] }))).hint).toContain(
			'--add sn=',
		);
	});

	test.each(['code', 'data.code', 'product_code', 'data.product_code'])(
		'reaches the field under the spelling %s',
		async (spelling) => {
			for (const names of ['v1', 'v2']) {
				const data = (
					JSON.parse(
						bodyOf(
							await composed('iak/pulsa-success', {
								variants: [names],
								set: [`${spelling}=xld10000`],
							}),
						),
					) as { data: Record<string, string> }
				).data;
				expect(data['code'] ?? data['product_code']).toBe('xld10000');
			}
		},
	);

	test.each(['state', 'data.state', 'data[0].state', 'data.0.state'])(
		'reaches into the envelope of Transfez with %s',
		async (spelling) => {
			expect(
				bodyOf(await composed('transfez/transaction-completed', { set: [`${spelling}=declined`] })),
			).toContain('"state":"declined"');
		},
	);

	test('changes what follows from it, unless that is set itself', async () => {
		const message = async (set: string[]) =>
			JSON.parse(
				(
					JSON.parse(bodyOf(await composed('khoins/transaction-success', { set }))) as {
						message: string;
					}
				).message,
			) as Record<string, string>;
		expect(await message(['refid=X-1', 'sn=99'])).toMatchObject({
			trxid: 'X-1',
			message: expect.stringMatching(/^R#X-1 .* SN: 99\. Saldo/) as string,
		});
		expect(
			await message(['refid=X-1', 'message.trxid=other', 'message.message=plain']),
		).toMatchObject({
			trxid: 'other',
			message: 'plain',
		});
	});

	test.each(['price', 'data.price', 'mp.price'])(
		'wins over the types an option gives, under the spelling %s',
		async (path) => {
			const body = bodyOf(
				await composed('iak/pulsa-success', { variants: ['numbers'], set: [`${path}:="x"`] }),
			);
			expect(body).toContain('"price":"x"');
		},
	);

	test.each([
		['transfez/transaction-completed', ['bare'], 'source.amount=5'],
		['khoins/transaction-success', ['short'], 'message.trxid=7'],
	])('%s under %j refuses %s, which would not be sent', async (id, variants, set) => {
		expect(await problemOf(composed(id, { variants, set: [set] }))).toMatchObject({
			code: 'path-unknown',
			message: expect.stringContaining('does not send') as string,
		});
	});

	test('reaches a field that only feeds the text of another', async () => {
		const body = bodyOf(
			await composed('khoins/transaction-success', {
				variants: ['short'],
				set: ['message.tujuan=0800'],
			}),
		);
		expect(body).toContain('ke 0800 Harga');
	});

	test('of the signature points to --tamper', async () => {
		expect((await problemOf(form({ set: ['checksum=00'] }))).hint).toContain('--tamper checksum=');
		expect((await problemOf(form({ add: ['checksum=00'] }))).hint).toContain('--tamper checksum=');
	});

	test('signs and writes numbers beyond 64 bits as PHP does', async () => {
		const { request } = await composed('bayarcash/transaction-success', {
			set: ['amount:=100000000000000000000'],
		});
		expect(request.signatureAt(0)?.canonical).toMatch(/^1\.0E\+20\|/);
		expect(Buffer.from(request.body ?? []).toString()).toContain('amount=1.0E%2B20&');
	});

	test('wins over the types an option gives', async () => {
		expect(
			bodyOf(await composed('iak/pulsa-success', { variants: ['numbers'], set: ['price:="x"'] })),
		).toContain('"price":"x"');
	});

	test('any text survives form and JSON unchanged, and is signed as it is', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Surrogate}/u.test(text)),
				async (text) => {
					const set = [`payer_name=${text}`];
					expect((await form({ set })).get('payer_name')).toBe(text);
					const json = await composed('bayarcash/transaction-success', { variants: ['json'], set });
					expect((JSON.parse(bodyOf(json)) as Record<string, string>)['payer_name']).toBe(text);
					expect(
						json.request.signatureAt(0)?.canonical.split('|transaction|')[0]?.endsWith(text),
					).toBe(true);
				},
			),
		);
	});
});

describe('--add and --unset', () => {
	test('an added field goes out unsigned, before the signature', async () => {
		const plain = await composed('bayarcash/transaction-success');
		const added = await composed('bayarcash/transaction-success', {
			add: ['payment_intent_id=pi_1', 'fpx_extra_info.account_type=CASA', 'flag:=true'],
		});
		expect(bodyOf(added)).toContain(
			'&payment_intent_id=pi_1&fpx_extra_info%5Baccount_type%5D=CASA&flag=1&checksum=',
		);
		expect(added.request.signatureAt(0)?.value).toBe(plain.request.signatureAt(0)?.value);
	});

	test('adding what is there is refused', async () => {
		expect(await problemOf(form({ add: ['amount=1'] }))).toMatchObject({ code: 'path-exists' });
	});

	test('a field that is left out is signed as empty', async () => {
		const { request } = await composed('bayarcash/transaction-success', {
			unset: ['payer_bank_name'],
		});
		expect(request.signatureAt(0)?.canonical).toContain('|ORD-0060||mohd.ali@example.com');
		expect((await form({ unset: ['payer_bank_name'] })).has('payer_bank_name')).toBe(false);
	});
});

describe('roles', () => {
	test.each([
		['bayarcash/transaction-success', 'order_number=R-1', 'amount=5.00'],
		['iak/pulsa-success', '"ref_id":"R-1"', '"price":"5.00"'],
		['transfez/transaction-completed', '"reference_id":"R-1"', '"amount":5'],
	])('of %s are what the provider calls them', async (id, reference, amount) => {
		const body = bodyOf(
			await composed(id, { ref: 'R-1', amount: id.startsWith('transfez') ? '5' : '5.00' }),
		);
		expect(body).toContain(reference);
		expect(body).toContain(amount);
	});

	test('an amount where none is carried is a problem', async () => {
		expect(await problemOf(composed('khoins/transaction-success', { amount: '5' }))).toMatchObject({
			code: 'path-unknown',
		});
	});

	test('an amount in a form the provider never uses is sent, with a warning', async () => {
		const result = await composed('bayarcash/transaction-success', { amount: '60' });
		expect(bodyOf(result)).toContain('amount=60&');
		expect(result.warnings).toEqual([
			'amount is sent as "60"; the provider writes it like "60.00"',
		]);
	});
});
