import { burst, Problem } from 'callback-simulator';
import { expect, test } from 'vitest';
import { serve } from '../support/server.ts';

test('a program sends a burst, and is told what came of it', async () => {
	const { url, seen } = await serve((_, response, count) =>
		response.writeHead(count <= 5 ? 500 : 200).end(),
	);
	const result = await burst('bayarcash/transaction-success', {
		to: url,
		count: 200,
		mix: { success: 3, failed: 1 },
		seed: 7,
	});
	expect(result).toMatchObject({ sent: 200, acknowledged: 195, refused: 5, exitCode: 1 });
	expect(result.unacknowledged).toHaveLength(5);
	expect(seen).toHaveLength(200);
	const last = await burst('iak/pulsa-success', { to: url, count: 3, retry: '2x300s' });
	expect(last).toMatchObject({ sent: 3, acknowledged: 3, unacknowledged: [] });
});

test('without a count a burst goes on until its time is over', async () => {
	const { url, seen } = await serve((_, response) => response.end('OK'));
	const result = await burst('iak/pulsa-success', { to: url, durationMs: 1_000, rate: 1_500 });
	// More than the usual thousand, and all that were due.
	expect(result).toMatchObject({ sent: 1_500, acknowledged: 1_500, notSent: 0 });
	expect(seen).toHaveLength(1_500);
});

test('a mistake is a Problem before anything is sent', async () => {
	const { url, seen } = await serve((_, response) => response.end());
	const wrong: Omit<Parameters<typeof burst>[1], 'to'>[] = [
		{ count: 0 },
		{ connections: 1_001 },
		{ rate: '5/d' },
		{ rate: Number.NaN },
		{ duplicates: 5 },
		{ duplicates: -0.1 },
		{ duplicates: Number.NaN },
		{ durationMs: 0 },
		{ durationMs: -1 },
		{ durationMs: Number.POSITIVE_INFINITY },
		{ mix: { no: 1 } },
		{ mix: {} },
		{ mix: { success: 0 } },
		{ mix: { success: -1, failed: 2 } },
		{ mix: { success: 0.5, failed: 0.5 } },
		{ mix: { success: 1e12 } },
	];
	const told = await Promise.all(
		wrong.map((options) =>
			burst('bayarcash/transaction-success', { to: url, count: 1, ...options }).catch(
				(error) => error,
			),
		),
	);
	expect(wrong.filter((_, at) => !(told[at] instanceof Problem))).toEqual([]);
	expect(seen).toEqual([]);
});
