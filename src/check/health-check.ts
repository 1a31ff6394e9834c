import { judge } from '../delivery/judge.ts';
import { millis } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import type { HealthFailure } from './case.ts';
import type { CheckContext } from './check-context.ts';
import { runCase } from './run-case.ts';

/** Asks the receiver for a sign of life: a plain callback about an order that nobody made. */
export interface HealthCheck {
	/** Nobody listened at the first health check. */
	readonly isGone: boolean;
	/**
	 * @returns what is wrong, or undefined; a receiver that its supervisor starts again gets a moment
	 */
	findFailure(): Promise<HealthFailure | undefined>;
}

const pauses = [50, 1_000];

/** @param context takes the receiver's health as it is now for its normal one */
export async function startHealthCheck(context: CheckContext): Promise<HealthCheck> {
	const unknownOrders: CheckContext = {
		...context,
		probe: undefined,
		orders: context.orders.forUnknownOrders(),
	};
	const askForSign = async (): Promise<Outcome | undefined> => {
		const given = {
			about: 'a sign of life',
			steps: [{ event: context.subject.success }],
			answer: 'survived',
		} as const;
		const run = await runCase('health-check', given, 'health', unknownOrders, {
			late: false,
			isVolatile: () => false,
		});
		return run.steps[0]?.results[0]?.outcome;
	};
	const first = await askForSign();
	// Once may be chance: before it is said that a receiver went down, it is asked again.
	if (first?.kind === 'unreachable')
		await context.clock.sleep(millis(pauses[1] ?? 0), context.signal);
	const normal = first?.kind === 'unreachable' ? await askForSign() : first;
	const crashesAnyway = normal?.kind === 'answered' && normal.status >= 500;
	return {
		isGone: normal?.kind === 'unreachable',
		async findFailure() {
			for (let attempt = 0; ; attempt++) {
				const outcome = await askForSign();
				if (outcome === undefined) return undefined;
				const isWell = outcome.kind === 'answered' && (outcome.status < 500 || crashesAnyway);
				if (isWell) return undefined;
				const pause = pauses[attempt];
				if (pause === undefined) {
					const reason =
						outcome.kind === 'answered'
							? `after it the receiver answered ${outcome.status} to a plain callback`
							: `after it the receiver did not answer a plain callback: ${judge(context.subject.message.acknowledge, outcome).reason}`;
					return { reason, isGone: outcome.kind === 'unreachable' };
				}
				await context.clock.sleep(millis(pause), context.signal);
			}
		},
	};
}
