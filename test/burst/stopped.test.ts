import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { inherited } from '../support/cli-process.ts';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';
import { parsedBody } from '../support/verifier.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

/** The process, stopped when half of its orders have been refused once, and so long as another burst takes. */
test('a burst that is stopped and continued goes on with what is due by then, and loses none', async () => {
	const count = 2_000;
	const tries = new Map<unknown, number>();
	const { url, seen } = await serve((one, response) => {
		const { order_number: order } = parsedBody(one);
		const attempt = (tries.get(order) ?? 0) + 1;
		tries.set(order, attempt);
		response.writeHead(attempt < 3 ? 503 : 200).end();
		if (seen.length === count / 2) child.kill('SIGSTOP');
	});
	const neighbour = await serve((_, response) => response.end('OK'));
	const child = spawn(
		process.execPath,
		[
			...[bin, 'burst', 'bayarcash/transaction-success', '--to', url, '--json'],
			...['--count', String(count), '--connections', '16'],
			...['--retry', '3x300s', '--speed', '1000'],
		],
		{ env: inherited(), cwd: folderWith({}).path, stdio: ['ignore', 'pipe', 'ignore'] },
	);
	onTestFinished(() => void child.kill('SIGKILL'));
	const told = text(child.stdout);
	const ended = once(child, 'close');
	await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count / 2);
	const atStop = seen.length;
	// Meanwhile every pause of 300 ms is over.
	const rated = '--count 40 --rate 40/s'.split(' ');
	await callsim(['burst', 'iak/pulsa-success', '--to', neighbour.url, ...rated]);
	// What was under way may have arrived.
	expect(seen.length - atStop).toBeLessThanOrEqual(16);
	child.kill('SIGCONT');
	const [code] = await ended;
	expect(code).toBe(0);
	expect(JSON.parse((await told).trim().split('\n').at(-1) ?? '')).toMatchObject({
		sent: count,
		acknowledged: count,
		attempts: 3 * count,
	});
	expect(seen).toHaveLength(3 * count);
	expect([...tries.values()].filter((times) => times !== 3)).toEqual([]);
});
