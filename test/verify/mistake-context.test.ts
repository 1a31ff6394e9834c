import { describe, expect, test } from 'vitest';
import type { Received } from '../../src/capture/received.ts';
import { mistakeContextOf } from '../../src/verify/mistake-context.ts';
import { readFields } from '../../src/verify/read-fields.ts';
import { recognise } from '../../src/verify/recognise.ts';
import { shop, shopEvents } from '../support/made-up-shop.ts';
import { plainRecipe } from '../support/mistakes.ts';

async function contextOf(body: string, option: string, more: Partial<Received> = {}) {
	const received = { method: 'POST', target: '/', headers: {}, body: Buffer.from(body), ...more };
	const read = await readFields(received);
	const readings = read === undefined ? [] : recognise(received, read, shopEvents);
	const reading = readings.find(({ chosen }) => chosen.options.includes(option));
	if (reading === undefined) throw new Error('not recognised');
	const keys = [{ name: 'another key', text: 'x' }];
	return mistakeContextOf(reading, received, plainRecipe({ b: '1', a: '2' }), 'honest', {
		provider: shop,
		events: shopEvents,
		credentials: () => {
			throw new Error('no credential is asked for');
		},
		otherKeys: keys,
	});
}
const body = 'id=T7&order=A-1&sum=5.00&state=paid&kind=payment&sign=ff';

describe('what mistakes are made of', () => {
	test('is the callback, and what the catalogue knows beside it', async () => {
		expect(await contextOf(body, 'usual')).toEqual({
			values: { id: 'T7', order: 'A-1', sum: '5.00', state: 'paid', kind: 'payment' },
			documentedOrder: ['id', 'order', 'sum', 'state', 'kind', 'note'],
			otherLists: [{ name: '2 fields of payment (few)', fields: ['id', 'sum'] }],
			signed: ['b', 'a'],
			key: 'Key',
			otherKeys: [{ name: 'another key', text: 'x' }],
			honest: 'honest',
			signatureField: 'sign',
			// Its own reference is not another one, and each is there once.
			otherReferences: ['A-2'],
			referenceField: 'order',
			amountField: 'sum',
			knownFields: ['id', 'order', 'sum', 'state'],
			zone: '+08:00',
			body,
		});
	});

	test('are the other lists, by what is special about them', async () => {
		const { otherLists } = await contextOf(body, 'few');
		expect(otherLists).toEqual([
			{ name: '4 fields of payment', fields: ['id', 'order', 'state', 'sum'] },
		]);
	});

	test('are both lists, and no field of a signature, where that is a header', async () => {
		const payout = '{"id":"P1","to":{"bank":"MBB"},"state":"sent"}';
		const context = await contextOf(payout, 'headers', { headers: { 'x-sign': 'ab' } });
		expect(context).toMatchObject({
			documentedOrder: ['id', 'to', 'state'],
			signatureField: undefined,
			referenceField: 'id',
			amountField: undefined,
			knownFields: ['id', 'state'],
			otherReferences: ['T1', 'P2'],
		});
		expect(context.otherLists.map(({ name }) => name)).toEqual([
			'4 fields of payment',
			'2 fields of payment (few)',
		]);
	});

	test('is no body where none came', async () => {
		const received = { method: 'POST', target: '/', headers: {}, body: new Uint8Array() };
		const [reading] = recognise(
			received,
			{ encoding: 'form', value: { id: 'T7', kind: 'payment', sum: '1', sign: 'ff' } },
			shopEvents,
		);
		if (reading === undefined) throw new Error('not recognised');
		const context = { provider: shop, events: shopEvents, credentials: () => ({}) as never };
		expect(
			mistakeContextOf(reading, received, plainRecipe({}), '', { ...context, otherKeys: [] }).body,
		).toBeUndefined();
	});
});
