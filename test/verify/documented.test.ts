import { describe, expect, test } from 'vitest';
import { holdsDocumentedFields } from '../../src/verify/documented.ts';
import { receivedBy, shopEvents } from '../support/made-up-shop.ts';

const holds = (...bodies: (string | object)[]) =>
	holdsDocumentedFields(
		bodies.map((body) => receivedBy(typeof body === 'string' ? body : JSON.stringify(body))),
		shopEvents,
	);

describe('what somebody gave holds a callback', () => {
	test.each<[string, string | object]>([
		['with a field of its own', 'id=T7&x=1'],
		['with a field that has others inside', { to: 1 }],
		['with its signature alone', { sign: 'ff' }],
		['with a name of the wire', { order_id: 'A' }],
		['in its envelope', { data: { id: 'T7', order_id: 'A' } }],
		['with as many outside as inside', { id: 1, payload: { order: 2 } }],
		['beside a text that holds no form', { id: 1, text: 'id=1&order=2 and so on' }],
		['beside a text of one pair', { id: 1, text: 'id=1' }],
		['beside null', { id: 1, nothing: null }],
	])('%s', async (_name, body) => {
		expect(await holds(body)).toBe(true);
	});

	test('in any of its readings', async () => {
		expect(await holds('hello', 'a=1', 'id=1')).toBe(true);
	});
});

describe('it holds none', () => {
	test.each<[string, string | object]>([
		['of the provider’s', 'hello=world'],
		['that could be read', 'hello'],
		['where all of it lies further inside', { log: { id: 1, order: 2 } }],
		['where more of it lies inside', { id: 1, payload: { id: 1, order: 2 } }],
		['where more of it lies in a list', { id: 1, list: [{ id: 1, order: 2 }] }],
		['where more of it lies in a text of JSON', { id: 1, payload: '{"id":1,"order":2}' }],
		['where more of it lies in a text of a form', { id: 1, payload: 'id=1&order=2' }],
		['where more of it lies in a form inside of JSON inside', { id: 1, a: '{"b":"id=1&sum=2"}' }],
	])('%s', async (_name, body) => {
		expect(await holds(body)).toBe(false);
	});

	test('where there is nothing', async () => {
		expect(await holds()).toBe(false);
	});
});

test('six levels inside are looked at, and no more', async () => {
	const inside = (levels: number): object =>
		levels === 0 ? { id: 1, order: 2 } : { a: inside(levels - 1) };
	expect(await holds({ id: 1, ...inside(6) })).toBe(false);
	expect(await holds({ id: 1, ...inside(7) })).toBe(true);
});
