import { describe, expect, test } from 'vitest';
import { likelyReference, pointerKeys, referenceAt } from '../../src/order/answered-reference.ts';

describe('the reference in what a set-up answers', () => {
	test.each([
		['{"order_number":1001}', '/order_number', '1001'],
		['{"data":{"id":"INV/2026/00001"}}', '/data/id', 'INV/2026/00001'],
		['{"data":{"id":"A"}}', '#/data/id', 'A'],
		['[{"id":12345678901234567890}]', '/0/id', '12345678901234567890'],
		['{"id":1.50}', '/id', '1.50'],
		['{"a/b":{"~":7}}', '/a~1b/~0', '7'],
		['1001\n', '#', '1001'],
		['#1001\n', '#', '#1001'],
		['"1001"', '', '1001'],
		['{"id":" 7 "}', '/id', '7'],
		['{"id":{"a":1}}', '/id', undefined],
		['{"id":null}', '/id', undefined],
		['{"id":""}', '/id', undefined],
		['{"id":true}', '/id', undefined],
		['{"id":1}', '/ID', undefined],
		['{"id":1}', '/constructor/name', undefined],
		['<html><p>made</p></html>\n<p>', '#', undefined],
		['made', '/id', undefined],
		['', '#', undefined],
	])('%s at %j is %j', (answer, pointer, reference) => {
		expect(referenceAt(answer, pointer)).toBe(reference);
	});

	test.each([
		['data.id', '/data/id'],
		['$.data.id', '/data/id'],
		['id', '/id'],
	])('%s is no pointer, and %s is meant', (typed, meant) => {
		let hint: unknown;
		try {
			pointerKeys(typed);
		} catch (error) {
			hint = (error as { in(say: unknown): { hint: string } }).in(
				(name: string, value: string) => `${name}=${value}`,
			).hint;
		}
		expect(hint).toBe(`Write setupReference=${meant}.`);
	});
});

describe('an answer that names another order than the one that was asked for', () => {
	test.each([
		['{"order_number":1001}', '/order_number', '1001'],
		['{"ok":true,"data":{"id":7,"total":"60.00"}}', '/data/id', '7'],
		['{"id":7,"invoice":{"invoice_no":"INV-1"}}', '/invoice/invoice_no', 'INV-1'],
	])('%s: at %s', (answer, pointer, reference) => {
		expect(likelyReference(answer, 'CS-1')).toEqual({ pointer, reference });
	});

	test.each([
		['{"id":7,"order_number":"CS-1"}'],
		['{"amount":"60.00","state":"new"}'],
		['created'],
		[''],
		['[]'],
	])('%s does not', (answer) => {
		expect(likelyReference(answer, 'CS-1')).toBeUndefined();
	});
});
