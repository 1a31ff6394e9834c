import { describe, expect, test } from 'vitest';
import { Interruption } from '../../src/model/interruption.ts';
import { deliveryOf, only, run } from '../support/deliver.ts';
import { answering, closedPort, serve } from '../support/server.ts';
import { virtualClock } from '../support/virtual-clock.ts';

describe('the schedule of Bayarcash', () => {
	test('is acknowledged at attempt 5, after twenty minutes of provider time', async () => {
		const { url, seen } = await answering(500, 500, 500, 500, 200);
		const clock = virtualClock();
		const events = await run([await deliveryOf('bayarcash/transaction-success', url)], { clock });
		expect(
			only(events, 'attempt').map((event) => [event.attempt, event.offsetMs, event.acknowledged]),
		).toEqual([
			[1, 0, false],
			[2, 300_000, false],
			[3, 600_000, false],
			[4, 900_000, false],
			[5, 1_200_000, true],
		]);
		expect(clock.slept).toEqual([3_000, 3_000, 3_000, 3_000]);
		expect(only(events, 'finished')[0]).toMatchObject({
			why: 'acknowledged',
			attempts: 5,
			lastStatus: 200,
		});
		expect(events.at(-1)).toMatchObject({
			type: 'summary',
			deliveries: 1,
			acknowledged: 1,
			exitCode: 0,
		});
		expect(seen).toHaveLength(5);
	});

	test('sends the same bytes to the same URL on every attempt', async () => {
		const { url, seen } = await answering(500);
		await run([await deliveryOf('bayarcash/transaction-success', url)]);
		expect(
			new Set(seen.map(({ body, url: path }) => `${path} ${body.toString('latin1')}`)).size,
		).toBe(1);
		expect(seen).toHaveLength(5);
	});

	test.each([
		['real time', 1, [300_000, 300_000, 300_000, 300_000]],
		['no waiting at all', Number.POSITIVE_INFINITY, [0, 0, 0, 0]],
	])('keeps its provider time at %s', async (_name, speed, slept) => {
		const { url } = await answering(500);
		const clock = virtualClock();
		const events = await run([await deliveryOf('bayarcash/transaction-success', url)], {
			clock,
			speed,
		});
		expect(clock.slept).toEqual(slept);
		expect(only(events, 'attempt').at(-1)?.offsetMs).toBe(1_200_000);
		expect(events.at(-1)).toMatchObject({ exitCode: 1 });
	});

	test('acknowledges 200 and nothing else', async () => {
		const { url } = await answering(201, 204, 302, 299, 200);
		const events = await run([await deliveryOf('bayarcash/transaction-success', url)]);
		expect(only(events, 'attempt').map((event) => event.reason)).toEqual([
			'status 201, expected 200',
			'status 204, expected 200',
			'status 302, expected 200',
			'status 299, expected 200',
			undefined,
		]);
	});
});

test('a receipt answered with a redirect is acknowledged in its only attempt', async () => {
	const { url, seen } = await serve((_seen, response) =>
		response.writeHead(302, { location: '/thanks' }).end(),
	);
	const events = await run([await deliveryOf('bayarcash/receipt-success', url)]);
	expect(events.at(-1)).toMatchObject({ exitCode: 0 });
	expect(seen.map(({ method }) => method)).toEqual(['GET']);
});

test('a closed port is never reached, which is an exit code of its own', async () => {
	const events = await run([
		await deliveryOf('iak/pulsa-success', `http://127.0.0.1:${await closedPort()}/`, {}, '2x1s'),
	]);
	expect(only(events, 'attempt').map((event) => event.outcome)).toEqual([
		expect.objectContaining({ kind: 'unreachable', cause: 'refused' }),
		expect.objectContaining({ kind: 'unreachable' }),
	]);
	expect(only(events, 'finished')[0]).toMatchObject({ why: 'never-reached', lastStatus: null });
	expect(events.at(-1)).toMatchObject({ exitCode: 3 });
});

test('one connection in the run is enough for exit 1 instead of 3', async () => {
	const { url } = await answering(500);
	const dead = `http://127.0.0.1:${await closedPort()}/`;
	const events = await run([
		await deliveryOf('iak/pulsa-success', dead),
		await deliveryOf('iak/pulsa-success', url),
	]);
	expect(events.at(-1)).toMatchObject({ deliveries: 2, acknowledged: 0, exitCode: 1 });
});

test('duplicates are deliveries of their own, identical and under way together', async () => {
	const waiting: (() => void)[] = [];
	// Nobody is answered before all three are there: they can only arrive together.
	const { url, seen } = await serve((_seen, response, count) => {
		waiting.push(() => response.end('OK'));
		if (count === 3) for (const answer of waiting) answer();
	});
	const events = await run([await deliveryOf('bayarcash/transaction-success', url)], {
		duplicate: 3,
	});
	expect(
		only(events, 'finished')
			.map((event) => event.delivery)
			.sort(),
	).toEqual([1, 2, 3]);
	expect(new Set(seen.map(({ body }) => body.toString())).size).toBe(1);
	expect(events.at(-1)).toMatchObject({ deliveries: 3, acknowledged: 3, exitCode: 0 });
});

test('--bail stops behind the first delivery that was not acknowledged', async () => {
	const { url, seen } = await answering(500);
	const both = [
		await deliveryOf('iak/pulsa-success', url),
		await deliveryOf('iak/pulsa-failed', url),
	];
	expect((await run(both, { bail: true })).at(-1)).toMatchObject({ deliveries: 1, exitCode: 1 });
	expect(seen).toHaveLength(1);
	expect((await run(both)).at(-1)).toMatchObject({ deliveries: 2 });
});

test('an interruption in a pause ends the run in good order', async () => {
	const { url } = await answering(500);
	const controller = new AbortController();
	const clock = {
		...virtualClock(),
		sleep: async () => controller.abort(new Interruption('SIGTERM')),
	};
	const events = await run(
		[
			await deliveryOf('bayarcash/transaction-success', url),
			await deliveryOf('bayarcash/transaction-failed', url),
		],
		{ clock, signal: controller.signal },
	);
	expect(only(events, 'attempt')).toHaveLength(1);
	expect(only(events, 'finished')).toMatchObject([
		{ why: 'interrupted', attempts: 1, lastStatus: 500 },
	]);
	expect(events.at(-1)).toMatchObject({ exitCode: 143 });
});

test('a bug in the tool is loud, behind everything that came before it', async () => {
	const { url } = await answering(500);
	const seen: string[] = [];
	const delivery = await deliveryOf('bayarcash/transaction-success', url);
	const broken = { ...delivery, acknowledge: undefined as never };
	const promise = run([broken]).then((events) => seen.push(...events.map(({ type }) => type)));
	await expect(promise).rejects.toThrow(TypeError);
});
