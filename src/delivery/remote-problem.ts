import { Problem } from '../model/problem.ts';
import { isLiteral, isLocalAddress } from './address.ts';
import { permittedAddresses, RemoteAddress, type Resolve } from './guarded-lookup.ts';

export function remoteProblem(cause: RemoteAddress): Problem {
	return new Problem('target-remote', cause.message, {
		hint: (say) => `Use a local target, or ${say('allowRemote', 'true')} if you own the receiver.`,
		cause,
	});
}

/**
 * An address that can be judged without asking anybody is judged before anything is announced or
 * sent.
 * @throws Problem `target-remote`
 */
export function refuseRemote(url: URL, allowRemote: boolean): void {
	if (allowRemote || !isLiteral(url.hostname) || isLocalAddress(url.hostname)) return;
	throw remoteProblem(new RemoteAddress(url.hostname, url.hostname));
}

/** Judges where a run will send before it sends anything. @throws Problem `target-remote` */
export type RefuseRemote = (
	urls: readonly URL[],
	allowRemote: boolean,
	signal?: AbortSignal,
) => Promise<void>;

/**
 * The same for names, each of which is looked up once. One that does not resolve yet is not
 * refused: its container may come up later. Whatever is said here, every address is judged again
 * when it is dialled.
 */
export function remoteRefusal(resolve?: Resolve): RefuseRemote {
	const asked = new Map<string, Promise<RemoteAddress | undefined>>();
	const remoteIn = (hostname: string) => {
		const answer = asked.get(hostname) ?? remoteBehind(hostname, resolve);
		asked.set(hostname, answer);
		return answer;
	};
	return async (urls, allowRemote, signal) => {
		if (allowRemote) return;
		for (const url of urls) refuseRemote(url, allowRemote);
		const names = urls.map(({ hostname }) => hostname).filter((hostname) => !isLiteral(hostname));
		const [remote] = (
			await Promise.race([Promise.all(names.map(remoteIn)), stopped(signal)])
		).filter((answer) => answer !== undefined);
		if (remote !== undefined) throw remoteProblem(remote);
	};
}

async function remoteBehind(
	hostname: string,
	resolve?: Resolve,
): Promise<RemoteAddress | undefined> {
	try {
		await permittedAddresses(hostname, false, resolve);
		return undefined;
	} catch (error) {
		if (error instanceof RemoteAddress) return error;
		if ((error as NodeJS.ErrnoException).code !== undefined) return undefined;
		throw error;
	}
}

/**
 * A name server that is not there keeps nobody who wants to stop; what was begun ends in good order
 * elsewhere.
 */
function stopped(signal?: AbortSignal): Promise<[]> {
	return new Promise((resolve) => {
		if (signal?.aborted === true) resolve([]);
		signal?.addEventListener('abort', () => resolve([]), { once: true });
	});
}
