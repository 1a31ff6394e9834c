import type { RemoteAddress } from '../delivery/guarded-lookup.ts';
import { Problem } from '../model/problem.ts';

export function remoteProblem(cause: RemoteAddress): Problem {
	return new Problem('target-remote', cause.message, {
		hint: 'Use a local target, or --allow-remote if you own the receiver.',
		cause,
	});
}
