import type { Attempt, Conversation } from '../delivery/attempt.ts';
import type { EngineContext } from '../settings/engine-context.ts';

/** Whoever listens is told of every request before it leaves. */
export function announcing(attempt: Attempt, context: EngineContext): Attempt {
	if (context.sending === undefined) return attempt;
	return (request, at, signal) => {
		context.sending?.(request);
		return attempt(request, at, signal);
	};
}

/** The same, over one connection. */
export function announcedTogether(converse: Conversation, context: EngineContext): Conversation {
	if (context.sending === undefined) return converse;
	return (requests, at, signal) => {
		for (const request of requests) context.sending?.(request);
		return converse(requests, at, signal);
	};
}
