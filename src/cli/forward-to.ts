import { reachOf } from '../delivery/reach.ts';
import { remoteRefusal } from '../delivery/remote-problem.ts';
import { parseTarget } from '../delivery/target.ts';
import { forward } from '../inspect/forward.ts';
import { Problem } from '../model/problem.ts';
import type { ReceivedRequest, RunningServer } from '../receiver/server.ts';
import { isLocalHost } from '../receiver/web-page-refusal.ts';
import type { Forwarded } from '../report/arrival.ts';
import type { CliContext } from './cli-context.ts';

export interface ForwardFlags {
	readonly forwardTo?: string;
	readonly allowRemote?: boolean;
	readonly insecure?: boolean;
	readonly answer?: string;
	readonly answerFor?: readonly string[];
	readonly auth?: string;
}

interface Forwarding {
	readonly to: URL;
	send(request: ReceivedRequest): Promise<Forwarded>;
}

/**
 * Where arrivals are handed on, judged as a target of `fire` is.
 * @throws Problem `target-invalid`, `target-remote`, `option-conflict`
 */
export async function forwardingOf(
	flags: ForwardFlags,
	context: CliContext,
): Promise<Forwarding | undefined> {
	if (flags.forwardTo === undefined) return undefined;
	const [own] = (['answer', 'answerFor', 'auth'] as const).filter(
		(name) => flags[name] !== undefined,
	);
	if (own !== undefined)
		throw new Problem(
			'option-conflict',
			(say) =>
				`${say('forwardTo')} answers what the receiver answers, and ${say(own)} something else`,
			{ hint: 'Keep one of them.' },
		);
	const to = parseTarget(flags.forwardTo, 'forwardTo');
	const reach = reachOf(flags);
	const signal = context.interruption();
	await remoteRefusal()([to], reach, signal);
	return { to, send: (request) => forward(request, { to, reach, signal }) };
}

/** @throws Problem `target-invalid` where it would hand on to itself for ever */
export async function refuseItself({ to }: Forwarding, server: RunningServer): Promise<void> {
	const own = new URL(server.url);
	const isOwn =
		to.host === own.host ||
		(to.port === own.port && /^(127\.|localhost$|\[::1\]$)/.test(to.hostname));
	if (!isOwn || !isLocalHost(to.host)) return;
	await server.close();
	throw new Problem('target-invalid', (say) => `${say('forwardTo')} ${to.href} is callsim itself`, {
		hint: (say) =>
			`Name the port of your receiver: ${say('forwardTo', 'http://localhost:3000/callback')}`,
	});
}
