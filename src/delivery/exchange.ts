import { Readable } from 'node:stream';
import type { Client, Dispatcher } from 'undici';
import type { Outcome } from '../model/outcome.ts';
import { type BodyPace, type Header, requestTarget } from '../model/request.ts';
import { longestTimer } from './clock.ts';
import { failureOf } from './failure.ts';
import { HungUp, paced } from './paced.ts';

/** At most so much of an answer is read; a mistaken URL may stream for ever. */
export const answerLimit = 64 * 1024;

export interface WireRequest {
	readonly method: string;
	readonly url: URL;
	readonly headers: readonly Header[];
	readonly body: Uint8Array | undefined;
	readonly pace?: BodyPace | undefined;
}

type Answered = Extract<Outcome, { kind: 'answered' }>;

/** What one exchange needs to know of its connection. */
export interface ExchangeContext {
	/** Wall milliseconds since the connection was asked for. */
	elapsed(): number;
	/** Wall milliseconds for the whole attempt; 0 for none. */
	readonly timeout: number;
	readonly signal?: AbortSignal | undefined;
	isConnected(): boolean;
	/** What had to be put right in the answer that has begun. */
	defects(): readonly string[];
}

/**
 * One request and its answer. Nothing is aborted here: undici asserts that an answer which ended
 * was not. Whoever gets an outcome that is not a whole answer ends the connection.
 * @throws RemoteAddress, or the signal's reason
 */
export function exchange(
	client: Client,
	request: WireRequest,
	context: ExchangeContext,
): Promise<Outcome> {
	const tookMs = () => Math.round(context.elapsed() * 10) / 10;
	return new Promise((resolve, reject) => {
		let phase: 'headers' | 'body' = 'headers';
		let head: Pick<Answered, 'status' | 'headers'> | undefined;
		const chunks: Buffer[] = [];
		let size = 0;
		let settled = false;

		const settle = (finish: () => void) => {
			if (settled) return;
			settled = true;
			clearTimeout(deadline);
			context.signal?.removeEventListener('abort', interrupted);
			finish();
		};
		const answered = (truncated: boolean) =>
			settle(() =>
				resolve({
					kind: 'answered',
					...(head ?? { status: 0, headers: {} }),
					body: Buffer.concat(chunks),
					// Those of its chunks are known when they have been read.
					defects: context.defects(),
					truncated,
					tookMs: tookMs(),
				}),
			);
		const interrupted = () =>
			settle(() => {
				// What is under way is reported, not lost; only what never reached anybody is no attempt.
				if (context.isConnected())
					resolve({ kind: 'broken', cause: 'closed', detail: 'interrupted', tookMs: tookMs() });
				else reject(context.signal?.reason);
			});
		const late = () =>
			settle(() =>
				resolve({
					kind: 'timed-out',
					phase: context.isConnected() ? phase : 'connect',
					tookMs: tookMs(),
				}),
			);
		const deadline =
			context.timeout === 0
				? undefined
				: setTimeout(
						// A process that was stopped, or busy, reads first what came in time.
						() => setImmediate(late),
						Math.min(longestTimer, Math.max(0, context.timeout - context.elapsed())),
					);
		if (context.signal?.aborted === true) return interrupted();
		context.signal?.addEventListener('abort', interrupted, { once: true });

		client.dispatch(
			{
				method: request.method as Dispatcher.HttpMethod,
				path: requestTarget(request.url),
				headers: [
					...request.headers.flatMap(({ name, value }) => [name, value]),
					...lengthOf(request),
				],
				...bodyOf(request),
			},
			{
				// undici tells this kind of handler from its older one by the presence of this.
				onRequestStart: () => undefined,
				onResponseStart(_controller, status, headers) {
					phase = 'body';
					head = { status, headers: headers as Answered['headers'] };
				},
				onResponseData(controller, chunk) {
					const room = answerLimit - size;
					chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
					size += chunk.length;
					if (size <= answerLimit) return;
					controller.pause();
					answered(true);
				},
				onResponseEnd: () => answered(false),
				onResponseError(_controller, error) {
					settle(() => {
						if (error instanceof HungUp)
							return resolve({
								kind: 'broken',
								cause: 'closed',
								detail: error.message,
								tookMs: tookMs(),
							});
						const failure = failureOf(
							error,
							context.isConnected(),
							request.url.protocol === 'https:',
						);
						if (failure === undefined) reject(error);
						else resolve({ ...failure, tookMs: tookMs() } as Outcome);
					});
				},
			},
		);
	});
}

function bodyOf({ body, pace }: WireRequest): { body?: Buffer | Readable } {
	if (body === undefined) return {};
	return { body: pace === undefined ? Buffer.from(body) : Readable.from(paced(body, pace)) };
}

/** The length of a body in pieces cannot be seen: it is said, unless chunks are asked for. */
function lengthOf({ body, pace }: WireRequest): string[] {
	if (body === undefined || pace === undefined || pace.chunked === true) return [];
	return ['content-length', String(body.length)];
}
