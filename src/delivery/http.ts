import type { Client } from 'undici';
import type { Outcome } from '../model/outcome.ts';
import { longestHead } from './answer-head.ts';
import { codingsIn, decodeBody } from './decode-body.ts';
import { type Dialler, dialler } from './dial.ts';
import { answerLimit, exchange, type WireRequest } from './exchange.ts';
import { guardedLookup, type LookUp, refuseAmong } from './guarded-lookup.ts';
import { knownAddresses, type Reach } from './reach.ts';
import { loadUndiciClient } from './undici-client.ts';

export interface ConnectionOptions extends Reach {
	/** Wall milliseconds for the whole attempt; 0 for none. */
	readonly timeout: number;
	readonly signal?: AbortSignal | undefined;
	readonly lookUp?: LookUp | undefined;
}

/** A connection of one attempt's own, shared by the two requests of a Digest exchange. */
export interface Connection {
	/** Sends once; retrying is the schedule's work. @throws RemoteAddress, or the signal's reason */
	send(request: WireRequest): Promise<Outcome>;
	/** Whether a connection was made at any time. */
	isConnected(): boolean;
	close(): Promise<void>;
}

/** One for all: streams read the stack of what ends them, and undici would make one for each. */
const hungUp = new Error('hung up');

export async function connect(origin: URL, options: ConnectionOptions): Promise<Connection> {
	// A literal address never reaches a lookup.
	refuseAmong(knownAddresses(origin, options) ?? [], origin, options);
	const UndiciClient = await loadUndiciClient();
	const tls = origin.protocol === 'https:' ? (await import('node:tls')).connect : undefined;
	const lookup = guardedLookup(origin, options, options.lookUp);
	// `performance` would be loaded for it, which takes 2 ms.
	const started = process.hrtime.bigint();
	let connected = false;
	let line: { client: Client; dialler: Dialler } | undefined;

	const open = () => {
		const dial = dialler({ insecure: options.insecure, lookup, tls });
		const client = new UndiciClient(origin.origin, {
			// undici's own timers tick every half second; the deadline of an exchange is exact.
			headersTimeout: 0,
			bodyTimeout: 0,
			// Counted when the head is read leniently, before undici sees it.
			maxHeaderSize: 2 * longestHead,
			connect: dial.connect,
		});
		client.on('connect', () => {
			connected = true;
		});
		return { client, dialler: dial };
	};
	const close = async () => {
		const { client, dialler: dial } = line ?? {};
		line = undefined;
		await Promise.all([client?.destroy(hungUp), dial?.hangUp()]);
	};
	const context = {
		elapsed: () => Number(process.hrtime.bigint() - started) / 1e6,
		timeout: options.timeout,
		signal: options.signal,
		isConnected: () => connected,
		defects: () => line?.dialler.defects() ?? [],
	};
	return {
		async send(request) {
			line ??= open();
			line.dialler.expectAnswer();
			let whole = false;
			try {
				const outcome = await exchange(line.client, request, context);
				whole = outcome.kind === 'answered' && !outcome.truncated;
				return readable(outcome);
			} finally {
				// What still comes belongs to nobody: the next request gets a connection of its own.
				if (!whole) await close();
			}
		},
		isConnected: () => connected,
		close,
	};
}

/** The answer as somebody reads it: compression that was not asked for is undone, and told. */
async function readable(outcome: Outcome): Promise<Outcome> {
	if (outcome.kind !== 'answered') return outcome;
	const coding = [outcome.headers['content-encoding'] ?? []].flat().join(', ');
	if (codingsIn(coding).length === 0 || outcome.body.length === 0) return outcome;
	const { defect, ...decoded } = await decodeBody(outcome, coding, answerLimit);
	const told = defect ?? `it is compressed (${coding}), which was not asked for`;
	return { ...outcome, ...decoded, defects: [...(outcome.defects ?? []), told] };
}
