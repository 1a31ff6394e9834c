import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/delivery/clock.ts';
import type { Clock } from '../../src/model/clock.ts';
import { millis } from '../../src/model/duration.ts';
import { callsim } from '../support/run-cli.ts';
import { scratch } from '../support/scratch.ts';
import { answering } from '../support/server.ts';

const success = 'bayarcash/transaction-success';
const terminal = { columns: 80 };

/** A burst is told of once a second: here sooner. */
const quick: Clock = {
	now: systemClock.now,
	sleep: (span, signal) => systemClock.sleep(millis(span / 20), signal),
};

/** What was written over on stderr: the texts that stood on the line. */
async function lines(
	args: readonly string[],
	{ env = {}, isTerminal = true }: { env?: Record<string, string>; isTerminal?: boolean } = {},
): Promise<string[]> {
	const { url } = await answering(200);
	const { stderr, code } = await callsim([...args, '--to', url], {
		env: { CI: '', TERM: 'xterm', ...env },
		cwd: scratch(),
		...(args[0] === 'burst' ? { clock: quick } : {}),
		...(isTerminal ? { terminal } : {}),
	});
	expect(code).toBeLessThan(3);
	return stderr
		.split('\r\u001b[K')
		.slice(1)
		.filter((line) => line !== '' && !line.includes('\n'));
}

const commands: readonly [string, readonly string[], RegExp][] = [
	['check', ['check', 'bayarcash', '--only', 'duplicate,checksum-missing'], /^\d+\/\d+ duplicate$/],
	['run', ['run', 'bayarcash/duplicate', 'bayarcash/forged', '--speed', 'max'], /^1\/2 scenarios$/],
	['run', ['run', 'bayarcash/late-failure', '--speed', 'max'], /^2\/\d steps · bayarcash\/.+$/],
	[
		'run',
		['run', 'bayarcash/duplicate', 'bayarcash/forged', '--speed', 'max'],
		/^1\/2 scenarios · 0\/\d steps/,
	],
	['run', ['run', 'bayarcash', '--jobs', '4', '--speed', 'max'], /^\d+\/\d+ scenarios$/],
	['burst', ['burst', success, '--count', '40', '--rate', '100/s'], /^\d+ of 40: /],
	['export', ['export', 'artillery', success], /^1\/1 bayarcash\/transaction-success$/],
];

describe.each(commands)('the progress of %s, as %j,', (_, args, expected) => {
	test('is one line of stderr that is written over', async () => {
		expect(await lines(args)).toContainEqual(expect.stringMatching(expected));
	});

	test.each([
		['through a pipe', { isTerminal: false }],
		['in CI', { env: { CI: 'true' } }],
		['where a terminal only prints', { env: { TERM: 'dumb' } }],
	])('is not told %s', async (__, where) => {
		expect(await lines(args, where)).toEqual([]);
	});

	test('does not stand beside a document', async () => {
		expect(await lines([...args, '--json'])).toEqual([]);
	});
});
