import type { ValueObject } from '../model/value.ts';
import type { OrderAccess } from '../order/access.ts';
import { accessSaid } from './access-said.ts';
import { filledCommand, filledUrl, type ResolveName } from './fill-names.ts';
import type { ScenarioRun } from './scenario-run.ts';

/**
 * How the orders of a scenario are made, its names filled in and those of the order still to come;
 * undefined where it has no set-up, or nobody says how.
 */
export function setupOf(
	{ scenario, shared }: ScenarioRun,
	resolve: ResolveName,
): OrderAccess | undefined {
	const { setup, vars = {} } = scenario.document.value;
	if (setup === undefined) return undefined;
	const { url, command, ...more } = setup;
	const own = {
		...more,
		...(url !== undefined && { url: filledUrl(url, resolve) }),
		...(command !== undefined && { command: filledCommand(command, resolve) }),
	};
	const said = accessSaid(own, 'setupHeader', resolve, vars as ValueObject);
	const usual = shared.options.settings.setup;
	const { reference } = setup;
	if (said !== undefined || usual === undefined) return said;
	return usual.kind === 'function' || reference === undefined ? usual : { ...usual, reference };
}
