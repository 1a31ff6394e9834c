import { expect, test } from 'vitest';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import type { AttemptResult } from '../../src/delivery/attempt.ts';
import { type Delivery, deliver } from '../../src/delivery/deliver.ts';
import { RemoteAddress } from '../../src/delivery/guarded-lookup.ts';
import { millis } from '../../src/model/duration.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const ids = { run: 'r', delivery: 1 };
const schedule = {
	pauses: [millis(1_000), millis(3_000)],
	trust: 'chosen',
	retriesAfter: { '503': 1 },
} as const;
const delivery = {
	event: 'shop/paid',
	options: ['json'],
	target: 'http://127.0.0.1:3000/',
	request: {},
	acknowledge: { status: ['200'] },
	schedule,
	credentials: 'simulator',
	faults: ['unsigned'],
} as unknown as Delivery;

const sent = {
	method: 'POST',
	url: 'http://127.0.0.1:3000/',
	headers: [],
	body: undefined,
} as const;
const answered = (status: number): Outcome => ({
	kind: 'answered',
	status,
	headers: {},
	body: new Uint8Array(),
	truncated: false,
	tookMs: 1,
});
const refused: Outcome = {
	kind: 'unreachable',
	cause: 'refused',
	detail: 'ECONNREFUSED',
	tookMs: 1,
};

async function told(results: readonly (Outcome | Error)[], signal?: AbortSignal) {
	let at = 0;
	const attempt = (): Promise<AttemptResult> => {
		const next = results[at++] ?? refused;
		if (next instanceof Error) return Promise.reject(next);
		return Promise.resolve({
			outcome: next,
			request: sent,
			warnings: ['odd'],
			reached: next.kind === 'answered',
		});
	};
	const events: RunEvent[] = [];
	const ports = { clock: virtualClock(), random: seededRandom('told'), attempt };
	for await (const event of deliver(delivery, ids, ports, { speed: 10, signal }))
		events.push(event);
	return events;
}

test('a delivery tells its beginning, each attempt, each pause, and its end', async () => {
	const at = Date.parse('2026-11-20T02:00:00.000Z');
	const attempt = { type: 'attempt', ...ids, request: sent, warnings: ['odd'] };
	expect(await told([refused, answered(200)])).toEqual([
		{
			type: 'started',
			...ids,
			event: 'shop/paid',
			options: ['json'],
			target: 'http://127.0.0.1:3000/',
			schedule,
			credentials: 'simulator',
			faults: ['unsigned'],
		},
		{
			...attempt,
			attempt: 1,
			offsetMs: 0,
			at,
			outcome: refused,
			acknowledged: false,
			reason: 'connection refused (ECONNREFUSED)',
		},
		{ type: 'waiting', ...ids, attempt: 2, offsetMs: 1_000, waitMs: 100 },
		{
			...attempt,
			attempt: 2,
			offsetMs: 1_000,
			at: at + 100,
			outcome: answered(200),
			acknowledged: true,
		},
		{
			type: 'finished',
			...ids,
			event: 'shop/paid',
			acknowledged: true,
			attempts: 2,
			lastStatus: 200,
			why: 'acknowledged',
		},
	]);
});

const endOf = async (results: readonly (Outcome | Error)[]) => (await told(results)).at(-1);

test('it gives up once somebody was reached, and was never heard where nobody was', async () => {
	expect(await endOf([answered(500), refused, refused])).toMatchObject({
		why: 'gave-up',
		attempts: 3,
		lastStatus: 500,
	});
	expect(await endOf([refused, refused, refused])).toMatchObject({
		why: 'never-reached',
		lastStatus: null,
	});
	expect(await endOf([answered(503), answered(503)])).toMatchObject({
		why: 'gave-up',
		attempts: 2,
	});
});

test('an address that may not be dialled ends it, and is named; a bug is loud', async () => {
	const end = await endOf([answered(500), new RemoteAddress('shop.test', '93.184.216.34')]);
	expect(end).toMatchObject({
		why: 'refused-target',
		acknowledged: false,
		attempts: 1,
		detail: 'shop.test is 93.184.216.34, which is not on this machine or its private network',
	});
	await expect(told([new TypeError('a bug')])).rejects.toThrow('a bug');
	const stopped = await told([answered(500)], AbortSignal.abort());
	expect(stopped.map(({ type }) => type)).toEqual(['started', 'finished']);
	expect(stopped.at(-1)).toMatchObject({ why: 'interrupted', attempts: 0 });
});
