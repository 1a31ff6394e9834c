import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';
import { accessOf, type OrderAccess } from '../order/access.ts';
import type { CheckSettings } from '../settings/check-settings.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { inForce } from './in-force.ts';
import type { Project } from './project.ts';

/** What is in force for a `check`: what was given, environment, project file. */
export function checkSettings(
	given: CheckSettings,
	{ id, lifecycle }: ProviderFile,
	events: readonly CallbackEvent[],
	project: Project,
	context: EngineContext,
): CheckSettings {
	const success = events.find((event) => event.id === `${id}/${lifecycle?.success}`) ?? events[0];
	const { to, returnTo, headers, timeout, encoding, resolve } = given;
	const said: Settings = { to, returnTo, headers, timeout, encoding, resolve };
	const all = success === undefined ? said : inForce(said, project, success, context);
	return {
		...given,
		to: all.to,
		returnTo: all.returnTo,
		headers: all.headers,
		timeout: all.timeout,
		encoding: all.encoding,
		resolve: all.resolve,
		probe: given.probe ?? accessInForce(project, 'probe'),
		setup: given.setup ?? accessInForce(project, 'setup'),
	};
}

/** How the project file says that an order is read, or made. */
export function accessInForce(
	{ value }: Project,
	what: 'probe' | 'setup',
): OrderAccess | undefined {
	return accessOf(value[what] ?? {});
}
