import { connect } from 'node:net';
import type { Clock } from '../model/clock.ts';
import { type Millis, millis } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import { unansweredText } from '../model/outcome-text.ts';
import { portOf } from './address.ts';
import { ask } from './ask.ts';
import { permittedAddresses } from './guarded-lookup.ts';
import { endedWithinHead } from './lenient-reading.ts';
import type { Reach } from './reach.ts';

/** Of a target where not even a connection is taken. */
export const nothingListens = 'nothing listens';

const betweenTries = millis(100);
const longestConnect = 1_000;
/** A proxy that took the connection before its app was up may never answer on it. */
const longestExchange = 5_000;
/** So that the last try, too, tells what is wrong there, and not that it came late. */
const shortestExchange = 500;

/** How a receiver is asked whether it is there. */
export interface LookOptions {
	readonly reach: Reach;
	readonly userAgent: string;
	readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until the target's host answers over HTTP. That it takes connections says little: proxies
 * do so before there is anybody behind them.
 * @param span wall time
 * @returns undefined once it answers; otherwise what the last try came to
 * @throws RemoteAddress, or the signal's reason
 */
export async function answersWithin(
	target: URL,
	span: Millis,
	{ clock, ...options }: LookOptions & { readonly clock: Clock },
): Promise<string | undefined> {
	const deadline = clock.now() + span;
	for (;;) {
		const why = await absenceNow(target, millis(deadline - clock.now()), options);
		if (why === undefined) return undefined;
		if (clock.now() >= deadline) return why;
		await clock.sleep(betweenTries, options.signal);
	}
}

/**
 * Why nobody answers there now, or undefined: one look at `/`, which changes nothing.
 * @param patience wall time that is left for it
 * @throws RemoteAddress, or the signal's reason
 */
export async function absenceNow(
	target: URL,
	patience: Millis,
	options: LookOptions,
): Promise<string | undefined> {
	const { reach, userAgent, signal } = options;
	signal?.throwIfAborted();
	if (!(await listensNow(target, reach))) return nothingListens;
	const timeout = Math.min(longestExchange, Math.max(shortestExchange, patience));
	const look = { ...reach, insecure: true, timeout, signal };
	const outcome = await ask('HEAD', new URL('/', target), look, userAgent);
	signal?.throwIfAborted();
	return absenceIn(outcome);
}

/** What proxies answer for an app that is not up. */
const nobodyBehind = [502, 503, 504];

function absenceIn(outcome: Outcome): string | undefined {
	if (outcome.kind === 'answered') {
		if (nobodyBehind.includes(outcome.status)) return `${outcome.status}`;
		const cut = endedWithinHead(outcome.defects);
		return cut && `connection closed: ${cut}`;
	}
	// Somebody spoke: whatever is wrong with it, waiting does not mend it.
	if (outcome.kind === 'broken' && outcome.cause === 'malformed') return undefined;
	if (outcome.kind === 'unreachable' && outcome.cause === 'tls' && outcome.detail !== 'ECONNRESET')
		return undefined;
	return unansweredText(outcome);
}

/** Whether something takes connections there now: one try at each address. @throws RemoteAddress */
export async function listensNow(target: URL, reach: Reach): Promise<boolean> {
	for (const address of await addressesOf(target, reach))
		if (await accepts(address, portOf(target), longestConnect)) return true;
	return false;
}

/** The same, for a while. @param span wall time @throws RemoteAddress, or the signal's reason */
export async function listensWithin(
	target: URL,
	span: Millis,
	{ clock, reach, signal }: Pick<LookOptions, 'reach' | 'signal'> & { readonly clock: Clock },
): Promise<boolean> {
	const deadline = clock.now() + span;
	for (;;) {
		signal?.throwIfAborted();
		if (await listensNow(target, reach)) return true;
		if (clock.now() >= deadline) return false;
		await clock.sleep(betweenTries, signal);
	}
}

async function addressesOf(target: URL, reach: Reach): Promise<string[]> {
	try {
		return (await permittedAddresses(target, reach)).map(({ address }) => address);
	} catch (error) {
		// A name that does not resolve yet may do so once its container is up.
		if ((error as NodeJS.ErrnoException).code !== undefined) return [];
		throw error;
	}
}

function accepts(host: string, port: number, timeout: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host, port, timeout });
		const done = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket
			.once('connect', () => done(true))
			.once('error', () => done(false))
			.once('timeout', () => done(false));
	});
}
