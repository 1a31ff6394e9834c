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
	await expect(burst('iak/pulsa-success', { to: url, count: 0 })).rejects.toThrow(Problem);
	await expect(burst('iak/pulsa-success', { to: url, mix: { no: 1 } })).rejects.toThrow(Problem);
	expect(seen).toEqual([]);
});
