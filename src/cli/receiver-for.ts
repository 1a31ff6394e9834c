import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { listensWithin } from '../delivery/wait-for.ts';
import { type ReceiverProcess, receiverProcess } from '../engine/receiver-process.ts';
import { remoteProblem } from '../engine/remote-problem.ts';
import { formatDuration, type Millis, millis, parseDuration } from '../model/duration.ts';
import { printable } from '../report/safe/escape.ts';
import type { Mask } from '../report/safe/mask.ts';
import type { CliContext } from './cli-context.ts';

interface ReceiverFlags {
	readonly exec?: string;
	readonly waitFor?: string;
	readonly allowRemote?: boolean;
}

/** The receiver of a run: one that is there, or one of ours. */
export interface Receiver {
	readonly process: ReceiverProcess | undefined;
	/** Stops it, where it is ours. @param failed its output is told, because that is where the reason stands */
	close(failed: boolean): Promise<void>;
}

const usualPatience = millis(30_000);

/**
 * Starts what `--exec` names, and waits until it listens at every target; `--wait-for` alone waits.
 *
 * @returns undefined when nobody listens in time, or the run was stopped meanwhile
 * @throws Problem `exec-failed`, `target-remote`
 */
export async function receiverFor(
	flags: ReceiverFlags,
	targets: readonly URL[],
	context: CliContext,
	mask: Mask,
): Promise<Receiver | undefined> {
	const { exec, waitFor, allowRemote = false } = flags;
	const patience = waitFor === undefined ? undefined : parseDuration(waitFor, '--wait-for');
	const hosts = [...new Map(targets.map((target) => [target.host, target])).values()];
	const signal = context.interruption();
	try {
		if (exec === undefined)
			return patience === undefined || (await allListen(hosts, patience, allowRemote, context))
				? { process: undefined, close: async () => undefined }
				: undefined;
		return await started(exec, hosts, patience ?? usualPatience, allowRemote, context, mask);
	} catch (error) {
		if (signal.aborted) return undefined;
		throw error instanceof RemoteAddress ? remoteProblem(error) : error;
	}
}

async function allListen(
	targets: readonly URL[],
	patience: Millis,
	allowRemote: boolean,
	context: CliContext,
): Promise<boolean> {
	const { clock } = context;
	const deadline = clock.now() + patience;
	for (const target of targets) {
		const left = millis(Math.max(0, deadline - clock.now()));
		if (await listensWithin(target, left, { clock, allowRemote, signal: context.interruption() })) continue;
		context.stderr.write(`nothing listened on ${target.host} within ${formatDuration(patience)}; nothing was sent\n`);
		return false;
	}
	return true;
}

async function started(
	command: string,
	targets: readonly URL[],
	patience: Millis,
	allowRemote: boolean,
	context: CliContext,
	mask: Mask,
): Promise<Receiver> {
	const { clock, cwd, env } = context;
	const signal = context.interruption();
	const process = receiverProcess({ command, cwd, env, targets, patience, clock, allowRemote, signal });
	const close = async (failed: boolean) => {
		const ended = process.endedAs();
		await process.stop();
		if (ended !== undefined) context.stderr.write(`note: the receiver ended by itself (${ended})\n`);
		if (failed) tellOutput(mask(process.output()), context);
	};
	try {
		await process.start();
	} catch (error) {
		await close(!signal.aborted);
		throw error;
	}
	return { process, close };
}

const mostLines = 60;

function tellOutput(output: string, { stderr }: CliContext): void {
	const lines = printable(output).trimEnd().split('\n');
	if (lines.length === 1 && lines[0] === '') return;
	const cut = lines.length > mostLines ? [`… ${lines.length - mostLines} lines before`] : [];
	stderr.write(
		`the receiver printed:\n${[...cut, ...lines.slice(-mostLines)].map((line) => `  │ ${line}`).join('\n')}\n`,
	);
}
