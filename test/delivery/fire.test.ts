import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import type { Attempt } from '../../src/delivery/attempt.ts';
import type { Delivery } from '../../src/delivery/deliver.ts';
import { type FireOptions, fire, notStarted } from '../../src/delivery/fire.ts';
import type { Clock } from '../../src/model/clock.ts';
import { millis } from '../../src/model/duration.ts';
import { Interruption } from '../../src/model/interruption.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import { virtualClock } from '../support/virtual-clock.ts';

/** Answers with these statuses in turn, without a socket. */
function answering(...statuses: number[]): Attempt {
	let at = 0;
	return async ({ method, url, body }) => ({
		outcome: {
			kind: 'answered',
			status: statuses[at++] ?? 200,
			headers: {},
			body: new Uint8Array(),
			truncated: false,
			tookMs: 1,
		},
		request: { method, url: url.href, headers: [], body },
		warnings: [],
		reached: true,
	});
}
const url = new URL('http://127.0.0.1/');
const delivery = {
	event: 'shop/paid',
	options: [],
	target: url.href,
	request: { method: 'POST', url },
	acknowledge: { status: ['200'] },
	schedule: { pauses: [], trust: 'chosen' },
	credentials: 'simulator',
	faults: [],
} as unknown as Delivery;
const two = [delivery, delivery];

async function run(
	options: Partial<FireOptions> & { clock?: Clock; attempt?: Attempt },
): Promise<RunEvent[]> {
	const { clock = virtualClock(), attempt = answering(), ...rest } = options;
	const ports = { clock, attempt, random: seededRandom('fire') };
	const plain = { run: 'test', speed: 100, duplicate: 1, bail: false, delay: millis(0) };
	const events: RunEvent[] = [];
	for await (const event of fire(two, ports, { ...plain, ...rest })) events.push(event);
	return events;
}

describe('a run', () => {
	test('ends with what its deliveries came to', async () => {
		const events = await run({ attempt: answering() });
		expect(events.at(-1)).toEqual({
			type: 'summary',
			run: 'test',
			deliveries: 2,
			acknowledged: 2,
			skipped: 0,
			exitCode: 0,
		});
		expect(events.flatMap((event) => (event.type === 'finished' ? [event.delivery] : []))).toEqual([
			1, 2,
		]);
	});

	test('waits before each delivery, where that is asked for', async () => {
		const clock = virtualClock();
		await run({ attempt: answering(), clock, delay: millis(250) });
		expect(clock.slept).toEqual([250, 250]);
		const none = virtualClock();
		await run({ attempt: answering(), clock: none });
		expect(none.slept).toEqual([]);
	});

	test('stopped while it waits sends nothing more, and counts what it left out', async () => {
		const stop = new AbortController();
		const clock = {
			...virtualClock(),
			sleep: async () => {
				stop.abort(new Interruption('SIGINT'));
				throw new Error('woken');
			},
		};
		const asked = { attempt: answering(), clock, delay: millis(1), signal: stop.signal };
		const events = await run({ ...asked, duplicate: 2 });
		expect(events).toEqual([
			expect.objectContaining({ deliveries: 0, acknowledged: 0, skipped: 4, exitCode: 130 }),
		]);
	});

	test('whose clock fails for another reason fails loudly', async () => {
		const clock = { ...virtualClock(), sleep: () => Promise.reject(new TypeError('broken')) };
		await expect(run({ clock, delay: millis(1) })).rejects.toThrow(TypeError);
	});

	test('goes on behind a delivery that was not acknowledged, unless it is to bail', async () => {
		const left = async (bail: boolean, ...statuses: number[]) => {
			const events = await run({ attempt: answering(...statuses), bail });
			return (events.at(-1) as Extract<RunEvent, { type: 'summary' }>).skipped;
		};
		expect(await left(true, 500)).toBe(1);
		expect(await left(false, 500)).toBe(0);
		expect(await left(true)).toBe(0);
	});

	test('that was not started has sent nothing, and exits as it was stopped', async () => {
		const events = async (signal: AbortSignal) => {
			const all: RunEvent[] = [];
			for await (const event of notStarted('r', 3, signal)) all.push(event);
			return all;
		};
		const summary = { type: 'summary', run: 'r', deliveries: 0, acknowledged: 0, skipped: 3 };
		expect(await events(new AbortController().signal)).toEqual([{ ...summary, exitCode: 3 }]);
		expect(await events(AbortSignal.abort(new Interruption('SIGTERM')))).toEqual([
			{ ...summary, exitCode: 143 },
		]);
	});
});
