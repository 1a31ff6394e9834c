import type { Composed } from '../compose/compose.ts';
import type { Acknowledge, MessageFile, SignatureRule } from '../model/provider.ts';
import type { DigestLogin } from '../model/request.ts';
import type { Schedule } from '../model/schedule.ts';
import { refusalBy } from './accepting.ts';
import {
	type Batch,
	type BodyRoom,
	type ComposeAt,
	isSame,
	type ReadyCallback,
	type Shape,
	shapeOf,
	stencilled,
	whole,
} from './callbacks.ts';
import { Draws } from './draws.ts';
import { type Signer, signerFor } from './signer.ts';

/** What a burst sends of one event. */
export interface BurstKind {
	readonly event: string;
	readonly message: MessageFile;
	readonly schedule: Schedule;
	/** Undefined where nothing is signed, or not in the body or the query. */
	readonly signing: { readonly rule: SignatureRule; readonly key: string | Uint8Array } | undefined;
	/** @param draws what the callback draws, of `message.fresh` */
	composer(draws: Draws): ComposeAt;
}

/** More callbacks of one second of the provider's time would be no second. */
const mostInASecond = 1_000;
/** Those that are composed one by one are kept so many together. */
const composedTogether = 64;
const keptWhole = 64;
const keptStencilled = 4_096;

/** The callbacks of one event by their numbers. */
export class CallbackSource {
	readonly acknowledge: Acknowledge;
	readonly refusal: ReturnType<typeof refusalBy>;
	/** Provider time before another attempt, at least; Infinity where there is none. */
	readonly shortestPause: number;
	readonly method: string;
	readonly kind: BurstKind;
	digest: DigestLogin | undefined;
	/** Whether callbacks are made from a stencil, and not one by one. */
	isFast = false;
	#size: number;
	readonly #draws: Draws;
	readonly #compose: ComposeAt;
	readonly #now: number;
	readonly #characters: Uint8Array;
	readonly #batches = new Map<number, Batch>();
	#shape: Shape | undefined;
	readonly #signer: Signer | undefined;
	#inASecond: number;

	constructor(kind: BurstKind, seed: string, now: number) {
		this.kind = kind;
		const { message } = kind;
		this.acknowledge = message.acknowledge;
		this.refusal = refusalBy(message.acknowledge);
		const { pauses, jitter = 0 } = kind.schedule;
		this.shortestPause = Math.min(...pauses) * (1 - jitter);
		this.method = message.method;
		this.#now = now;
		this.#draws = new Draws(message.fresh ?? {}, seed);
		this.#characters = new Uint8Array(this.#draws.size);
		this.#compose = kind.composer(this.#draws);
		const { reference } = message.roles;
		const period = reference === undefined ? mostInASecond : this.#draws.periodOf(reference);
		this.#inASecond = period === 1 ? mostInASecond : Math.min(mostInASecond, period);
		this.#size = this.#inASecond;
		this.#signer = kind.signing && signerFor(kind.signing.rule, kind.signing.key);
	}

	/** Learns how callbacks differ. @throws Problem */
	async begin(): Promise<void> {
		const characters = this.#charactersOf(0).slice();
		const first = await this.#compose(characters, this.#instantOf(0));
		this.digest = first.request.digest;
		if (this.kind.signing === undefined || this.#signer !== undefined)
			this.#shape = await shapeOf(this.#compose, this.#draws, characters, this.#instantOf(0));
		this.isFast =
			(await this.#stencilledBatch(0)) !== undefined &&
			(await this.#stencilledBatch(1)) !== undefined;
		if (!this.isFast) this.#size = composedTogether;
	}

	/** Whether `callback` can be asked for it now. */
	isReady(n: number): boolean {
		return this.#batches.has(Math.floor(n / this.#size));
	}

	/** Makes those around it ready. */
	async prepare(n: number): Promise<void> {
		const number = Math.floor(n / this.#size);
		if (this.#batches.has(number)) return;
		const batch = this.isFast
			? await this.#stencilledBatch(number)
			: await this.#wholeBatch(number);
		if (batch === undefined)
			throw new Error(`${this.kind.event}: what is made is not what composing makes`);
		if (this.#batches.size >= (this.isFast ? keptStencilled : keptWhole)) {
			const [oldest] = this.#batches.keys();
			if (oldest !== undefined) this.#batches.delete(oldest);
		}
		this.#batches.set(number, batch);
	}

	/** The number that another `prepare` would be for: of the next ones. */
	following(n: number): number {
		return (Math.floor(n / this.#size) + 1) * this.#size;
	}

	callback(n: number, room: BodyRoom): ReadyCallback {
		return this.#batchOf(n).callback(n, this.#charactersOf(n), room);
	}

	reference(n: number): string {
		return this.#batchOf(n).reference(n, this.#charactersOf(n));
	}

	#batchOf(n: number): Batch {
		const batch = this.#batches.get(Math.floor(n / this.#size));
		if (batch === undefined) throw new Error(`callback ${n} was not prepared`);
		return batch;
	}

	/** Held against composing by one of its callbacks; undefined where they differ. */
	async #stencilledBatch(number: number): Promise<Batch | undefined> {
		if (this.#shape === undefined) return undefined;
		const n = number * this.#size;
		const now = this.#instantOf(n);
		const base = await this.#compose(this.#charactersOf(n).slice(), now);
		const batch = stencilled(base, now, this.#shape, this.#signer);
		const some = n + ((number * 7_919 + 1) % this.#size);
		const characters = this.#charactersOf(some).slice();
		const wanted = await this.#compose(characters, this.#instantOf(some));
		const made = batch.callback(some, characters, { bytes: Buffer.alloc(0) });
		return isSame(made, wanted) ? batch : undefined;
	}

	async #wholeBatch(number: number): Promise<Batch> {
		const first = number * this.#size;
		const all: Composed[] = [];
		for (let n = first; n < first + this.#size; n++)
			all.push(await this.#compose(this.#charactersOf(n).slice(), this.#instantOf(n)));
		return whole(all, first);
	}

	/** Overwritten by the next call. */
	#charactersOf(n: number): Uint8Array {
		this.#draws.write(n, this.#characters);
		return this.#characters;
	}

	/** Times go back from the run's instant: no payment lies ahead of it. Epoch milliseconds. */
	#instantOf(n: number): number {
		return this.#now - Math.floor(n / this.#inASecond) * 1_000;
	}
}
