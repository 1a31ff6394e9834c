import type { KeptLine } from '../delivery/kept-line.ts';
import type { LineRequest } from '../delivery/request-writer.ts';
import type { Random } from '../model/clock.ts';
import type { CallbackSource } from './callback-source.ts';
import { DigestLine } from './digest-line.ts';

/** A connection, and the attempt that is under way on it. */
export class Slot {
	isBusy = false;
	/** Where the callback stands among all that are sent, and its number. */
	place = 0;
	n = 0;
	/** From 1. */
	attempt = 1;
	/** When the attempt was due, on the clock of the schedule. */
	due = 0;
	/** What its latency counts from, on the clock on the wall. */
	from = 0;
	/** Which source makes the callback. */
	source = 0;
	readonly #line: KeptLine;
	readonly #digests: readonly (DigestLine | undefined)[];
	readonly #room = { bytes: Buffer.alloc(0) };
	readonly #request: LineRequest = { method: 'POST', path: '/', headers: [], body: null };
	#headers: unknown;

	/** @param open opens its line */
	constructor(sources: readonly CallbackSource[], random: Random, open: (slot: Slot) => KeptLine) {
		this.#digests = sources.map(({ digest }) => digest && new DigestLine(digest, random));
		this.#line = open(this);
	}

	/** @param now on the clock on the wall @param epoch of the attempt, milliseconds */
	send(source: CallbackSource, now: number, epoch: number): void {
		const { path, body, headersAt } = source.callback(this.n, this.#room);
		const request = this.#request;
		request.method = source.method as LineRequest['method'];
		request.path = path;
		request.body = body ?? null;
		const headers = headersAt(epoch);
		if (headers !== this.#headers) {
			this.#headers = headers;
			request.headers = headers.flatMap(({ name, value }) => [name, value]);
		}
		this.#digests[this.source]?.begin();
		this.#authorize();
		this.#line.send(request, now);
	}

	/** @returns whether the callback is sent again, with the answer to a challenge */
	answersChallenge(challenge: string | undefined): boolean {
		if (this.#digests[this.source]?.challenged(challenge) !== true) return false;
		this.#authorize();
		this.#line.send(this.#request);
		return true;
	}

	close(): Promise<void> {
		return this.#line.close();
	}

	#authorize(): void {
		const digest = this.#digests[this.source];
		if (digest === undefined) return;
		const { method, path, headers, body } = this.#request;
		const value = digest.authorization(method, path, body);
		const others = headers.filter(
			(_, at) => headers[at - (at % 2)]?.toLowerCase() !== 'authorization',
		);
		this.#request.headers = value === undefined ? others : [...others, 'authorization', value];
	}
}
