import { describe, expect, test } from 'vitest';
import type { Composed } from '../../src/compose/compose.ts';
import { segmentsOf, valueAt } from '../../src/compose/path.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { Problem } from '../../src/model/problem.ts';
import { bodyOf, catalogue, composed } from '../support/catalogue.ts';

const success = 'bayarcash/transaction-success';

/** The ids of an order that a message carries, the reference left out. */
function idsIn({ message, values }: Composed, of: 'order' | 'attempt'): Record<string, unknown> {
	const paths = message.identity?.[of] ?? [];
	return Object.fromEntries(
		paths
			.filter((path) => path !== message.roles.reference)
			.map((path) => [path, valueAt(values, segmentsOf(path))])
			.filter(([, value]) => value != null),
	);
}

const carriesReference = catalogue.events.filter(
	({ id }) => !id.startsWith('khoins/topup') && id !== 'khoins/transaction-malformed',
);

describe('a reference', () => {
	test.each(carriesReference.map(({ id }) => [id]))(
		'has the same ids every time, and another reference others: %s',
		async (id) => {
			const ids = async (ref: string) => {
				const item = await composed(id, { ref });
				const { message } = item;
				const drawn = Object.entries(message.fresh ?? {})
					.filter(([, template]) => /\$\{(digits|base62|hex|uuid)/.test(template))
					.map(([path]) => path);
				const all = { ...idsIn(item, 'order'), ...idsIn(item, 'attempt') };
				return Object.fromEntries(Object.entries(all).filter(([path]) => drawn.includes(path)));
			};
			const [first, again, other] = [await ids('A-1'), await ids('A-1'), await ids('A-2')];
			expect(again).toEqual(first);
			for (const [path, value] of Object.entries(other))
				expect(value, path).not.toEqual(first[path]);
			// What says nothing here is a message without an id of its own.
			expect(Object.keys(first).length > 0 || id.startsWith('khoins/')).toBe(true);
		},
	);

	test('means one order in every message of a provider', async () => {
		const shared = ['transaction_id', 'exchange_reference_number'];
		const all = await Promise.all(
			['pre-transaction', 'transaction-pending', 'transaction-success', 'receipt-success'].map(
				(name) => composed(`bayarcash/${name}`, { ref: 'ORD-7' }),
			),
		);
		const [first] = all;
		for (const { values } of all)
			for (const path of shared) expect(values[path]).toBe(first?.values[path]);
	});

	test('leaves the sample as it is where none is named', async () => {
		expect(bodyOf(await composed(success))).toContain('trx_q6LJdl');
	});

	test('gives way to what is set, and to a body that is stated', async () => {
		const set = await composed(success, { ref: 'A-1', set: ['transaction_id=trx_mine99'] });
		expect(set.values['transaction_id']).toBe('trx_mine99');
		const body = JSON.stringify({ record_type: 'transaction', transaction_id: 'trx_body01' });
		const stated = await composed(success, {
			ref: 'A-1',
			body: body.replace('}', ',"order_number":"X"}'),
		});
		expect(stated.values['transaction_id']).toBe('trx_body01');
	});

	test('does not move the time of a message: only ids are derived', async () => {
		const [sample, derived] = [await composed(success), await composed(success, { ref: 'A-1' })];
		expect(derived.values['datetime']).toBe(sample.values['datetime']);
		expect(derived.values['exchange_transaction_id']).toMatch(/^241227121502\d{4}$/);
	});
});

describe('another attempt at paying an order', () => {
	test('has ids of its own beside the order’s number, by flag or by sample', async () => {
		const of = { ref: 'ORD-7' };
		const first = await composed(success, of);
		const second = await composed(success, { ...of, newAttempt: true });
		const sample = await composed('bayarcash/transaction-second-attempt', of);
		expect(second.values['order_number']).toBe('ORD-7');
		expect(second.values['transaction_id']).not.toBe(first.values['transaction_id']);
		expect(sample.values['transaction_id']).toBe(second.values['transaction_id']);
	});

	test('keeps what belongs to the order: Transfez and IAK know no second attempt', async () => {
		for (const id of ['iak/pulsa-success', 'transfez/transaction-completed']) {
			const of = { ref: 'ORD-7' };
			expect(bodyOf(await composed(id, { ...of, newAttempt: true }))).toBe(
				bodyOf(await composed(id, of)),
			);
		}
	});

	test('of a fresh order changes the ids of the attempt alone', async () => {
		const context = { random: seededRandom('9') };
		const first = await composed(success, { fresh: true }, context);
		const second = await composed(success, { fresh: true, newAttempt: true }, context);
		expect(second.values['order_number']).toBe(first.values['order_number']);
		expect(second.values['transaction_id']).not.toBe(first.values['transaction_id']);
	});

	test('of the sample is a problem: there is nothing that it would change', async () => {
		const problem = await composed(success, { newAttempt: true }).catch((error: unknown) => error);
		expect(problem).toBeInstanceOf(Problem);
		expect(problem).toMatchObject({
			code: 'usage',
			message: 'newAttempt changes nothing without fresh or ref',
			hint: "Name the order: ref: 'ORD-1001'.",
		});
	});
});

describe('what another message of the order would carry', () => {
	test.each([
		[success, ['transaction_id', 'exchange_reference_number', 'exchange_transaction_id']],
		['iak/process', ['tr_id']],
		// A failure carries no serial, and nothing is said of what is not there.
		['khoins/transaction-failed', []],
	])('is its ids without the reference: %s', async (id, names) => {
		const { ids, values } = await composed(id, { ref: 'R-1' });
		expect(Object.entries(ids)).toEqual(names.map((name) => [name, values[name]]));
	});

	test('is nothing where an id is null', async () => {
		const { ids } = await composed(success, { set: ['transaction_id:=null'] });
		expect(Object.keys(ids)).toEqual(['exchange_reference_number', 'exchange_transaction_id']);
	});
});

describe('the order that is shown', () => {
	test.each([
		[success, { reference: 'R-1', amount: '60.00', currency: 'MYR', status: 'Approved' }],
		['iak/pulsa-failed', { reference: 'R-1', currency: 'IDR', status: 'FAILED' }],
		['khoins/transaction-failed', { reference: 'R-1', status: 'Gagal' }],
		['transfez/transaction-completed', { reference: 'R-1', currency: 'IDR', status: 'completed' }],
	])('is read from the message: %s', async (id, shown) => {
		const { order, values } = await composed(id, { ref: 'R-1' });
		expect(order).toMatchObject(shown);
		if (id === success) expect(order?.id).toBe(values['transaction_id']);
	});

	test('is not there for raw bytes, which nobody has read', async () => {
		const item = await composed(success, { rawBody: Buffer.from('a=b') });
		expect([item.order, item.warnings]).toEqual([undefined, []]);
	});

	test('has no currency without an amount', async () => {
		const { order } = await composed(success, { unset: ['amount'] });
		expect([order?.amount, order?.currency]).toEqual([undefined, undefined]);
		const empty = await composed(success, { set: ['amount:=null'] });
		expect(empty.order?.amount).toBeUndefined();
	});

	test('is told beside the signed fields that a stated body lacks, and that alone', async () => {
		const body = '{"record_type":"transaction","order_number":"X","status":"3"}';
		const { warnings } = await composed(success, { body });
		const told = warnings.map((one) => (typeof one === 'string' ? one : one((name) => name)));
		expect(told).toContainEqual(expect.stringMatching(/^body lacks 10 of 13 signed fields/));
		expect((await composed(success, { unset: ['payer_name'] })).warnings).toEqual([]);
	});
});
