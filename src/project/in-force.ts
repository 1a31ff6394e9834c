import { credentialSources } from '../engine/composing.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { layered } from '../engine/layered.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Project } from './project.ts';
import { projectFlags } from './project-flags.ts';

/** Settings that the environment may say: flag → variable. */
export const environmentSettings = {
	to: 'CALLSIM_TO',
	returnTo: 'CALLSIM_RETURN_TO',
	speed: 'CALLSIM_SPEED',
	timeout: 'CALLSIM_TIMEOUT',
	retry: 'CALLSIM_RETRY',
} as const;

export function environmentFlags(env: Readonly<Record<string, string | undefined>>): DeliveryFlags {
	return Object.fromEntries(
		Object.entries(environmentSettings).flatMap(([flag, name]) => {
			const value = env[name];
			return value === undefined || value === '' ? [] : [[flag, value]];
		}),
	);
}

/** What is said outside of the command line, for an event: environment over project file. */
export function settingsBeside(project: Project, event: CallbackEvent, context: EngineContext): DeliveryFlags {
	return layered(projectFlags(project, event, credentialSources({}, context)), environmentFlags(context.env), event);
}

/** What is in force for an event: flags, environment, project file; where none says anything, the command decides. */
export function inForce(
	flags: DeliveryFlags,
	project: Project,
	event: CallbackEvent,
	context: EngineContext,
): DeliveryFlags {
	return layered(settingsBeside(project, event, context), flags, event);
}
