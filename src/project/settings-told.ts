import type { Catalogue } from '../catalogue/catalogue.ts';
import { environmentName, isVariableName } from '../compose/credentials.ts';
import { escaped } from '../documents/pointer.ts';
import { own } from '../model/own.ts';
import { jsonOf } from '../model/value-text.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { environmentNames } from './in-force.ts';
import type { Project } from './project.ts';

/** A value in force, and where it comes from. */
export interface ToldSetting {
	readonly name: string;
	readonly value: string;
	/** What named it: a flag, `CALLSIM_SPEED`, `callsim.yaml:7`, `built-in`. */
	readonly from: string;
}

const builtIn = { speed: '100', timeout: '30s', retry: 'provider' } as const;
const names = { speed: 'speed', timeout: 'timeout', retry: 'schedule' } as const;

/** What the command line says, as it was typed. */
export type Given = {
	readonly [K in keyof typeof environmentNames]?: Omit<ToldSetting, 'name'> | undefined;
};

/** Every setting in force with its origin; of credentials only where they come from. */
export function settingsTold(
	given: Given,
	project: Project,
	catalogue: Catalogue,
	{ env, cwd }: Pick<EngineContext, 'env' | 'cwd'>,
): ToldSetting[] {
	const at = (pointer: string) => `${project.file}:${project.place(pointer).line}`;
	const none = (name: string): ToldSetting => ({ name, value: '(none)', from: 'built-in' });
	const said = (setting: keyof typeof environmentNames, name: string): ToldSetting | undefined => {
		const one = given[setting];
		if (one !== undefined) return { name, ...one };
		const variable = environmentNames[setting];
		const value = env[variable];
		return value === undefined || value === '' ? undefined : { name, value, from: variable };
	};
	const { value } = project;
	const all = (section: 'targets' | 'returnTargets' | 'headers' | 'resolve'): ToldSetting[] =>
		Object.entries(value[section] ?? {}).map(([name, text]) => ({
			name: `${section}.${name}`,
			value: section === 'headers' ? shownReference(text) : text,
			from: at(`/${section}/${escaped(name)}`),
		}));
	const pace = (['speed', 'timeout', 'retry'] as const).map((setting): ToldSetting => {
		const name = names[setting];
		const written = value[name];
		return (
			said(setting, name) ??
			(written === undefined
				? { name, value: builtIn[setting], from: 'built-in' }
				: { name, value: String(written), from: at(`/${name}`) })
		);
	});
	const target = said('to', 'to');
	const back = said('returnTo', 'returnTo');
	return [
		{
			name: 'project file',
			value: project.path ?? '(none)',
			from: project.path === undefined ? `searched from ${cwd}` : 'found',
		},
		...(target === undefined ? [] : [target]),
		...all('targets'),
		...(target === undefined && value.targets === undefined ? [none('targets')] : []),
		...(back === undefined ? [] : [back]),
		...all('returnTargets'),
		...all('resolve'),
		...pace,
		...all('headers'),
		...credentialsTold(project, catalogue, env, at),
		...valuesTold(project, at),
		...listTold('scenarios', value.scenarios, at),
		...listTold('providers', value.providers, at),
		...(['probe', 'setup'] as const).flatMap((name) => {
			const look = value[name];
			return look === undefined
				? []
				: [{ name, value: look.url ?? look.command ?? '', from: at(`/${name}`) }];
		}),
	];
}

type At = (pointer: string) => string;

function listTold(
	name: 'scenarios' | 'providers',
	given: string | readonly string[] | undefined,
	at: At,
): ToldSetting[] {
	return given === undefined
		? []
		: [{ name, value: [given].flat().join(', '), from: at(`/${name}`) }];
}

function credentialsTold(
	{ value }: Project,
	{ providers }: Catalogue,
	env: EngineContext['env'],
	at: At,
): ToldSetting[] {
	return providers.flatMap(({ id, credentials }) =>
		Object.keys(credentials).map((credential) => {
			const name = `credentials.${id}.${credential}`;
			const variable = environmentName(id, credential);
			const reference = own(own(value.credentials ?? {}, id) ?? {}, credential);
			if ((env[variable] ?? '') !== '') return { name, value: '[secret]', from: variable };
			if (reference !== undefined)
				return {
					name,
					value: referred(reference, env),
					from: at(`/credentials/${id}/${credential}`),
				};
			return { name, value: "callsim's simulator key", from: 'built-in' };
		}),
	);
}

function referred(reference: string, env: EngineContext['env']): string {
	const variable = reference.startsWith('env:') ? reference.slice('env:'.length) : undefined;
	const isSet = variable === undefined || (env[variable] ?? '') !== '';
	return isSet ? `[secret] (${reference})` : `(not set: ${shownReference(reference)})`;
}

function shownReference(reference: string): string {
	const [, variable] = /^env:(.*)$/s.exec(reference) ?? [];
	return variable === undefined || isVariableName(variable) ? reference : 'env:…';
}

function valuesTold({ value }: Project, at: At): ToldSetting[] {
	return Object.entries(value.values ?? {}).flatMap(([of, fields]) =>
		Object.entries(fields).map(([field, given]) => ({
			name: `values.${of}.${field}`,
			value: typeof given === 'string' ? given : jsonOf(given),
			from: at(`/values/${escaped(of)}/${field}`),
		})),
	);
}
