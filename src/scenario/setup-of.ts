import type { SetupTemplate } from '../check/orders.ts';
import type { Scenario } from './plan.ts';
import type { RunOptions } from './run-ports.ts';

/** How the orders of a scenario are made; undefined where it has no set-up, or nobody says how. */
export function setupOf({ document }: Scenario, { settings }: RunOptions): SetupTemplate | undefined {
	const { setup } = document.value;
	if (setup === undefined) return undefined;
	if (setup.url !== undefined) return { url: setup.url };
	return setup.command === undefined ? settings.setup : { command: setup.command };
}
