import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';
import { accessOf } from '../order/access.ts';
import type { CheckSettings } from '../settings/check-settings.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { inForce } from './in-force.ts';
import type { Project, ProjectFile } from './project.ts';
import { headerSetting } from './project-settings.ts';

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
	};
}

/** How the project file says that orders are read, and made. */
export function shopInForce({ value, folder }: Project): Pick<CheckSettings, 'probe' | 'setup'> {
	const accessTo = (page: ProjectFile['setup']) => {
		const { url, command, headers, reference } = page ?? {};
		const all = Object.entries(headers ?? {});
		const settings = all.map(([name, text]) => headerSetting(name, text, folder));
		return accessOf({ url, command, reference, headers: headers && settings });
	};
	return { probe: accessTo(value.probe), setup: accessTo(value.setup) };
}
