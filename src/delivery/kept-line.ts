import type { Socket } from 'node:net';
import type { Client, Dispatcher } from 'undici';
import { causeTexts } from '../model/outcome-text.ts';
import { longestHead } from './answer-head.ts';
import { wallMs } from './clock.ts';
import { Deadline } from './deadline.ts';
import { type Dialler, dialler } from './dial.ts';
import { answerLimit } from './exchange.ts';
import { failureOf } from './failure.ts';
import { guardedLookup, type LookUp, refuseAmong } from './guarded-lookup.ts';
import { knownAddresses, type Reach } from './reach.ts';
import { AnswerReader, KnownAnswer } from './repeated-answers.ts';
import { type LineRequest, RequestWriter } from './request-writer.ts';
import { loadUndiciClient, type UndiciClient } from './undici-client.ts';

/** Told of every request, once. */
export interface LineListener {
	/** A whole answer. @param body undefined where nobody asked for it */
	answered(status: number, head: AnswerHead, body: Buffer | undefined): void;
	/** No whole answer. @param what as in `timed out (headers)` @param isReached somebody was */
	failed(what: string, isReached: boolean): void;
	/** The name leads to an address that may not be dialled, or a bug. */
	broken(error: unknown): void;
}

/** What is looked at in the head of an answer, beside its status. */
export interface AnswerHead {
	/** `WWW-Authenticate` of a 401; several are one list (RFC 9110, section 5.3). */
	challenge(): string | undefined;
}

/** One connection that is kept, and opened again where the receiver closes it. */
export interface KeptLine {
	/**
	 * One at a time; each is sent once and never again without being told.
	 * @param at of `wallMs`, of the caller who knows it
	 */
	send(request: LineRequest, at?: number): void;
	close(): Promise<void>;
}

export interface LineOptions extends Reach {
	/** Wall milliseconds for one request; 0 for none. */
	readonly timeout: number;
	/** Whether what is answered is kept, or only read. */
	readonly keepsBody: boolean;
	readonly lookUp?: LookUp | undefined;
}

/** Opens lines to one origin. @throws RemoteAddress */
export async function lineOpener(
	origin: URL,
	options: LineOptions,
): Promise<(listener: LineListener) => KeptLine> {
	refuseAmong(knownAddresses(origin, options) ?? [], origin, options);
	const client = await loadUndiciClient();
	const tls = origin.protocol === 'https:' ? (await import('node:tls')).connect : undefined;
	const lookup = guardedLookup(origin, options, options.lookUp);
	const { insecure } = options;
	const dial = (reader: () => AnswerReader, writer: RequestWriter) => {
		const onSocket = (socket: Socket) => writer.attach(socket, tls === undefined);
		return dialler({ insecure, lookup, tls, onSocket, reader });
	};
	const known = new KnownAnswer();
	return (listener) => new UndiciLine(origin, client, dial, known, options, listener);
}

/** One for all: streams read the stack of what ends them. */
const hungUp = new Error('hung up');

/**
 * undici's handler of the older kind, which it calls without making objects for each request. One
 * for all requests of a line.
 */
class UndiciLine implements KeptLine, AnswerHead {
	readonly #origin: URL;
	readonly #client: UndiciClient;
	readonly #dial: (reader: () => AnswerReader, writer: RequestWriter) => Dialler;
	readonly #known: KnownAnswer;
	readonly #options: LineOptions;
	readonly #listener: LineListener;
	#open: { client: Client; dialler: Dialler } | undefined;
	#isConnected = false;
	#isUnderWay = false;
	#hasHead = false;
	#status = 0;
	#head: readonly Buffer[] = [];
	#size = 0;
	#chunks: Buffer[] = [];
	readonly #writer = new RequestWriter();
	readonly #deadline: Deadline;
	#reader: AnswerReader | undefined;

	constructor(
		origin: URL,
		client: UndiciClient,
		dial: (reader: () => AnswerReader, writer: RequestWriter) => Dialler,
		known: KnownAnswer,
		options: LineOptions,
		listener: LineListener,
	) {
		this.#origin = origin;
		this.#client = client;
		this.#dial = dial;
		this.#known = known;
		this.#options = options;
		this.#listener = listener;
		this.#deadline = new Deadline(options.timeout, () => this.#late());
	}

	send(request: LineRequest, at = wallMs()): void {
		this.#open ??= this.#opened();
		this.#isUnderWay = true;
		this.#hasHead = false;
		this.#size = 0;
		if (this.#chunks.length > 0) this.#chunks = [];
		this.#deadline.begin(at);
		if (this.#reader === undefined) this.#open.dialler.expectAnswer();
		else this.#reader.expectAnswer();
		this.#open.client.dispatch(
			this.#writer.begin(request) as Dispatcher.DispatchOptions,
			this as unknown as Dispatcher.DispatchHandler,
		);
	}

	async close(): Promise<void> {
		this.#deadline.clear();
		this.#isUnderWay = false;
		await this.#hangUp();
	}

	challenge(): string | undefined {
		const values: string[] = [];
		for (let at = 0; at < this.#head.length; at += 2)
			if (this.#head[at]?.toString('latin1').toLowerCase() === 'www-authenticate')
				values.push(this.#head[at + 1]?.toString('latin1') ?? '');
		return values.length === 0 ? undefined : values.join(', ');
	}

	onConnect(): void {}

	onHeaders(status: number, head: Buffer[]): boolean {
		this.#hasHead = true;
		this.#status = this.#reader?.repeated?.status ?? status;
		this.#head = head;
		return true;
	}

	onData(chunk: Buffer): boolean {
		this.#size += chunk.length;
		const beyond = this.#size - answerLimit;
		if (this.#options.keepsBody)
			this.#chunks.push(Buffer.from(beyond > 0 ? chunk.subarray(0, -beyond) : chunk));
		if (beyond <= 0) return true;
		// Enough to judge it; what still comes belongs to nobody.
		queueMicrotask(() => this.#cut(() => this.#tellAnswer()));
		return false;
	}

	onComplete(): void {
		this.#reader?.learn(this.#status, this.#head, this.#size);
		this.#answered();
	}

	onError(error: unknown): void {
		// undici is still emptying its queue: a request that followed at once would be in its way.
		queueMicrotask(() => this.#failed(error));
	}

	#failed(error: unknown): void {
		if (!this.#isUnderWay) return;
		this.#isUnderWay = false;
		const failure = failureOf(error, this.#isConnected, this.#origin.protocol === 'https:');
		if (failure === undefined) this.#listener.broken(error);
		else
			this.#listener.failed(
				causeTexts[failure.cause],
				failure.kind === 'broken' || this.#isConnected,
			);
	}

	#answered(): void {
		if (!this.#isUnderWay) return;
		this.#isUnderWay = false;
		this.#tellAnswer();
	}

	#tellAnswer(): void {
		const body = this.#options.keepsBody
			? (this.#reader?.repeated?.body ?? Buffer.concat(this.#chunks))
			: undefined;
		this.#listener.answered(this.#status, this, body);
	}

	#opened() {
		const dial = this.#dial(() => {
			this.#reader = new AnswerReader(this.#known, () => dial.expectAnswer());
			return this.#reader;
		}, this.#writer);
		const client = new this.#client(this.#origin.origin, {
			headersTimeout: 0,
			bodyTimeout: 0,
			// A line waits as long as the receiver lets it.
			keepAliveTimeout: 600_000,
			keepAliveMaxTimeout: 600_000,
			maxHeaderSize: 2 * longestHead,
			connect: dial.connect,
		});
		client.on('connect', () => {
			this.#isConnected = true;
		});
		client.on('disconnect', () => {
			this.#isConnected = false;
		});
		return { client, dialler: dial };
	}

	#late(): void {
		if (!this.#isUnderWay) return;
		const wasConnected = this.#isConnected;
		const awaited = this.#hasHead ? 'end of the answer' : 'answer';
		const phase = wasConnected ? awaited : 'connection';
		this.#cut(() => this.#listener.failed(`timed out (no ${phase})`, wasConnected));
	}

	/** Hangs up first: what undici says of this request must not be taken for the next one's end. */
	#cut(tell: () => void): void {
		if (!this.#isUnderWay) return;
		this.#isUnderWay = false;
		this.#hangUp().then(tell, (error: unknown) => this.#listener.broken(error));
	}

	async #hangUp(): Promise<void> {
		const { client, dialler: dial } = this.#open ?? {};
		this.#open = undefined;
		this.#isConnected = false;
		await Promise.all([client?.destroy(hungUp), dial?.hangUp()]);
	}
}
