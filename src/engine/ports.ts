import type { ShopPort } from '../check/orders.ts';
import type { ProbePort } from '../check/probe.ts';
import { type Attempt, httpAttempt } from '../delivery/attempt.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import type { EngineContext } from './engine-context.ts';
import { shopOf } from './shop.ts';

/** The real network for a run: attempts, and looks at the receiver's own pages. */
export function networkPorts(context: EngineContext): {
	attemptWith(options: Omit<ConnectionOptions, 'signal'>): Attempt;
	shopWith(options: ConnectionOptions): ShopPort & ProbePort;
} {
	const userAgent = `callsim/${context.version} (callback simulator)`;
	return {
		attemptWith: (options) => httpAttempt(options, context.random),
		shopWith: (options) => shopOf(options, userAgent, { cwd: context.cwd, env: { ...context.env } }),
	};
}
