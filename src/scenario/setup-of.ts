import { accessOf, type OrderAccess } from '../order/access.ts';
import type { Scenario } from './plan.ts';
import type { ScenarioRunOptions } from './run-ports.ts';

/** How the orders of a scenario are made; undefined where it has no set-up, or nobody says how. */
export function setupOf(
	{ document }: Scenario,
	{ settings }: ScenarioRunOptions,
): OrderAccess | undefined {
	const { setup } = document.value;
	return setup === undefined ? undefined : (accessOf(setup) ?? settings.setup);
}
