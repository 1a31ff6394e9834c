import { Readable } from 'node:stream';
import type { Client, Dispatcher } from 'undici';
import type { Outcome } from '../model/outcome.ts';
import { type Header, type Pace, requestTarget } from '../model/request.ts';
import { isLiteral, isLocalAddress } from './address.ts';
import { failureOf } from './failure.ts';
import { guardedLookup, RemoteAddress, type Resolve } from './guarded-lookup.ts';
import { HungUp, paced } from './paced.ts';
import { loadUndiciClient } from './undici-client.ts';

/** At most so much of an answer is read; a mistaken URL may stream for ever. */
export const answerLimit = 64 * 1024;

/** A Node timer beyond this fires at once. */
const longestTimer = 2 ** 31 - 1;

export interface ConnectionOptions {
	/** Wall milliseconds for the whole attempt; 0 for none. */
	readonly timeout: number;
	readonly insecure: boolean;
	readonly allowRemote: boolean;
	readonly signal?: AbortSignal | undefined;
	readonly resolve?: Resolve | undefined;
}

export interface WireRequest {
	readonly method: string;
	readonly url: URL;
	readonly headers: readonly Header[];
	readonly body: Uint8Array | undefined;
	readonly pace?: Pace | undefined;
}

/** One attempt's connection: fresh for every attempt, shared by the two requests of a Digest exchange. */
export interface Connection {
	/** Sends once; retrying is the schedule's work. @throws RemoteAddress, or the signal's reason */
	send(request: WireRequest): Promise<Outcome>;
	/** Whether a connection was made at any time. */
	isConnected(): boolean;
	close(): Promise<void>;
}

export async function connect(origin: URL, options: ConnectionOptions): Promise<Connection> {
	if (isLiteral(origin.hostname) && !options.allowRemote && !isLocalAddress(origin.hostname))
		throw new RemoteAddress(origin.hostname, origin.hostname);
	const UndiciClient = await loadUndiciClient();
	const client = new UndiciClient(origin.origin, {
		// undici's own timers tick every half second; the deadline below is exact.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: {
			timeout: 0,
			rejectUnauthorized: !options.insecure,
			lookup: guardedLookup(options.allowRemote, options.resolve),
			autoSelectFamily: true,
		} as NonNullable<Client.Options['connect']>,
	});
	const started = performance.now();
	let connected = false;
	client.on('connect', () => {
		connected = true;
	});
	return {
		send: (request) => exchange(client, request, options, started, () => connected),
		isConnected: () => connected,
		close: () => client.destroy(),
	};
}

function exchange(
	client: Client,
	request: WireRequest,
	options: ConnectionOptions,
	started: number,
	isConnected: () => boolean,
): Promise<Outcome> {
	const tookMs = () => Math.round((performance.now() - started) * 10) / 10;
	return new Promise((resolve, reject) => {
		let phase: 'headers' | 'body' = 'headers';
		let head: { status: number; headers: Record<string, string | string[]> } | undefined;
		let controller: Dispatcher.DispatchController | undefined;
		const chunks: Buffer[] = [];
		let size = 0;
		let settled = false;

		const settle = (finish: () => void) => {
			if (settled) return;
			settled = true;
			clearTimeout(deadline);
			options.signal?.removeEventListener('abort', interrupted);
			finish();
		};
		const stop = () =>
			controller === undefined ? void client.destroy() : controller.abort(new Error('no longer read'));
		const answered = (truncated: boolean) =>
			settle(() =>
				resolve({
					kind: 'answered',
					status: head?.status ?? 0,
					headers: head?.headers ?? {},
					body: Buffer.concat(chunks),
					truncated,
					tookMs: tookMs(),
				}),
			);
		const interrupted = () =>
			settle(() => {
				stop();
				// What is under way is reported, not lost; only what never reached anybody is no attempt.
				if (isConnected()) resolve({ kind: 'broken', cause: 'closed', detail: 'interrupted', tookMs: tookMs() });
				else reject(options.signal?.reason);
			});
		const deadline =
			options.timeout === 0
				? undefined
				: setTimeout(
						() =>
							settle(() => {
								stop();
								resolve({ kind: 'timed-out', phase: isConnected() ? phase : 'connect', tookMs: tookMs() });
							}),
						Math.min(longestTimer, Math.max(0, options.timeout - (performance.now() - started))),
					);
		if (options.signal?.aborted === true) return interrupted();
		options.signal?.addEventListener('abort', interrupted, { once: true });

		client.dispatch(
			{
				method: request.method as Dispatcher.HttpMethod,
				path: requestTarget(request.url),
				headers: [...request.headers.flatMap(({ name, value }) => [name, value]), ...lengthOf(request)],
				...bodyOf(request),
			},
			{
				onRequestStart(given) {
					controller = given;
				},
				onResponseStart(_controller, status, headers) {
					if (status < 200) return;
					phase = 'body';
					head = { status, headers: headers as Record<string, string | string[]> };
				},
				onResponseData(given, chunk) {
					const room = answerLimit - size;
					chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
					size += chunk.length;
					if (size <= answerLimit) return;
					answered(true);
					given.abort(new Error('enough was read'));
				},
				onResponseEnd: () => answered(false),
				onResponseError(_controller, error) {
					settle(() => {
						if (error instanceof HungUp)
							return resolve({ kind: 'broken', cause: 'closed', detail: error.message, tookMs: tookMs() });
						const failure = failureOf(error, isConnected(), request.url.protocol === 'https:');
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

/** A body that comes in pieces has no length that could be seen: it is said, unless chunks are asked for. */
function lengthOf({ body, pace }: WireRequest): string[] {
	if (body === undefined || pace === undefined || pace.chunked === true) return [];
	return ['content-length', String(body.length)];
}
