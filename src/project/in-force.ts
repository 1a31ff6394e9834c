import { parseTarget } from '../delivery/target.ts';
import { parseDuration } from '../model/duration.ts';
import { parseSpeed } from '../model/number-settings.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { parseRetry } from '../model/retry.ts';
import type { Settings } from '../model/settings.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { defined, layered } from '../settings/layered.ts';
import type { Project } from './project.ts';
import { projectSettings } from './project-settings.ts';

/** Settings that the environment may say: name → variable. */
export const environmentNames = {
	to: 'CALLSIM_TO',
	returnTo: 'CALLSIM_RETURN_TO',
	speed: 'CALLSIM_SPEED',
	timeout: 'CALLSIM_TIMEOUT',
	retry: 'CALLSIM_RETRY',
} as const;

/** @param above what is said already: a variable out of force is not read @throws Problem */
export function environmentSettings(env: EngineContext['env'], above: Settings = {}): Settings {
	const read = <T>(
		name: keyof typeof environmentNames,
		parse: (text: string, what: string) => T,
	): T | undefined => {
		const variable = environmentNames[name];
		const text = env[variable];
		return above[name] !== undefined || text === undefined || text === ''
			? undefined
			: parse(text, variable);
	};
	return defined({
		to: read('to', parseTarget),
		returnTo: read('returnTo', parseTarget),
		speed: read('speed', parseSpeed),
		timeout: read('timeout', parseDuration),
		retry: read('retry', parseRetry),
	});
}

/** What is said outside of the command line, for an event: environment over project file. */
export function settingsBeside(
	project: Project,
	event: CallbackEvent,
	{ env }: Pick<EngineContext, 'env'>,
	above?: Settings,
): Settings {
	return layered(projectSettings(project, event), environmentSettings(env, above), event);
}

/** In force for an event: flags, environment, project file; else the command decides. */
export function inForce(
	given: Settings,
	project: Project,
	event: CallbackEvent,
	context: Pick<EngineContext, 'env'>,
): Settings {
	return layered(settingsBeside(project, event, context, given), given, event);
}
