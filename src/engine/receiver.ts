import { hex } from '../compose/random-text.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import type { Destination } from '../delivery/reach.ts';
import { remoteProblem } from '../delivery/remote-problem.ts';
import { millis } from '../model/duration.ts';
import type { Settings } from '../model/settings.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { userAgentOf } from '../settings/user-agent.ts';
import { awaitReceivers, type Waiting } from './await-receiver.ts';
import { type ReceiverProcess, receiverProcess } from './own-receiver.ts';
import { noteUsualPort } from './usual-port.ts';

/** What is said of the receiver of a run. */
export interface ReceiverSettings extends Pick<Settings, 'waitFor'> {
	/** The command that starts it. */
	readonly exec?: string | undefined;
}

/** Told of a receiver of ours. */
export interface ReceiverWatch extends Waiting {
	/** It ended by itself. */
	onEnded(how: string): void;
	/** What it started and what could not be stopped: numbers of processes. */
	onLeft(pids: readonly number[]): void;
	/** What it printed, where something failed: that is where the reason stands. */
	onOutput(output: string): void;
}

/** The receiver of a run: one that is there, or one of ours. */
export interface Receiver {
	readonly process: ReceiverProcess | undefined;
	/** Stops it, where it is ours. */
	close(failed: boolean): Promise<void>;
}

const usualPatience = millis(30_000);

/**
 * Starts the receiver where a command is named, and waits until it answers at every target; else
 * waits where that is asked for.
 * @returns undefined when nobody answers in time, or the run was stopped meanwhile
 * @throws Problem `exec-failed`, `target-remote`
 */
export async function openReceiver(
	{ exec, waitFor }: ReceiverSettings,
	targets: readonly Destination[],
	context: EngineContext,
	watch: ReceiverWatch,
): Promise<Receiver | undefined> {
	const hosts = [...new Map(targets.map((target) => [target.url.host, target])).values()];
	if (exec === undefined) {
		if (waitFor === undefined) await noteUsualPort(hosts, context);
		const isThere = waitFor === undefined || (await awaitReceivers(hosts, waitFor, context, watch));
		return isThere ? { process: undefined, close: async () => undefined } : undefined;
	}
	const { clock, cwd, env } = context;
	const signal = context.interruption();
	const started = receiverProcess({
		...{ command: exec, targets: hosts, patience: waitFor ?? usualPatience },
		...{ cwd, env, clock, userAgent: userAgentOf(context), signal, mark: hex(32, context.random) },
	});
	const close = async (failed: boolean) => {
		const ended = started.endedAs();
		await started.stop();
		if (started.left().length > 0) watch.onLeft(started.left());
		if (ended !== undefined) watch.onEnded(ended);
		if (failed) watch.onOutput(started.output());
	};
	try {
		await started.start();
	} catch (error) {
		await close(!signal.aborted);
		if (signal.aborted) return undefined;
		throw error instanceof RemoteAddress ? remoteProblem(error) : error;
	}
	return { process: started, close };
}
