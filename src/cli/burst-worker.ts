import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { TallyParts } from '../burst/burst-tally.ts';
import { partOf } from '../burst/flood-plan.ts';
import { floodOf } from '../engine/flood-of.ts';
import { prepareBurst } from '../engine/prepare-burst.ts';
import type { ExitCode } from '../model/run-event.ts';
import { within } from '../settings/engine-context.ts';
import { burstOrders } from './burst-orders.ts';
import type { CliContext } from './cli-context.ts';
import type { BurstFlags } from './options/burst-flags.ts';

/** What a worker is told: the command, and which part of it is its own. */
export interface WorkerOrder {
	readonly id: string;
	readonly flags: BurstFlags;
	readonly cwd: string;
	readonly seed: string;
	readonly now: number;
	readonly index: number;
	readonly of: number;
}

/** What a worker tells. */
export type WorkerMessage =
	| { readonly type: 'ready' }
	/** Whole every time; the last one is the end. */
	| {
			readonly type: 'told';
			readonly parts: TallyParts;
			readonly open: number;
			readonly notSent: number;
			readonly tookMs: number;
			/** Of those that ended unacknowledged since the last time. */
			readonly references: readonly string[];
			readonly isLast: boolean;
	  };

export type WorkerCommand = 'go' | 'stop';

/** Often enough for the line of progress. */
const tellEvery = 500;

/** The order, where this is a worker of a burst. */
export const workerOrder = (): WorkerOrder | undefined =>
	isMainThread ? undefined : (workerData as { burst?: WorkerOrder } | null)?.burst;

/** Sends its part of a burst, and tells the main thread of it. @throws Problem */
export async function burstWorker(order: WorkerOrder, outer: CliContext): Promise<ExitCode> {
	const { id, flags, cwd, seed, now, index, of } = order;
	const port = parentPort;
	if (port === null) throw new Error('a worker has a parent');
	const { context, orders, burst } = await burstOrders(id, flags, within(outer, { cwd }));
	const shares = orders.map((one) => ({ ...one, settings: { ...one.settings, seed, now } }));
	const prepared = await prepareBurst(shares, burst, context);
	let references: string[] = [];
	const flood = await floodOf(
		prepared,
		context,
		{ unacknowledged: (reference) => void references.push(reference) },
		partOf(prepared.plan, index, of),
	);
	const tell = (isLast: boolean) => {
		const { tally, open, notSent, tookMs } = flood;
		const parts = tally.parts();
		const message = { type: 'told', parts, open, notSent, tookMs, references, isLast } as const;
		port.postMessage(message satisfies WorkerMessage);
		references = [];
	};
	const stopped = new AbortController();
	const go = new Promise<void>((resolve) => {
		port.on('message', (command: WorkerCommand) => {
			if (command === 'stop') stopped.abort();
			resolve();
		});
	});
	port.postMessage({ type: 'ready' } satisfies WorkerMessage);
	await go;
	const telling = setInterval(() => tell(false), tellEvery);
	try {
		const running = flood.run();
		stopped.signal.addEventListener('abort', () => flood.stop());
		if (stopped.signal.aborted) flood.stop();
		await running;
		tell(true);
	} finally {
		clearInterval(telling);
		port.close();
	}
	return 0;
}
