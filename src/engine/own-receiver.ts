import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Destination } from '../delivery/reach.ts';
import { absenceNow, listensNow, nothingListens } from '../delivery/wait-for.ts';
import type { Clock } from '../model/clock.ts';
import { formatDuration, type Millis, millis } from '../model/duration.ts';
import { ReceiverGone } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import { stopGroup } from '../order/run-command.ts';
import { spawn } from '../order/spawn.ts';
import { guardian, markedProcesses, markName, signalMarked } from './process-marks.ts';

export interface ReceiverOptions {
	/** A shell command. */
	readonly command: string;
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Where it must listen. */
	readonly targets: readonly Destination[];
	/** How long it may take until it answers, wall time. */
	readonly patience: Millis;
	readonly clock: Clock;
	readonly userAgent: string;
	readonly signal: AbortSignal;
	/** Of what this command starts, and of nothing else on this machine. */
	readonly mark: string;
}

/** The receiver as a process of ours. */
export interface ReceiverProcess {
	/** Resolves once it answers. @throws Problem `exec-failed` */
	start(): Promise<void>;
	/** Resolves once it and everything it started has ended. */
	stop(): Promise<void>;
	/** The end of what it printed. */
	output(): string;
	/** The last lines that it printed since it was started. */
	lastLines(): string;
	/** How it ended by itself, or undefined while it runs. */
	endedAs(): string | undefined;
	/** Aborted when it has ended by itself, and nobody listens in its place. */
	readonly gone: AbortSignal;
	/** What could not be stopped, by its number; of what has another user, or another environment. */
	left(): readonly number[];
}

const mostOutput = 64 * 1024;
/** Enough for a stack. */
const mostLines = 12;
/** Servers close their connections first; one that does not is killed. */
const gracePeriod = 3_000;
const betweenLooks = 20;

export function receiverProcess(options: ReceiverOptions): ReceiverProcess {
	let child: ChildProcess | undefined;
	let ended: string | undefined;
	let printed = '';
	let sinceStart = '';
	const take = (text: string) => {
		printed = (printed + text).slice(-mostOutput);
		sinceStart = (sinceStart + text).slice(-mostOutput);
	};
	const { mark } = options;
	const gone = new AbortController();
	let guard: ChildProcess | undefined;
	let left: readonly number[] = [];
	let stopping: ChildProcess | undefined;
	const signalAll = (signal: NodeJS.Signals) => {
		stopGroup(child, signal);
		signalMarked(mark, signal);
	};
	const killAtExit = () => signalAll('SIGKILL');

	/** A command may leave a server behind that goes on. */
	async function endIfGone(started: ChildProcess, how: string): Promise<void> {
		for (const { url, reach } of options.targets)
			if (await listensNow(url, reach).catch(() => false)) return;
		if (stopping !== started) gone.abort(new ReceiverGone(how));
	}

	return {
		async start() {
			if (child !== undefined) throw new Error('the receiver runs already');
			await refuseOccupied(options);
			let answered = false;
			ended = undefined;
			sinceStart = '';
			// A group of its own, so that what the shell starts is stopped with it.
			const started = spawn(options.command, {
				shell: true,
				detached: true,
				cwd: options.cwd,
				env: { ...options.env, [markName]: mark },
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			child = started;
			if (started.pid !== undefined) guard = guardian(started.pid, mark);
			process.once('exit', killAtExit);
			started.stdout?.setEncoding('utf8').on('data', take);
			started.stderr?.setEncoding('utf8').on('data', take);
			started.once('error', (error) => {
				ended = error.message;
			});
			started.once('exit', (code, signal) => {
				ended = signal === null ? `exit code ${code}` : signal;
				if (answered) void endIfGone(started, ended);
			});
			await awaitAnswers(options, () => ended);
			answered = true;
		},
		async stop() {
			const running = child;
			stopping = running;
			if (running !== undefined) left = await stopChild(running, mark, signalAll);
			guard?.stdin?.end('done\n');
			// Until here a second signal takes it along.
			process.off('exit', killAtExit);
			child = undefined;
		},
		output: () => printed,
		lastLines: () => sinceStart.trimEnd().split('\n').slice(-mostLines).join('\n'),
		endedAs: () => ended,
		gone: gone.signal,
		left: () => left,
	};
}

/** Deliveries to somebody else's receiver would prove nothing about this one. */
async function refuseOccupied({ targets }: ReceiverOptions): Promise<void> {
	for (const { url, reach } of targets) {
		if (!(await listensNow(url, reach))) continue;
		throw new Problem('exec-failed', `something listens on ${url.host} already`, {
			hint: (say) => `Stop it, or leave ${say('exec')} out to use it.`,
		});
	}
}

async function awaitAnswers(
	options: ReceiverOptions,
	endedAs: () => string | undefined,
): Promise<void> {
	const { targets, patience, clock, signal } = options;
	const deadline = clock.now() + patience;
	for (const { url, reach } of targets) {
		for (;;) {
			const why = await absenceNow(url, millis(deadline - clock.now()), { ...options, reach });
			if (why === undefined) break;
			const ended = endedAs();
			if (ended !== undefined)
				throw new Problem(
					'exec-failed',
					(say) => `${say('exec')}: the command ended before it listened on ${url.host} (${ended})`,
					{
						hint: (say) =>
							`Its output stands above; ${say('to')} must name the port it listens on.`,
					},
				);
			if (clock.now() >= deadline)
				throw new Problem(
					'exec-failed',
					(say) =>
						`${say('exec')}: the command ${notDone(why)} on ${url.host} within ${formatDuration(patience)}`,
					{ hint: (say) => `Its output stands above; allow more with ${say('waitFor', '60s')}.` },
				);
			await clock.sleep(millis(50), signal);
		}
	}
}

const notDone = (why: string): string =>
	why === nothingListens ? 'does not listen' : `gives no whole answer (${why})`;

/**
 * First asked, then told. All have ended when nobody holds the output any more, and nobody carries
 * the mark. (Whether a process group lives says too little: in a container the dead may wait long
 * to be collected.) Resolves to what stays.
 */
async function stopChild(
	child: ChildProcess,
	mark: string,
	signalAll: (signal: NodeJS.Signals) => void,
): Promise<readonly number[]> {
	const closed = child.stdout?.closed === true ? Promise.resolve() : once(child, 'close');
	const patience = new AbortController();
	const grace = pause(gracePeriod, 'late', { signal: patience.signal }).catch(() => undefined);
	signalAll('SIGTERM');
	await Promise.race([Promise.all([closed, noneLeft(mark, patience.signal)]), grace]);
	signalAll('SIGKILL');
	const late = pause(gracePeriod, 'late', { signal: patience.signal }).catch(() => undefined);
	await Promise.race([Promise.all([closed, noneLeft(mark, patience.signal)]), late]);
	patience.abort();
	child.stdout?.destroy();
	child.stderr?.destroy();
	child.unref();
	return markedProcesses(mark);
}

/** What has a session of its own is no child of ours, and says nothing when it ends. */
async function noneLeft(mark: string, signal: AbortSignal): Promise<void> {
	while (!signal.aborted && markedProcesses(mark).length > 0)
		await pause(betweenLooks, undefined, { signal }).catch(() => undefined);
}
