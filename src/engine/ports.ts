import {
	type Attempt,
	type Conversation,
	httpAttempt,
	httpConversation,
} from '../delivery/attempt.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import type { OrderPort } from '../order/port.ts';
import type { CommandPlace } from '../order/run-command.ts';
import { shopOf } from '../order/shop.ts';
import { headersOf } from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { userAgentOf } from '../settings/user-agent.ts';
import { announcedTogether, announcing } from './announced.ts';

/** The real network for a run: attempts, and looks at the receiver's own pages. */
export function networkPorts(context: EngineContext): {
	attemptWith(options: Omit<ConnectionOptions, 'signal'>): Attempt;
	conversationWith(options: Omit<ConnectionOptions, 'signal'>): Conversation;
	shopWith(options: ConnectionOptions): OrderPort;
} {
	const place: CommandPlace = {
		cwd: context.cwd,
		// Made for a command: it costs as much as a tenth of a step.
		get env() {
			return { ...context.env };
		},
	};
	return {
		attemptWith: (options) => announcing(httpAttempt(options, context.random), context),
		conversationWith: (options) =>
			announcedTogether(httpConversation(options, context.random), context),
		shopWith: (options) =>
			shopOf(options, userAgentOf(context), place, (headers) => headersOf({ headers }, context)),
	};
}
