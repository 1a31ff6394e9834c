import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BurstTally } from '../../src/burst/burst-tally.ts';
import { spread } from '../../src/burst/draws.ts';
import { parseRate, parseShare } from '../../src/burst/load-settings.ts';
import { parseMix, shareOf } from '../../src/burst/mix.ts';
import { placesOf, shuffled } from '../../src/burst/places.ts';
import { signerFor } from '../../src/burst/signer.ts';
import { Throughput } from '../../src/burst/throughput.ts';
import { WaitingQueue } from '../../src/burst/waiting-queue.ts';
import { parseCount } from '../../src/model/number-settings.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { SignatureRule } from '../../src/model/provider.ts';
import { anyCharacter } from '../support/any-character.ts';

test.each([
	'md5',
	'sha1',
	'sha256',
	'sha512',
	'hmac-md5',
	'hmac-sha1',
	'hmac-sha256',
	'hmac-sha512',
] as const)('%s signs as Node does, one text after another', (algorithm) => {
	const sign = (as: 'hex' | 'base64', key: string, text: string) => {
		const name = algorithm.replace('hmac-', '');
		const hash = algorithm === name ? createHash(name) : createHmac(name, key);
		return hash.update(text).digest(as);
	};
	fc.assert(
		fc.property(
			fc.constantFrom('hex' as const, 'base64' as const),
			fc.string({ unit: anyCharacter, maxLength: 200 }),
			fc.array(fc.string({ unit: anyCharacter }), { minLength: 1, maxLength: 4 }),
			(as, key, texts) => {
				const rule: SignatureRule = {
					algorithm,
					as,
					over: 'body',
					into: { field: 'sign' },
					key: 'k',
					prefix: 'v1=',
				};
				const signer = signerFor(rule, key);
				for (const text of texts) {
					const bytes = Buffer.from(text, 'utf8');
					signer?.text(bytes.length).set(bytes);
					expect(signer?.sign()).toBe(`v1=${sign(as, key, text)}`);
				}
			},
		),
	);
});

test('a queue gives back the earliest first, and of those the first in place', () => {
	const step = fc.oneof(
		fc.constant('pop' as const),
		fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(5_000)),
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 5_000, size: 'max' }), (steps) => {
			const queue = new WaitingQueue();
			const model: [number, number][] = [];
			const order = { place: 0, attempt: 0, before: 0 };
			for (const one of steps) {
				if (one !== 'pop') {
					const [due, place] = one;
					queue.push(due, { place, attempt: (place % 1_000) + 1, before: due });
					model.push([due, place]);
				} else if (model.length > 0) {
					model.sort(([a, b], [c, d]) => a - c || b - d);
					const [due, place] = model.shift() as [number, number];
					expect([queue.nextDue, queue.nextPlace]).toEqual([due, place]);
					queue.pop(order);
					expect(order).toEqual({ place, attempt: (place % 1_000) + 1, before: due });
				}
				expect(queue.size).toBe(model.length);
			}
			expect(queue.nextDue === Number.POSITIVE_INFINITY).toBe(model.length === 0);
		}),
		{ numRuns: 20 },
	);
});

test('every callback has its places, whatever the order: as many as its copies and one for a duplicate', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 3_000 }),
			fc.integer({ min: 1, max: 3 }),
			fc.integer({ min: 0, max: 100 }),
			fc.option(fc.nat(), { nil: undefined }),
			(count, copies, percent, shuffle) => {
				const places = placesOf({ count, copies, duplicates: percent / 100, shuffle });
				expect(places.total).toBe(count * copies + Math.floor((count * percent) / 100 + 1e-9));
				const times = new Map<number, number>();
				for (let place = 0; place < places.total; place++) {
					const n = places.callbackAt(place);
					times.set(n, (times.get(n) ?? 0) + 1);
				}
				expect(times.size).toBe(count);
				expect([...times.values()].every((sent) => sent === copies || sent === copies + 1)).toBe(
					true,
				);
			},
		),
	);
});

test('an order that was shuffled is another, and the same for the same seed', () => {
	const of = (seed: number) => Array.from({ length: 1_000 }, (_, at) => shuffled(at, 1_000, seed));
	expect(of(1)).toEqual(of(1));
	expect(of(1)).not.toEqual(of(2));
	expect(of(1).filter((place, at) => place === at).length).toBeLessThan(20);
});

test('a mix is exact over every sum of its weights', () => {
	const weights = parseMix('success=8,failed=1, pending=1').map(({ weight }) => weight);
	const share = shareOf(weights, (place, size, time) => shuffled(place, size, spread(3 + time)));
	const counted = (step: number) => {
		const counts = [0, 0, 0];
		for (let n = step - 1; n < 1_000 * step; n += step) {
			const at = share(n);
			counts[at] = (counts[at] ?? 0) + 1;
		}
		return counts;
	};
	expect(counted(1)).toEqual([800, 100, 100]);
	// Those that --duplicates 5% sends twice are of all kinds.
	const [success = 0, failed = 0, pending = 0] = counted(20);
	expect(success).toBeGreaterThan(700);
	expect(Math.min(failed, pending)).toBeGreaterThan(50);
});

test.each([
	['500/s', 500],
	['30000/m', 500],
	['7200/h', 2],
	['0.5', 0.5],
])('a rate of %s is %d a second', (text, rate) => {
	expect(parseRate(text)).toBe(rate);
});

test.each(['', '0/s', '-1/s', '5/d', 'fast', '2000000/s'])('"%s" is no rate', (text) => {
	expect(() => parseRate(text)).toThrow('is not a rate');
});

test.each(['5', '101%', '%', '-1%'])('"%s" is no share', (text) => {
	expect(() => parseShare(text, 'duplicates')).toThrow('is not a share');
});

const said = (make: () => unknown): string => {
	try {
		make();
	} catch (error) {
		const { hint } = (error as Problem).in((name, value = '') => `--${name} ${value}`.trim());
		return hint ?? '';
	}
	throw new Error('nothing was wrong');
};

test.each([
	['500rps', '--rate 500/s'],
	['500 / sec', '--rate 500/s'],
	['30000/min', '--rate 30000/m'],
	['9/hour', '--rate 9/h'],
	['0/s', '--rate 500/s'],
	['fast', '--rate 500/s'],
	['2000000/s', 'Leave it out'],
])('of the rate "%s" is said what may have been meant', (text, hint) => {
	expect(said(() => parseRate(text))).toContain(hint);
});

test.each([
	['5', 'Write --duplicates 5%.'],
	['12.5', 'Write --duplicates 12.5%.'],
	['20 %', 'Write --duplicates 20%.'],
	['200%', '100%, and --duplicate 3 is each three times'],
	['-1%', 'Write --duplicates 5%.'],
])('of the share "%s" is said what may have been meant', (text, hint) => {
	expect(said(() => parseShare(text, 'duplicates'))).toContain(hint);
});

test.each([
	['1e6', 100_000_000, '--count 1000000.'],
	['1,000,000', 100_000_000, '--count 1000000.'],
	['10_000', 100_000_000, '--count 10000.'],
	['5k', 100_000_000, '--count 5000.'],
	['2.5', 100_000_000, '--count 3.'],
	['999999', 1_000, '--count 1000.'],
	['0', 1_000, '--count 2.'],
	['-4', 1_000, '--count 2.'],
	['many', 1_000, '--count 2.'],
])('of the number "%s", %i at most, is said what may have been meant', (text, most, hint) => {
	expect(said(() => parseCount(text, 'count', most))).toContain(hint);
});

test.each(['', 'success', 'success=0', 'success=1,success=2', 'success=x'])(
	'"%s" is no mix',
	(text) => {
		expect(() => parseMix(text)).toThrow(/is not a list of shares|names an event twice/);
	},
);

test('latencies are told as they were, to three digits', () => {
	const tally = new BurstTally();
	for (let ms = 1; ms <= 1_000; ms++) tally.answer(ms);
	const told = tally.latencies();
	expect(told?.p50).toBeCloseTo(500, -1);
	expect(told?.p90).toBeCloseTo(900, -1);
	expect(told?.p99).toBeCloseTo(990, -1);
	expect(told?.max).toBeCloseTo(1_000, -1);
});

test('a chart keeps every answer, and no more columns the longer it takes', () => {
	const throughput = new Throughput();
	for (let at = 0; at < 500_000; at += 100) throughput.count(at);
	const perSpan = throughput.perSecond().map((rate) => (rate * throughput.span) / 1_000);
	expect(perSpan.length).toBeLessThanOrEqual(120);
	expect(perSpan.reduce((sum, count) => sum + count, 0)).toBe(5_000);
});
