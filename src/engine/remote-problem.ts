import { isLiteral, isLocalAddress } from '../delivery/address.ts';
import { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { Problem } from '../model/problem.ts';

export function remoteProblem(cause: RemoteAddress): Problem {
	return new Problem('target-remote', cause.message, {
		hint: 'Use a local target, or --allow-remote if you own the receiver.',
		cause,
	});
}

/**
 * An address that can be judged without asking anybody is judged before anything is announced or sent.
 *
 * @throws Problem `target-remote`
 */
export function refuseRemote(url: URL, allowRemote: boolean): void {
	if (allowRemote || !isLiteral(url.hostname) || isLocalAddress(url.hostname)) return;
	throw remoteProblem(new RemoteAddress(url.hostname, url.hostname));
}
