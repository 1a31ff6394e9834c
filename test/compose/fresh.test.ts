import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { bodyOf, catalogue, composed } from '../support/catalogue.ts';

describe('fresh values', () => {
	test('agree on one instant in the provider’s zone, and keep to the provider’s lengths', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2037-12-31') }),
				fc.nat(),
				async (now, seed) => {
					const { request } = await composed(
						'bayarcash/transaction-success',
						{ fresh: true },
						{ now, random: seededRandom(String(seed)) },
					);
					const fields = Object.fromEntries(
						new URLSearchParams(Buffer.from(request.body ?? []).toString()),
					);
					const local = new Date(now + 8 * 3_600_000).toISOString();
					expect(fields['datetime']).toBe(local.slice(0, 19).replace('T', ' '));
					expect(fields['exchange_transaction_id']).toMatch(
						new RegExp(`^${local.slice(2, 19).replace(/\D/g, '')}\\d{4}$`),
					);
					const seconds = String(Math.floor(now / 1000));
					expect(fields['exchange_reference_number']?.replaceAll('-', '').slice(0, 10)).toBe(
						seconds,
					);
					expect(fields['transaction_id']).toMatch(/^trx_[A-Za-z0-9]{6}$/);
					expect(fields['order_number']?.length).toBeLessThanOrEqual(30);
				},
			),
			{ numRuns: 30 },
		);
	});

	test('of every event keep order numbers within 30 characters, and mails of direct debit within 27', async () => {
		for (const { id } of catalogue.events.filter(({ provider }) => provider.id === 'bayarcash')) {
			const { values } = await composed(id, { fresh: true });
			expect(String(values['order_number'] ?? '').length).toBeLessThanOrEqual(30);
			if (id.includes('/dd-'))
				expect(String(values['payer_email'] ?? '').length).toBeLessThanOrEqual(27);
		}
	});

	test('of one seed are about one order: a field that returns in another message has the same value', async () => {
		const context = { now: Date.parse('2026-03-09T17:05:06Z'), random: seededRandom('7') };
		const shared = ['order_number', 'transaction_id', 'exchange_reference_number'];
		const of = async (id: string) => (await composed(id, { fresh: true }, context)).values;
		const paid = await of('bayarcash/transaction-success');
		for (const id of [
			'bayarcash/pre-transaction',
			'bayarcash/receipt-success',
			'bayarcash/transaction-failed',
		]) {
			const values = await of(id);
			expect(shared.map((name) => values[name])).toEqual(shared.map((name) => paid[name]));
		}
		const other = await composed(
			'bayarcash/transaction-success',
			{ fresh: true },
			{ ...context, random: seededRandom('8') },
		);
		expect(other.values['order_number']).not.toBe(paid['order_number']);
	});

	test('KHOINS’ text carries the same instant in Jakarta time', async () => {
		const body = bodyOf(
			await composed(
				'khoins/transaction-success',
				{ fresh: true },
				{ now: Date.parse('2026-03-09T17:05:06Z') },
			),
		);
		expect(body).toContain('#@10/03 00:05:06');
	});
});

describe('codes', () => {
	/** Codes of the PayNet FPX list with the md5 that the vendor's samples carry. */
	test.each([
		['ABB0233', '472e729c398dbc372d96f5d852393b76'],
		['AGRO01', '6f692c003561e3c52f0d993805b6be01'],
		['MB2U0227', 'efd02ffaae6f432ec0a9b507869de7dd'],
		['BIMB0340', '5cc69f15e7f1ac4bf0664bbc6624820d'],
		['TEST0021', '84021f0cae691eeaf413bb214b13f2d3'],
	])('the bank %s brings its md5 along', async (code, hashed) => {
		const { values } = await composed('bayarcash/dd-bank-approval-approved', {
			set: [`payer_bank_code=${code}`],
		});
		expect(values['payer_bank_code_hashed']).toBe(hashed);
		expect(createHash('md5').update(code).digest('hex')).toBe(hashed);
	});

	test('that contradict the state or the text are sent with a warning', async () => {
		expect((await composed('iak/pulsa-failed', { set: ['rc=14'] })).warnings).toEqual([]);
		expect((await composed('iak/pulsa-success', { set: ['rc=14'] })).warnings).toEqual([
			'rc "14" means wrong destination number: status "2" goes with it, not "1"',
			'rc "14" means wrong destination number: message "SUCCESS" contradicts it',
		]);
		expect((await composed('iak/pulsa-failed', { set: ['rc=999'] })).warnings).toEqual([
			'rc "999" is none of the documented codes',
		]);
		expect(
			(await composed('iak/pulsa-failed', { variants: ['numbers'], set: ['rc=07'] })).warnings,
		).toEqual([]);
	});

	test('of a decline bring their message along, unless it is set too', async () => {
		const declined = async (set: string[]) =>
			(await composed('transfez/transaction-declined', { set })).values;
		expect(await declined(['error_code=7003'])).toMatchObject({
			error_code: 7003,
			error_message: 'Partner timeout',
		});
		expect(await declined(['error_code:="011"'])).toMatchObject({
			error_code: '011',
			error_message: 'Same sender and receiver account',
		});
		expect(await declined(['error_code=5', 'error_message=own words'])).toMatchObject({
			error_message: 'own words',
		});
	});

	test('no shipped sample contradicts itself', async () => {
		for (const { id } of catalogue.events) expect((await composed(id)).warnings).toEqual([]);
	});
});
