import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { BurstTally } from '../burst/burst-tally.ts';
import type { Load } from '../burst/flood-plan.ts';
import type { BurstShare, PreparedBurst } from '../engine/prepare-burst.ts';
import { Problem } from '../model/problem.ts';
import type { WorkerCommand, WorkerMessage, WorkerOrder } from './burst-worker.ts';
import type { CliContext } from './cli-context.ts';
import type { BurstFlags } from './options/burst-flags.ts';

type Told = Extract<WorkerMessage, { type: 'told' }>;

/** A worker that ended before its part was done, and what it said of that. */
export class WorkerEnded extends Error {
	override readonly name = 'WorkerEnded';
	readonly exitCode: number;
	constructor(exitCode: number, said: string) {
		super(said);
		this.exitCode = exitCode;
	}
}

/** @throws Problem `option-conflict` */
export function refuseWorkers(workers: number, bail: boolean, orders: readonly BurstShare[]): void {
	if (workers === 1) return;
	if (bail)
		throw new Problem(
			'option-conflict',
			'--bail and --workers: what one worker has begun another cannot stop',
			{ hint: 'Leave out one of them.' },
		);
	if (orders.some(({ settings }) => settings.body?.kind === 'stdin'))
		throw new Problem(
			'option-conflict',
			'--workers: standard input can be read once, and each worker would have to',
			{ hint: 'Write what it says into a file, or leave out --workers.' },
		);
}

/** Threads that each run this command for a part of the callbacks. */
export class BurstWorkers implements Load {
	notSent: number;
	readonly #workers: readonly Worker[];
	readonly #told: (Told | undefined)[];
	readonly #ended: Promise<unknown>;
	readonly #ready: Promise<unknown>;

	/** @param of how many @param unacknowledged told of each reference */
	constructor(
		of: number,
		{ id, flags, prepared }: { id: string; flags: BurstFlags; prepared: PreparedBurst },
		{ cwd, env, cataloguePath }: CliContext,
		unacknowledged: (reference: string) => void,
	) {
		const { seed, now, plan } = prepared;
		this.notSent = plan.places.total;
		this.#told = Array<Told | undefined>(of).fill(undefined);
		// Beside what was built stands what starts it.
		const file = join(dirname(cataloguePath), '..', 'bin', 'callsim.js');
		this.#workers = this.#told.map((_, index) => {
			const order: WorkerOrder = { id, flags, cwd, seed, now, index, of };
			const options = { argv: ['burst', id], env: defined(env), workerData: { burst: order } };
			return new Worker(file, { ...options, stdout: true, stderr: true });
		});
		const ready = this.#workers.map(
			(worker, index) =>
				new Promise<void>((resolve) => {
					worker.on('message', (message: WorkerMessage) => {
						if (message.type === 'ready') resolve();
						else {
							this.#told[index] = message;
							for (const reference of message.references) unacknowledged(reference);
						}
					});
				}),
		);
		this.#ready = Promise.all(ready);
		this.#ended = Promise.all(this.#workers.map((worker, index) => this.#endOf(worker, index)));
		// Looked at when it runs.
		this.#ended.catch(() => undefined);
	}

	/** Of what all of them told last. */
	get tally(): BurstTally {
		const sum = new BurstTally();
		for (const told of this.#told) if (told !== undefined) sum.add(told.parts);
		return sum;
	}

	get open(): number {
		return this.#told.reduce((sum, told) => sum + (told?.open ?? 0), 0);
	}

	get tookMs(): number {
		return Math.max(0, ...this.#told.map((told) => told?.tookMs ?? 0));
	}

	async run(): Promise<void> {
		try {
			await Promise.race([this.#ready, this.#ended]);
			this.#post('go');
			await this.#ended;
			this.notSent = this.#told.reduce((sum, told) => sum + (told?.notSent ?? 0), 0);
		} finally {
			await Promise.all(this.#workers.map((worker) => worker.terminate()));
		}
	}

	stop(): void {
		this.#post('stop');
	}

	#post(command: WorkerCommand): void {
		for (const worker of this.#workers) worker.postMessage(command);
	}

	async #endOf(worker: Worker, index: number): Promise<void> {
		const said = text(worker.stderr);
		worker.stdout.resume();
		const code = await new Promise<number>((resolve, reject) => {
			worker.once('error', reject).once('exit', resolve);
		});
		if (this.#told[index]?.isLast !== true) throw new WorkerEnded(code, await said);
	}
}

const defined = (env: CliContext['env']): Record<string, string> =>
	Object.fromEntries(
		Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
