import { connect } from 'node:net';
import type { Clock } from '../model/clock.ts';
import { type Millis, millis } from '../model/duration.ts';
import { isLiteral, withoutBrackets } from './address.ts';
import { permittedAddresses } from './guarded-lookup.ts';

const betweenTries = millis(100);
const longestTry = 1_000;

/**
 * Waits until something listens at the target.
 *
 * @param span wall time
 * @returns false when nothing did by then
 * @throws RemoteAddress, or the signal's reason
 */
export async function listensWithin(
	target: URL,
	span: Millis,
	options: { clock: Clock; allowRemote: boolean; signal?: AbortSignal | undefined },
): Promise<boolean> {
	const port = portOf(target);
	const deadline = options.clock.now() + span;
	for (;;) {
		options.signal?.throwIfAborted();
		for (const address of await addressesOf(target, options.allowRemote))
			if (await accepts(address, port, Math.min(longestTry, Math.max(1, deadline - options.clock.now())))) return true;
		if (options.clock.now() >= deadline) return false;
		await options.clock.sleep(betweenTries, options.signal);
	}
}

/** Whether something listens there now: one try at each address. @throws RemoteAddress */
export async function listensNow(target: URL, allowRemote: boolean): Promise<boolean> {
	for (const address of await addressesOf(target, allowRemote))
		if (await accepts(address, portOf(target), longestTry)) return true;
	return false;
}

const portOf = ({ port, protocol }: URL): number => Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port);

async function addressesOf(target: URL, allowRemote: boolean): Promise<string[]> {
	const host = withoutBrackets(target.hostname);
	if (isLiteral(host)) return [host];
	try {
		return (await permittedAddresses(host, allowRemote)).map(({ address }) => address);
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
