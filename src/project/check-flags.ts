import type { EngineContext } from '../engine/engine-context.ts';
import type { CheckFlags, DeliveryFlags } from '../engine/flags.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import { settingsBeside } from './in-force.ts';
import type { Project } from './project.ts';

/** What is in force for a `check`: flags, environment, project file. */
export function checkFlags(
	flags: CheckFlags,
	{ id, lifecycle }: ProviderFile,
	events: readonly CallbackEvent[],
	project: Project,
	context: EngineContext,
): CheckFlags {
	const success = events.find((event) => event.id === `${id}/${lifecycle?.success}`) ?? events[0];
	const { to, returnTo, header, secretHeader, timeout }: DeliveryFlags =
		success === undefined ? {} : settingsBeside(project, success, context);
	const { probe, setup } = project.value;
	const usual = {
		...(to === undefined ? {} : { to }),
		...(returnTo === undefined ? {} : { returnTo }),
		...(timeout === undefined ? {} : { timeout }),
		...(secretHeader === undefined ? {} : { secretHeader }),
		...(flags.probeUrl === undefined && flags.probeCommand === undefined ? prefixed('probe', probe) : {}),
		...(flags.setupUrl === undefined && flags.setupCommand === undefined ? prefixed('setup', setup) : {}),
	};
	const headers = [...(header ?? []), ...(flags.header ?? [])];
	return { ...usual, ...flags, ...(headers.length === 0 ? {} : { header: headers }) };
}

function prefixed(what: 'probe' | 'setup', look: Project['value']['probe']): CheckFlags {
	if (look?.url !== undefined) return { [`${what}Url`]: look.url };
	return look?.command === undefined ? {} : { [`${what}Command`]: look.command };
}
