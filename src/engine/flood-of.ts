import { Flood } from '../burst/flood.ts';
import type { FloodAttempt, FloodPlan } from '../burst/flood-plan.ts';
import { longestTimer, wallMs } from '../delivery/clock.ts';
import { lineOpener } from '../delivery/kept-line.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import type { PreparedBurst } from './prepare-burst.ts';

/** What sends a burst, or a worker's part of it, from this thread. @throws RemoteAddress */
export async function floodOf(
	{ composed: [first], inForce, plan: whole }: PreparedBurst,
	context: EngineContext,
	told: {
		unacknowledged(reference: string): void;
		readonly trying?: ((about: FloodAttempt) => void) | undefined;
	},
	plan: FloodPlan = whole,
): Promise<Flood> {
	if (first === undefined) throw new Error('a burst has an event');
	const { reach, timeout } = inForce;
	const keepsBody = plan.sources.some(({ acknowledge }) => acknowledge.body !== undefined);
	const openLine = await lineOpener(first.request.url, { ...reach, timeout, keepsBody });
	return new Flood(plan, {
		now: wallMs,
		epoch: () => context.clock.now(),
		later(span, wake) {
			const timer = setTimeout(wake, Math.min(span, longestTimer));
			return () => clearTimeout(timer);
		},
		openLine,
		random: context.random,
		...told,
	});
}
