import { describe, expect, test } from 'vitest';
import { judgeState } from '../../src/check/judge-state.ts';
import { effectsFrom, type LearnedEffects } from '../../src/check/learned-effects.ts';
import type { StateWanted } from '../../src/check/wanted.ts';
import { type State, stateOf } from '../../src/order/state.ts';

const shop = (fields: object): State => stateOf(JSON.stringify(fields));
const unpaid = { state: 'new', flag: false, credited: 0, log: [] as number[] };
const paid = { state: 'paid', flag: true, credited: 1, log: [1] };
const declined = { ...unpaid, state: 'failed' };
const ended = (after: object, amount: string) => ({
	before: shop(unpaid),
	after: shop(after),
	amount,
	echoes: new Set<string>(),
	outcomes: new Set<string>(),
});
const learned = effectsFrom(
	{
		successes: [ended(paid, '60.00'), ended(paid, '75.00')],
		failures: [ended(declined, '60.00')],
		undecided: [],
	},
	false,
	(path) => path === 'seen',
);
/** A receiver that shows no more than a word. */
const word = effectsFrom(
	{
		successes: [1, 2].map((sum) => ({
			...ended({}, `${sum}.00`),
			before: shop({ state: 'new' }),
			after: shop({ state: 'paid' }),
		})),
		failures: [],
		undecided: [],
	},
	false,
	() => false,
);

function judged(
	wanted: StateWanted,
	final: object | State,
	{
		first,
		before = unpaid,
		with: known = learned,
	}: { first?: object; before?: object; with?: LearnedEffects } = {},
) {
	const looks = {
		before: shop(before),
		first: first === undefined ? undefined : shop(first),
		last: shop(first ?? before),
		final: 'kind' in final ? (final as State) : shop(final),
		amount: '60.00',
		about: 'it',
	};
	const { verdict, reason } = judgeState(wanted, looks, known);
	return `${verdict} ${reason}`;
}

const whole = 'state: "new" → "paid", flag: false → true, credited: 0 → 1';

test('what was learned is the ground of this page', () => {
	expect([...learned.success]).toEqual([
		['state', '"paid"'],
		['flag', 'true'],
		['credited', '1'],
		['log.0', '1'],
	]);
	expect([...learned.failure]).toEqual([['state', '"failed"']]);
	expect([learned.visible, learned.counted, word.visible, word.counted]).toEqual([
		true,
		true,
		true,
		false,
	]);
});

describe('an order that should be', () => {
	test.each<[StateWanted, object, string]>([
		['success', paid, `passed it: ${whole}`],
		['success', { ...unpaid, state: 'paid' }, 'passed it: state: "new" → "paid"'],
		['success', unpaid, 'failed it: acknowledged, and nothing happened to the order'],
		[
			'success',
			{ ...unpaid, seen: 1 },
			'failed it: acknowledged, and nothing happened to the order',
		],
		[
			'success',
			{ ...unpaid, flag: true },
			'failed it: the order is not as after a success: flag: false → true',
		],
		['not-success', unpaid, 'passed it: not taken for a success'],
		['not-success', paid, `failed it: the order is as after a success: ${whole}`],
		[
			'not-success',
			{ ...unpaid, flag: true },
			'warned it: the order has something of a success: flag: false → true',
		],
		['not-failure', paid, 'passed it: not taken for a failure'],
		[
			'not-failure',
			declined,
			'failed it: the order is as after a failure: state: "new" → "failed"',
		],
		['undecided', { ...unpaid, state: 'review' }, 'passed it: not taken for a failure'],
		['undecided', declined, 'failed it: the order is as after a failure: state: "new" → "failed"'],
		['undecided', paid, `failed it: the order is as after a success: ${whole}`],
		[
			'undecided',
			{ ...unpaid, flag: true },
			'warned it: the order has something of a success: flag: false → true',
		],
		['unchanged', unpaid, 'passed it: the order is as before'],
		['unchanged', { ...unpaid, note: 1 }, 'failed it: it changed the order: note: (absent) → 1'],
		[
			'unchanged',
			{ ...unpaid, came: '2026-01-15 10:30:45' },
			'warned it: it was noted on the order: came: (absent) → "2026-01-15 10:30:45"',
		],
		['unchanged', paid, `failed it: the order is as after a success: ${whole}`],
		['changed', { ...unpaid, note: 1 }, 'passed it: note: (absent) → 1'],
		['changed', unpaid, 'failed it: acknowledged, and nothing happened to the order'],
	])('%s, and is %j', (wanted, final, told) => expect(judged(wanted, final)).toBe(told));

	test('unchanged is as before the last step, whatever came earlier', () => {
		expect(judged('unchanged', paid, { first: paid })).toBe('passed it: the order is as before');
		expect(judged('unchanged', declined, { first: paid })).toBe(
			'failed it: it changed the order: state: "paid" → "failed", flag: true → false, credited: 1 → 0',
		);
	});

	test('as after the first is not touched by the second', () => {
		const second = (final: object, known = learned) =>
			judged('as-after-first', final, { first: paid, with: known });
		expect(second(paid)).toBe('passed it: one effect');
		expect(second({ ...paid, credited: 2 })).toBe(
			'failed it: the repetition had an effect of its own: credited: 1 → 2',
		);
		expect(
			judged(
				'as-after-first',
				{ state: 'paid' },
				{ before: { state: 'new' }, first: { state: 'paid' }, with: word },
			),
		).toBe(
			'inconclusive it: the probe shows the state, but no count or sum by which a second effect could be told from the first',
		);
		for (const first of [undefined, unpaid])
			expect(judged('as-after-first', paid, first === undefined ? {} : { first })).toBe(
				'inconclusive it: the first one changed nothing that the probe shows',
			);
	});

	test('one success has its effects, each of them once', () => {
		expect(judged('one-success', paid)).toBe('passed it: one effect');
		expect(judged('one-success', unpaid)).toBe(
			'failed it: acknowledged, and the order is not as after a success',
		);
		expect(judged('one-success', { ...paid, flag: false })).toBe(
			'failed it: not what one success does: flag: true → false',
		);
		expect(judged('one-success', { ...paid, log: [1, 1] })).toBe(
			'failed it: not what one success does: log.1: (absent) → 1',
		);
		expect(
			judged('one-success', { state: 'paid' }, { before: { state: 'new' }, with: word }),
		).toMatch(/^inconclusive it: the probe shows the state/);
	});

	test('still a success has kept all of it, its state before all', () => {
		const later = (final: object, first: object = paid) =>
			judged('still-success', final, { first });
		expect(later(paid)).toBe('passed it: the success stayed one');
		expect(later({ ...paid, flag: false })).toBe(
			'warned it: not all of the success stayed: flag: true → false',
		);
		expect(later({ ...paid, state: 'failed' })).toBe(
			'failed it: the success was undone: state: "paid" → "failed"',
		);
		expect(later(unpaid)).toMatch(/^failed it: the success was undone: /);
	});

	test('no longer a success has lost its state', () => {
		const later = (final: object) => judged('no-longer-success', final, { first: paid });
		expect(later({ ...paid, state: 'refunded' })).toBe('passed it: the success was taken back');
		expect(later(paid)).toBe(`failed it: the order still looks like a success: ${whole}`);
		expect(later({ ...paid, flag: false })).toBe(
			`failed it: the order still looks like a success: ${whole}`,
		);
	});
});

describe('nothing is decided', () => {
	test('where a probe could not be read', () => {
		const unreadable: State = { kind: 'unreadable', why: 'status 500' };
		for (const wanted of ['success', 'changed', 'still-success'] as const)
			expect(judged(wanted, unreadable, { first: paid })).toBe(
				'inconclusive it: the probe could not be read: status 500',
			);
	});

	test('where a genuine success shows nothing, but that something changed', () => {
		const blind: LearnedEffects = { ...learned, visible: false };
		for (const wanted of ['success', 'unchanged', 'as-after-first', 'still-success'] as const)
			expect(judged(wanted, paid, { first: paid, with: blind })).toBe(
				'inconclusive it: not even a genuine success changes what the probe shows, so nothing can be told from it',
			);
		expect(judged('changed', paid, { with: blind })).toMatch(/^passed/);
	});

	test.each<[StateWanted, 'success' | 'failure']>([
		['success', 'success'],
		['not-success', 'success'],
		['one-success', 'success'],
		['undecided', 'success'],
		['not-failure', 'failure'],
	])('about %s where nothing tells a %s', (wanted, what) => {
		const unknown: LearnedEffects = { ...learned, [what]: new Map() };
		expect(judged(wanted, { ...unpaid, state: 'x' }, { with: unknown })).toBe(
			`inconclusive it: what a ${what} looks like could not be told from the probe`,
		);
		const other: LearnedEffects = {
			...learned,
			[what === 'success' ? 'failure' : 'success']: new Map(),
		};
		expect(judged(wanted, { ...unpaid, state: 'x' }, { with: other })).not.toMatch(/^inconclusive/);
	});

	test.each(['still-success', 'no-longer-success'] as const)(
		'about %s where the first was none',
		(wanted) => {
			const none = 'inconclusive it: the success before it did not show';
			expect(judged(wanted, paid)).toBe(none);
			expect(judged(wanted, paid, { first: unpaid })).toBe(none);
			expect(judged(wanted, paid, { first: { ...unpaid, flag: true } })).toBe(none);
		},
	);
});
