import { expect, test } from 'vitest';
import { Flood } from '../../src/burst/flood.ts';
import type { FloodAttempt } from '../../src/burst/flood-plan.ts';
import { placesOf } from '../../src/burst/places.ts';
import type { KeptLine, LineListener } from '../../src/delivery/kept-line.ts';
import { sourceOf } from '../support/burst.ts';
import { eventOf } from '../support/catalogue.ts';
import { random } from '../support/deliver.ts';

const nothing = { challenge: () => undefined };

/** A receiver in this process that answers a moment later, in the order that it likes. */
function floodOf(
	options: { count: number; speed: number; rate?: number; retry?: string; connections?: number },
	answer: (attempt: number) => number,
) {
	const { source } = sourceOf(
		eventOf('bayarcash/transaction-success'),
		{},
		options.retry ?? '5x300s',
	);
	const attempts: FloodAttempt[] = [];
	const references: string[] = [];
	let now = 0;
	const due: { at: number; wake: () => void }[] = [];
	const flood = new Flood(
		{
			sources: [source],
			sourceOf: () => 0,
			places: placesOf({ count: options.count, copies: 1, duplicates: 0, shuffle: undefined }),
			connections: options.connections ?? 16,
			rate: options.rate,
			phase: 0,
			duration: Number.POSITIVE_INFINITY,
			speed: options.speed,
			bail: false,
		},
		{
			now: () => now,
			epoch: () => 0,
			later(span, wake) {
				const one = { at: now + span, wake };
				due.push(one);
				setImmediate(() => {
					const at = due.indexOf(one);
					if (at < 0) return;
					due.splice(at, 1);
					now = Math.max(now, one.at);
					wake();
				});
				return () => {
					const at = due.indexOf(one);
					if (at >= 0) due.splice(at, 1);
				};
			},
			openLine: (listener: LineListener): KeptLine => ({
				send() {
					const { attempt = 1, n = 0 } = attempts.at(-1) ?? {};
					// Some answers overtake others.
					const wait = n % 3 === 0 ? setImmediate : queueMicrotask;
					wait(() => listener.answered(answer(attempt), nothing, undefined));
				},
				close: async () => undefined,
			}),
			random,
			unacknowledged: (reference) => references.push(reference),
			trying: (about) => attempts.push(about),
		},
	);
	return { flood, source, attempts, references };
}

test('10,000 orders wait at once, every attempt at its exact provider time, on a clock that never runs back', async () => {
	const { flood, source, attempts, references } = floodOf(
		{ count: 10_000, speed: Number.POSITIVE_INFINITY },
		() => 503,
	);
	await source.begin();
	await flood.run();
	expect(flood.tally).toMatchObject({ sent: 10_000, refused: 10_000, attempts: 50_000 });
	expect(attempts.filter(({ attempt, due }) => due !== (attempt - 1) * 300_000)).toEqual([]);
	expect(attempts.filter(({ at }, place) => at < (attempts[place - 1]?.at ?? 0))).toEqual([]);
	const each = new Set(attempts.map(({ n, attempt }) => `${n} ${attempt}`));
	expect(each.size).toBe(50_000);
	expect(new Set(references).size).toBe(10_000);
});

test('orders of a rate keep their distance through every pause, whichever answers overtake others', async () => {
	const { flood, source, attempts } = floodOf(
		{ count: 500, speed: Number.POSITIVE_INFINITY, rate: 1_000, retry: '2ms,7ms,300s' },
		(attempt) => (attempt === 4 ? 200 : 500),
	);
	await source.begin();
	await flood.run();
	expect(flood.tally).toMatchObject({ sent: 500, acknowledged: 500, attempts: 2_000 });
	const offsets = [0, 2, 9, 300_009];
	expect(attempts.filter(({ n, attempt, due }) => due !== n + (offsets[attempt - 1] ?? 0))).toEqual(
		[],
	);
	expect(attempts.filter(({ at }, place) => at < (attempts[place - 1]?.at ?? 0))).toEqual([]);
});

test('on a clock that passes no attempt leaves before it is due', async () => {
	const { flood, source, attempts } = floodOf(
		{ count: 300, speed: 100, connections: 4 },
		(attempt) => (attempt < 3 ? 500 : 200),
	);
	await source.begin();
	await flood.run();
	expect(flood.tally).toMatchObject({ sent: 300, acknowledged: 300, attempts: 900 });
	expect(attempts.filter(({ at, due }) => at < due)).toEqual([]);
	const thirds = attempts.filter(({ attempt }) => attempt === 3);
	expect(thirds).toHaveLength(300);
	expect(Math.min(...thirds.map(({ due }) => due))).toBe(6_000);
});
