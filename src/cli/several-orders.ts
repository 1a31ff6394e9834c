import { seedFor } from '../compose/seeded-random.ts';
import { mostOrders, parseCount } from '../model/number-settings.ts';
import { Problem } from '../model/problem.ts';
import type { ComposeOrder } from '../settings/composing.ts';
import { runInstant, runSeed } from '../settings/shaping.ts';
import type { CliContext } from './cli-context.ts';

/**
 * `--count n`: the same events for n orders. Several orders need ids of their own, so they are
 * fresh; the first is the one that the seed makes without `--count`.
 * @throws Problem `usage`, `option-conflict`
 */
export function severalOrders(
	orders: readonly ComposeOrder[],
	count: string | undefined,
	context: CliContext,
): readonly ComposeOrder[] {
	const wanted = count === undefined ? 1 : parseCount(count, 'count', mostOrders);
	if (wanted === 1) return orders;
	const [{ settings } = {}] = orders;
	// --order has become a reference by now.
	for (const setting of ['ref', 'rawBody'] as const)
		if (settings?.[setting] !== undefined)
			throw new Problem(
				'option-conflict',
				(say) => `${say('count')} makes several orders, and ${say(setting)} says which one`,
				{ hint: 'Keep one of them.' },
			);
	const seed = runSeed(settings ?? {}, context);
	const now = runInstant(settings ?? {}, context);
	return Array.from({ length: wanted }, (_, at) =>
		orders.map((order) => ({
			...order,
			settings: {
				...order.settings,
				fresh: true,
				seed: at === 0 ? seed : String(seedFor(seed, `order ${at + 1}`)),
				now,
			},
		})),
	).flat();
}
