import { Problem } from '../model/problem.ts';
import { type LookUp, permittedAddresses, RemoteAddress, refuseAmong } from './guarded-lookup.ts';
import { knownAddresses, type Reach } from './reach.ts';

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
export function refuseRemote(url: URL, reach: Reach): void {
	try {
		refuseAmong(knownAddresses(url, reach) ?? [], url, reach);
	} catch (error) {
		throw error instanceof RemoteAddress ? remoteProblem(error) : error;
	}
}

/** Judges where a run will send before it sends anything. @throws Problem `target-remote` */
export type RefuseRemote = (
	urls: readonly URL[],
	reach: Reach,
	signal?: AbortSignal,
) => Promise<void>;

/**
 * The same for names, each of which is looked up once. One that does not resolve yet is not
 * refused: its container may come up later. Whatever is said here, every address is judged again
 * when it is dialled.
 */
export function remoteRefusal(lookUp?: LookUp): RefuseRemote {
	const asked = new Map<string, Promise<RemoteAddress | undefined>>();
	const remoteIn = (url: URL, reach: Reach) => {
		const answer = asked.get(url.hostname) ?? remoteBehind(url, reach, lookUp);
		asked.set(url.hostname, answer);
		return answer;
	};
	return async (urls, reach, signal) => {
		if (reach.allowRemote) return;
		for (const url of urls) refuseRemote(url, reach);
		const open = urls.filter((url) => knownAddresses(url, reach) === undefined);
		const looks = Promise.all(open.map((url) => remoteIn(url, reach)));
		const [remote] = (await Promise.race([looks, stopped(signal)])).filter(
			(answer) => answer !== undefined,
		);
		if (remote !== undefined) throw remoteProblem(remote);
	};
}

async function remoteBehind(
	url: URL,
	reach: Reach,
	lookUp?: LookUp,
): Promise<RemoteAddress | undefined> {
	try {
		await permittedAddresses(url, reach, lookUp);
		return undefined;
	} catch (error) {
		if (error instanceof RemoteAddress) return error;
		if ((error as NodeJS.ErrnoException).code !== undefined) return undefined;
		throw error;
	}
}

/** A silent name server keeps nobody who wants to stop; what was begun ends elsewhere. */
function stopped(signal?: AbortSignal): Promise<[]> {
	return new Promise((resolve) => {
		if (signal?.aborted === true) resolve([]);
		signal?.addEventListener('abort', () => resolve([]), { once: true });
	});
}
