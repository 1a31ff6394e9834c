import { describe, expect, test } from 'vitest';
import type { Received } from '../../src/capture/received.ts';
import { readFields } from '../../src/verify/read-fields.ts';
import { recognise } from '../../src/verify/recognise.ts';
import { shopEvents } from '../support/made-up-shop.ts';

const paid = { id: 'T7', order: 'A-7', sum: '5.00', state: 'paid', kind: 'payment' };
const sent = { id: 'P7', to: { bank: 'MBB' }, state: 'sent' };

async function found(body: object, more: Partial<Received> & { form?: boolean } = {}) {
	const { form = false, ...rest } = more;
	const text = form ? String(new URLSearchParams(body as never)) : JSON.stringify(body);
	const received = { method: 'POST', target: '/', headers: {}, body: Buffer.from(text), ...rest };
	const read = await readFields(received);
	if (read === undefined) throw new Error('not read');
	return recognise(received, read, shopEvents);
}
const names = async (...args: Parameters<typeof found>) =>
	(await found(...args)).map(({ event, chosen }) => `${event.id} ${chosen.options.join(' ')}`);

describe('a payment is recognised', () => {
	test('in every way in which such fields can be sent, its signature taken out', async () => {
		const readings = await found({ ...paid, sign: 'ff' }, { form: true });
		expect(readings.map(({ chosen }) => chosen.options)).toEqual([
			['form', 'usual'],
			['form', 'few'],
		]);
		expect(readings[0]).toMatchObject({ values: paid, signature: 'ff' });
		expect(readings[0]?.values).not.toHaveProperty('sign');
	});

	test('in its envelope and under its names there', async () => {
		const { order, ...rest } = paid;
		const [reading] = await found({ data: { ...rest, order_id: order, sign: 1 } });
		expect(reading).toMatchObject({ values: paid, signature: '1' });
		expect(reading?.chosen.options).toEqual(['json', 'usual']);
		expect(await names({ ...paid, sign: 'ff' })).toEqual([]);
	});

	test('without a signature, which is then none', async () => {
		const [reading] = await found(paid, { form: true });
		expect(reading).toMatchObject({ signature: undefined, values: paid });
	});

	test('by its state, and among equals under the plainer name', async () => {
		const of = async (more: object) => (await names({ ...paid, ...more }, { form: true }))[0];
		expect(await of({})).toBe('shop/payment-paid form usual');
		expect(await of({ state: 'failed' })).toBe('shop/payment-failed form usual');
		// No sample has this state: the one that has more of its values is nearest.
		expect(await of({ state: 'odd', order: 'A-2' })).toBe('shop/payment-failed form usual');
	});

	test('by the fields that only one sample has', async () => {
		expect((await names({ ...paid, note: 'thanks' }, { form: true }))[0]).toContain(
			'payment-noted',
		);
	});

	test('by its discriminators before its state', async () => {
		const refund = await names({ ...paid, kind: 'refund' }, { form: true });
		expect(refund[0]).toBe('shop/payment-refunded form usual');
	});

	test('never where it says that it is another message, comes by another method or encoding', async () => {
		expect(await names({ ...paid, kind: 'other' }, { form: true })).toEqual([]);
		expect(await names(paid, { form: true, method: 'GET' })).toEqual([]);
		expect(await names(paid, { form: true, method: 'PUT' })).toEqual([]);
	});

	test('among unlisted fields, as long as they are fewer than its own', async () => {
		const whole = { ...paid, sign: 'ff' };
		const more = (count: number) =>
			Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, '1']));
		// It has six of its own.
		expect(await names({ ...whole, ...more(5) }, { form: true })).toHaveLength(2);
		expect(await names({ ...whole, ...more(6) }, { form: true })).toEqual([]);
	});

	test('without some of its fields, since samples leave some out', async () => {
		expect(await names({ id: 'T7', kind: 'payment', sum: '1' }, { form: true })).toHaveLength(2);
		expect(await names({ kind: 'payment' }, { form: true })).toEqual([]);
	});
});

describe('a payout is recognised', () => {
	const headers = { 'x-user': 'u', 'x-time': '1', 'x-sign': 'ab' };

	test.each([
		['without a proof', {}, 'none', undefined],
		['with its headers', headers, 'headers', 'ab'],
		['with some of its headers', { 'x-user': 'u' }, 'headers', undefined],
		['with its signature alone', { 'x-sign': 'ab' }, 'headers', 'ab'],
		['with a Digest answer', { authorization: 'Digest x' }, 'digest', 'Digest x'],
		['with another login', { authorization: 'Basic x' }, 'digest', 'Basic x'],
		['with headers that are about nothing', { 'x-other': '1' }, 'none', undefined],
	])('%s', async (_name, given, option, signature) => {
		const readings = await found(sent, { headers: given });
		expect(readings.map(({ chosen }) => chosen.options)).toEqual([[option]]);
		expect(readings[0]).toMatchObject({
			event: { id: 'shop/payout-sent' },
			signature,
			values: sent,
		});
	});

	test('by its state', async () => {
		expect(await names({ ...sent, state: 'back' })).toEqual(['shop/payout-back none']);
	});
});

test('what no event has the shape of is none', async () => {
	expect(await names({ hello: 'world' })).toEqual([]);
	expect(await names({})).toEqual([]);
});

test('without events nothing is recognised', async () => {
	const received = { method: 'POST', target: '/', headers: {}, body: Buffer.from('{"id":1}') };
	expect(recognise(received, { encoding: 'json', value: { id: 1 } }, [])).toEqual([]);
});
