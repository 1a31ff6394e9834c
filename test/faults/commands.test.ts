import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callsimProcess } from '../support/cli-process.ts';
import { part } from '../support/long.ts';
import { fullPort, mutePort } from '../support/mute-port.ts';
import { callsim } from '../support/run-cli.ts';
import { serveTcp } from '../support/server.ts';
import { wireAnswers } from '../support/wire-answers.ts';

/** Whole commands, so that a process that stays, or is deaf, is seen as well. CALLSIM_NODE runs them on another Node. */
const bound = 10_000;

const bayarcash = 'bayarcash/transaction-success';
const scenario = (to: string) => {
	const file = join(mkdtempSync(join(tmpdir(), 'callsim-')), 'one.yaml');
	writeFileSync(
		file,
		`name: one\nprovider: bayarcash\nto: ${to}\nsteps:\n  - fire: transaction-success\n`,
	);
	return file;
};

const commands = {
	fire: (to: string) => ['fire', bayarcash, '--to', to, '--retry', 'none'],
	digest: (to: string) => ['fire', 'transfez/transaction-completed', '--to', to, '--retry', 'none'],
	run: (to: string) => ['run', scenario(to), '--retry', 'none'],
	check: (to: string) => [
		'check',
		'bayarcash',
		'--to',
		to,
		'--only',
		'genuine-success,duplicate,late-failure',
	],
} as const;

type Name = keyof typeof commands;
const names = Object.keys(commands) as Name[];

/** The exit codes of all four, run at the same time; `processes` are those that must end as processes. */
async function exitCodes(
	to: string,
	timeout: string,
	processes: readonly Name[] = names,
): Promise<Record<Name, number | null>> {
	const codes = names.map(async (name) => {
		const start = processes.includes(name) ? callsimProcess : callsim;
		return [name, (await start([...commands[name](to), '--timeout', timeout])).code] as const;
	});
	return Object.fromEntries(await Promise.all(codes)) as Record<Name, number | null>;
}

/** A process for each answer, of each command in turn: all of all of them would take half a minute. */
const rows = wireAnswers.map((row, at) => ({
	...row,
	processes: names.filter((_name, turn) => turn === at % 4),
}));

test.each(part(rows, 5))(
	'every command ends as documented after $name',
	{ timeout: bound },
	async (row) => {
		const to = await serveTcp((socket) => socket.once('data', () => row.answer(socket)));
		const code = row.acknowledged ? 0 : 1;
		const { check, ...others } = await exitCodes(to, '2s', row.processes);
		expect(others).toEqual({ fire: code, digest: code, run: code });
		// Whether an answer proves something about the receiver is another matter.
		expect(check === 0 || check === 1).toBe(true);
	},
);

test.each([
	[
		'a TLS handshake that is never answered',
		async () => `https://127.0.0.1:${await mutePort()}/cb`,
	],
	['a connection that is never made', async () => `http://127.0.0.1:${await fullPort()}/cb`],
] as const)('every command ends soon after %s', { timeout: bound }, async (_name, target) => {
	expect(await exitCodes(await target(), '300ms')).toEqual({
		fire: 3,
		digest: 3,
		run: 3,
		check: 3,
	});
});

test.each(['SIGINT', 'SIGTERM'] as const)(
	'%s ends a connection under way at once',
	{ timeout: bound },
	async (signal) => {
		const to = `https://127.0.0.1:${await mutePort()}/cb`;
		const { code } = await callsimProcess([...commands.fire(to), '--timeout', '0'], {
			signalAfter: ["callsim's own simulator", signal],
		});
		expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
	},
);
