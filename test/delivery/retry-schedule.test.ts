import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import { pauseBefore, scheduleOf } from '../../src/delivery/retry-schedule.ts';
import { parseTarget } from '../../src/delivery/target.ts';
import { millis } from '../../src/model/duration.ts';
import { parseOwnRetry, parseRetry, pausesOf, retryText } from '../../src/model/retry.ts';

const random = seededRandom('schedule');

describe('schedules', () => {
	test.each([
		['none', []],
		['5x300s', [300_000, 300_000, 300_000, 300_000]],
		['1x1s', []],
		['2m,10m,30m', [120_000, 600_000, 1_800_000]],
		['0,1s', [0, 1_000]],
	])('%s', (text, pauses) => {
		expect(pausesOf(parseOwnRetry(text))).toEqual(pauses);
		expect(pausesOf(parseOwnRetry(retryText(parseRetry(text))))).toEqual(pauses);
	});

	test.each([
		['', 'schedule-invalid'],
		['often', 'schedule-invalid'],
		['0x1s', 'schedule-invalid'],
		['1001x1s', 'schedule-invalid'],
		['5x', 'duration-invalid'],
		['5x300', 'duration-invalid'],
		['2m,,3m', 'duration-invalid'],
		['99999999999999x1s', 'schedule-invalid'],
	])('%j is refused', (text, code) =>
		expect(() => parseOwnRetry(text)).toThrow(expect.objectContaining({ code })),
	);

	test('the user’s own choice is called so', () => {
		expect(scheduleOf({ retry: '5x300s' }, 'documented')).toMatchObject({ trust: 'documented' });
		expect(scheduleOf({ retry: '5x300s' }, 'documented', { kind: 'none' })).toEqual({
			pauses: [],
			trust: 'chosen',
		});
	});

	test('a status may allow fewer further attempts than the schedule has', () => {
		const schedule = scheduleOf(
			{ retry: '5x1s', retriesAfter: { '500': 1, '301': 0 } },
			'documented',
		);
		expect(pauseBefore(schedule, 2, 301, random)).toBeUndefined();
		expect(pauseBefore(schedule, 2, 500, random)).toBe(1_000);
		expect(pauseBefore(schedule, 3, 500, random)).toBeUndefined();
		expect(pauseBefore(schedule, 5, 502, random)).toBe(1_000);
		expect(pauseBefore(schedule, 6, 502, random)).toBeUndefined();
	});

	test('jitter keeps to its share of the pause', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 10_000_000 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(pause, jitter) => {
					const actual =
						pauseBefore(
							{ pauses: [millis(pause)], trust: 'assumed', jitter },
							2,
							undefined,
							random,
						) ?? -1;
					expect(actual).toBeGreaterThanOrEqual(Math.floor(pause * (1 - jitter)));
					expect(actual).toBeLessThanOrEqual(Math.ceil(pause * (1 + jitter)));
				},
			),
		);
	});
});

describe('the pause before an attempt', () => {
	const bytes = (...drawn: number[]) => ({ bytes: () => Uint8Array.from(drawn) });
	const shaken = { pauses: [millis(1_000), millis(3_000)], trust: 'assumed', jitter: 0.5 } as const;

	test.each([
		['the least', bytes(0, 0), 500, 1_500],
		['the most', bytes(255, 255), 1_500, 4_500],
		['one third, of both bytes', bytes(0x55, 0x55), 833, 2_500],
	])('is shaken by %s that chance draws', (_name, drawn, second, third) => {
		expect(pauseBefore(shaken, 2, undefined, drawn)).toBeCloseTo(second, -0.5);
		expect(pauseBefore(shaken, 3, 404, drawn)).toBeCloseTo(third, -0.5);
		expect(pauseBefore(shaken, 4, 404, drawn)).toBeUndefined();
	});

	test('without jitter, or with none at all, is as it is written', () => {
		for (const jitter of [undefined, 0])
			expect(pauseBefore({ ...shaken, jitter }, 3, undefined, bytes(255, 255))).toBe(3_000);
	});
});

test('a provider keeps its own jitter and its own limits, a user who chose has none', () => {
	const message = { retry: '2x1s', retriesAfter: { '404': 1 }, jitter: 0.2 };
	expect(scheduleOf(message, 'documented')).toEqual({
		pauses: [1_000],
		trust: 'documented',
		retriesAfter: { '404': 1 },
		jitter: 0.2,
	});
	const chosen = scheduleOf(message, 'documented', {
		kind: 'attempts',
		attempts: 3,
		pause: millis(5),
	});
	expect(chosen).toEqual({ pauses: [5, 5], trust: 'chosen' });
});

describe('targets', () => {
	test.each([
		['localhost:3000/cb', 'http://localhost:3000/cb'],
		[':3000', 'http://localhost:3000/'],
		[':3000/cb?x=1', 'http://localhost:3000/cb?x=1'],
		['3000/cb', 'http://localhost:3000/cb'],
		['3000', 'http://localhost:3000/'],
		['127.0.0.1:80/a', 'http://127.0.0.1/a'],
		['[::1]:3000/a', 'http://[::1]:3000/a'],
		['https://shop.test/cb#part', 'https://shop.test/cb'],
		['HTTP://LOCALHOST:3000/Cb', 'http://localhost:3000/Cb'],
		['shop.localhost/cb', 'http://shop.localhost/cb'],
		['  :3000/cb  ', 'http://localhost:3000/cb'],
	])('%s means %s', (text, url) => expect(parseTarget(text).href).toBe(url));

	test.each([
		'',
		'http://',
		'ftp://x/',
		'file:///etc/passwd',
		'http://a:b@localhost/',
		'http://localhost:99999/',
		':0',
		'http://exa mple/',
		'//localhost/',
	])('%j is refused', (text) => {
		expect(() => parseTarget(text)).toThrow(expect.objectContaining({ code: 'target-invalid' }));
	});

	test('a password in a URL is not repeated', () => {
		expect(() => parseTarget('http://user:hunter2@localhost/')).toThrow(
			expect.not.objectContaining({ message: expect.stringContaining('hunter2') as string }),
		);
	});
});
