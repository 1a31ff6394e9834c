import { describe, expect, test } from 'vitest';
import { jsonLines } from '../support/run-cli.ts';
import { runText } from '../support/scenario-cli.ts';
import { exec, nested, plain, survivors } from '../support/scenario-exec.ts';

const stopped =
	'receiver: { stoppedFor: 7m }, expect: { attempts: 3, acknowledged: true, status: 200 }';

// At speed 60,000 five minutes of the provider last 5 ms.
test.each([
	['--speed', 'max'],
	['--speed', '60000'],
])(
	'a receiver that is down for 7 min gets Bayarcash’s attempts at +0, +5 and +10 min: %s %s',
	async (...speed) => {
		const { code, stdout, stderr } = await exec('', plain, [...speed, '--json'], {}, stopped);
		const attempts = jsonLines(stdout)
			.filter(({ type }) => type === 'attempt')
			.slice(0, 3);
		expect(attempts, stderr).toMatchObject([
			{
				attempt: 1,
				offsetMs: 0,
				acknowledged: false,
				outcome: { kind: 'unreachable', cause: 'refused' },
			},
			{
				attempt: 2,
				offsetMs: 300_000,
				acknowledged: false,
				outcome: { kind: 'unreachable', cause: 'refused' },
			},
			{
				attempt: 3,
				offsetMs: 600_000,
				acknowledged: true,
				outcome: { kind: 'answered', status: 200 },
			},
		]);
		expect(code).toBe(0);
	},
);

describe('the receiver that was stopped', () => {
	test('is stopped with everything it started, and started again the same way', async () => {
		const { code, pids } = await exec('', nested, ['--json'], {}, stopped);
		expect(pids).toHaveLength(4);
		expect(survivors(pids)).toEqual([]);
		expect(code).toBe(0);
	});

	test('without --exec is a problem', async () => {
		const { code, stderr } = await runText(
			`name: a\nsteps: [{ fire: bayarcash/transaction-success, ${stopped} }]`,
			['--to', ':1'],
		);
		expect(stderr).toMatch(
			/^error scenario-invalid: test\.yaml:2:48: step 1: receiver stops a receiver that callsim has not started\n {2}try: Start it with --exec/,
		);
		expect(code).toBe(2);
	});
});
