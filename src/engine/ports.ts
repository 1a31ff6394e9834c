import type { ShopPort } from '../check/orders.ts';
import type { ProbePort } from '../check/probe.ts';
import { type Attempt, httpAttempt } from '../delivery/attempt.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import { shopOf } from './shop.ts';
import type { EngineWorld } from './world.ts';

/** The real network for a run: attempts, and looks at the receiver's own pages. */
export function networkPorts(world: EngineWorld): {
	attemptWith(options: Omit<ConnectionOptions, 'signal'>): Attempt;
	shopWith(options: ConnectionOptions): ShopPort & ProbePort;
} {
	const userAgent = `callsim/${world.version} (callback simulator)`;
	return {
		attemptWith: (options) => httpAttempt(options, world.random),
		shopWith: (options) => shopOf(options, userAgent, { cwd: world.cwd, env: { ...world.env } }),
	};
}
