import { describe, expect, test } from 'vitest';
import type { ProbeFile } from '../../src/model/scenario.ts';
import { absent, stateOf } from '../../src/order/state.ts';
import { probeFailures } from '../../src/scenario/probe-rules.ts';

const failing = (rules: ProbeFile, before: string | undefined, after: string) =>
	probeFailures(
		rules,
		before === undefined ? undefined : before === '404' ? absent : stateOf(before),
		after === '404' ? absent : stateOf(after),
	).map(({ expected, got }) => `${expected} ≠ ${got}`);

const [fresh, paid] = [
	'{"state":"new","items":[{"n":1}],"updated_at":"2026-01-01 10:00:00"}',
	'{"state":"paid","items":[{"n":2}],"updated_at":"2026-01-01 10:00:01"}',
];

describe('a probe passes', () => {
	test.each<[string, ProbeFile, string, string]>([
		['equals, nested', { equals: { state: 'paid', items: [{ n: 2 }] } }, fresh, paid],
		['equals, by path', { equals: { '$.items[0].n': 2 } }, fresh, paid],
		['before', { before: { state: 'new' }, equals: { state: 'paid' } }, fresh, paid],
		['changed: a path', { changed: 'state' }, fresh, paid],
		['changed: paths', { changed: ['state', 'items[0].n'] }, fresh, paid],
		['changed: true', { changed: true }, fresh, paid],
		[
			'unchanged: true, where only the moment of the last touch moved',
			{ unchanged: true },
			fresh,
			fresh.replace(':00"', ':09"'),
		],
		[
			'unchanged: true, where the rest is ignored',
			{ unchanged: true, ignore: ['items', 'state'] },
			fresh,
			paid,
		],
		[
			'an order that appears',
			{ changed: true, before: null, equals: { state: 'paid' } },
			'404',
			paid,
		],
		['an order that never was', { unchanged: true, equals: null }, '404', '404'],
		['an empty table', { equals: [] }, fresh, '[]'],
		['a text', { before: 'new', equals: 'paid' }, 'new\n', 'paid\n'],
	])('%s', (_name, rules, before, after) => {
		expect(failing(rules, before, after)).toEqual([]);
	});
});

describe('a probe fails', () => {
	test.each<[string, ProbeFile, string, string, string[]]>([
		['equals', { equals: { state: 'paid' } }, fresh, fresh, ['state: "paid" ≠ "new"']],
		[
			'equals of nothing',
			{ equals: { state: 'paid' } },
			fresh,
			'404',
			['the state: {"state":"paid"} ≠ (absent)'],
		],
		['equals: {} of nothing', { equals: {} }, fresh, '404', ['the state: {} ≠ (absent)']],
		['equals: null of something', { equals: null }, fresh, paid, [`the state: null ≠ ${paid}`]],
		[
			'a path of a text',
			{ equals: { state: 'paid' } },
			fresh,
			'paid',
			['the state: {"state":"paid"} ≠ "paid"'],
		],
		[
			'before',
			{ before: { state: 'new' } },
			paid,
			paid,
			['before the step, state: "new" ≠ "paid"'],
		],
		[
			'changed: a path',
			{ changed: ['state', 'items[0].n'] },
			fresh,
			fresh,
			['state: a change ≠ "new" as before', 'items[0].n: a change ≠ 1 as before'],
		],
		[
			'changed: a path that is nowhere',
			{ changed: 'stat' },
			fresh,
			paid,
			['stat: a change ≠ (absent) as before'],
		],
		['changed: true', { changed: true }, fresh, fresh, ['a change of the state ≠ none']],
		[
			'changed: true, of what is ignored',
			{ changed: true, ignore: ['state', 'items'] },
			fresh,
			paid,
			['a change of the state ≠ none'],
		],
		['unchanged: a path', { unchanged: 'state' }, fresh, paid, ['state: "new" as before ≠ "paid"']],
		[
			'unchanged: true',
			{ unchanged: true, ignore: 'items' },
			fresh,
			paid,
			['the state as before ≠ state: "new" → "paid"'],
		],
		[
			'an order that is gone',
			{ unchanged: 'state' },
			fresh,
			'404',
			['state: "new" as before ≠ (absent)'],
		],
	])('%s', (_name, rules, before, after, failures) => {
		expect(failing(rules, before, after)).toEqual(failures);
	});

	test('unchanged of a path that leads nowhere proves nothing', () => {
		expect(failing({ unchanged: 'stat' }, fresh, paid)).toHaveLength(1);
		expect(failing({ unchanged: ['state', 'items[7].n'] }, fresh, fresh)).toHaveLength(1);
	});

	test('a state that cannot be read fails whatever is expected, before as after', () => {
		const unreadable = { kind: 'unreadable', why: 'GET x: status 500' } as const;
		for (const rules of [{ unchanged: true }, { equals: null }, { changed: true }] as ProbeFile[]) {
			const failure = {
				kind: 'probe',
				expected: 'a state that can be read',
				got: 'GET x: status 500',
			};
			expect(probeFailures(rules, unreadable, stateOf(paid))).toEqual([failure]);
			expect(probeFailures(rules, stateOf(paid), unreadable)).toEqual([failure]);
		}
	});

	test('unchanged: true takes no number for a moment, and no moment for nothing', () => {
		const rich = '{"balance":1700001000,"paid_at":"2026-01-01 10:00:00","attempts":1}';
		const richer = '{"balance":1700002000,"paid_at":"2026-01-01 10:00:01","attempts":2}';
		expect(failing({ unchanged: true }, rich, richer)).toHaveLength(3);
	});

	test('unchanged: true of an order that nobody knows proves nothing', () => {
		expect(failing({ unchanged: true }, '404', '404')).toEqual(['a state that stays ≠ (absent)']);
	});

	test('unchanged: true tells every moment that was asked for by name', () => {
		expect(failing({ unchanged: 'updated_at' }, fresh, paid)).toHaveLength(1);
	});
});
