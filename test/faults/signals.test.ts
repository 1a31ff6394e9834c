import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callsimProcess } from '../support/cli-process.ts';
import { isLong } from '../support/long.ts';
import { callsim, jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serveTcp } from '../support/server.ts';

const event = 'bayarcash/transaction-success';
const scenario = `name: one\nsteps: [{ fire: ${event} }, { fire: ${event}, after: 1m }]\n`;

const commands: Readonly<Record<string, readonly string[]>> = {
	fire: ['fire', event],
	digest: ['fire', 'transfez/transaction-completed'],
	run: ['run', 'one.yaml'],
	check: ['check', 'bayarcash'],
	burst: ['burst', event, '--count', '50'],
};
/** Of the answer, what has come when the signal does. */
const moments = {
	'before any answer': '',
	'within an answer': 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nOK',
};

/** The short form has one of the two signals in turn. */
const table = Object.keys(commands).flatMap((name, row) =>
	Object.keys(moments).flatMap((moment, column) =>
		(['SIGINT', 'SIGTERM'] as const)
			.filter((_signal, turn) => isLong || (row + column + turn) % 2 === 0)
			.map((signal) => ({ name, moment, signal })),
	),
);

test.each(table)(
	'$signal $moment to $name leaves a whole report and a whole journal',
	async (row) => {
		const { name, moment, signal } = row;
		const stop = new AbortController();
		const to = await serveTcp((socket) =>
			socket.once('data', () =>
				socket.write(moments[moment as keyof typeof moments], () => stop.abort()),
			),
		);
		const { path, read } = folderWith({ 'one.yaml': scenario });
		const env = { CALLSIM_NO_JOURNAL: '', XDG_STATE_HOME: join(path, 'state') };
		const report = name === 'burst' ? [] : ['--report', 'json=report.json'];
		const args = [...(commands[name] ?? []), '--to', to, '--json', '--timeout', '0', ...report];
		const { code, stdout, stderr } = await callsimProcess(args, {
			cwd: path,
			env,
			signalWhen: [stop.signal, signal],
		});
		const exitCode = signal === 'SIGINT' ? 130 : 143;
		expect({ code, last: jsonLines(stdout).at(-1) }).toMatchObject({
			code: exitCode,
			last: { type: 'summary', exitCode },
		});
		expect(stderr).not.toMatch(/bug in callsim|^ {4}at /m);
		if (report.length > 0) expect(JSON.parse(read('report.json'))).toMatchObject({ exitCode });
		const told = jsonLines((await callsim(['history', '--json'], { cwd: path, env })).stdout);
		const attempts = jsonLines(stdout).filter(({ type }) => type === 'attempt');
		if (name !== 'burst' && name !== 'check') expect(told).toHaveLength(attempts.length);
	},
);
