import { spawnSync } from 'node:child_process';
import { callsimProcess } from './cli-process.ts';
import { type CliOptions, type CliResult, callsim } from './run-cli.ts';
import { type Folder, folderWith } from './scenario-cli.ts';
import { receiverScript } from './scenario-receiver.ts';
import { closedPort } from './server.ts';

export const paid = `name: paid
provider: bayarcash
steps:
  - fire: transaction-success
    probe: { url: "http://127.0.0.1:\${env.PORT}/orders/{reference}", equals: { state: paid, times: 1 } }
  - fire: transaction-failed
    after: 10m
    probe: { url: "http://127.0.0.1:\${env.PORT}/orders/{reference}", unchanged: true }
`;

const only = (step: string) =>
	`name: only\nsteps: [{ fire: bayarcash/transaction-success, ${step} }]\n`;

/** A process that has ended and that nobody has asked about yet does not run. */
function runs(pid: number): boolean {
	const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
	return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

/** Those that still run. A process that was killed may take a moment to die, so that they are asked for several times. */
export function survivors(pids: readonly number[]): number[] {
	let left = pids.filter(runs);
	for (let look = 0; left.length > 0 && look < 20; look++) left = left.filter(runs);
	return left;
}

/** Of every process that wrote its number into this file. */
const pidsIn = (text: string) => [...text.matchAll(/\d+/g)].map(Number);

/** A shell that starts a child of its own beside the receiver, and writes down who they are. */
export const nested = (port: number) =>
	`echo $$ >> pids; node -e "setInterval(() => {}, 1e3)" & echo $! >> pids; node receiver.mjs ${port}; echo after`;

export interface Executed extends CliResult {
	readonly folder: Folder;
	/** Of the processes that said who they are. */
	readonly pids: readonly number[];
}

export interface ExecOptions extends CliOptions {
	/** As a process of its own, to which signals are real. */
	readonly ownProcess?: boolean;
}

/** `callsim run` with a receiver of its own on a free port; `more` may say another speed. */
export async function exec(
	mistake: string,
	command: (port: number) => string,
	more: readonly string[] = [],
	options: ExecOptions = {},
	firstStep = '',
): Promise<Executed> {
	const port = await closedPort();
	const folder = folderWith({
		'paid.yaml': firstStep === '' ? paid : only(firstStep),
		'receiver.mjs': receiverScript,
	});
	const args = [
		'run',
		'paid.yaml',
		'--to',
		`127.0.0.1:${port}/cb`,
		...(more.includes('--real-time') || more.includes('--speed') ? [] : ['--speed', 'max']),
		'--exec',
		command(port),
		...more,
	];
	const start = options.ownProcess === true ? callsimProcess : callsim;
	const result = await start(args, {
		cwd: folder.path,
		...options,
		env: { PORT: String(port), MISTAKE: mistake, ...options.env },
	});
	return { ...result, folder, pids: folder.has('pids') ? pidsIn(folder.read('pids')) : [] };
}
export const plain = (port: number) => `node receiver.mjs ${port}`;
