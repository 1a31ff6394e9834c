import { resolve } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { carriesField } from '../compose/carries.ts';
import { type CredentialSources, readSource } from '../compose/credentials.ts';
import { choose } from '../compose/options.ts';
import { pathsIn } from '../compose/path.ts';
import { parseTarget } from '../delivery/target.ts';
import { applicable } from '../engine/defaults.ts';
import { assignmentTexts } from '../engine/flag-texts.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Project } from './project.ts';
import { isReference, projectProblem } from './project-problem.ts';

/** What the project file says for an event, as the flags of `fire` say it. @param sources for `env:` and `file:` */
export function projectFlags(
	{ value, folder }: Project,
	{ id, provider, ...event }: CallbackEvent,
	sources: Pick<CredentialSources, 'env' | 'file'>,
): DeliveryFlags {
	const { targets, returnTargets, headers, timeout, speed, schedule, values } = value;
	const of = <T>(all: Readonly<Record<string, T>> | undefined): T | undefined => all?.[id] ?? all?.[provider.id];
	const to = of(targets);
	const returnTo = of(returnTargets);
	const set = [...(assignmentTexts(values?.[provider.id]) ?? []), ...(assignmentTexts(values?.[id]) ?? [])];
	return {
		...(to === undefined ? {} : { to }),
		...(returnTo === undefined ? {} : { returnTo }),
		...headerFlags(headers, folder, sources),
		...(timeout === undefined ? {} : { timeout: String(timeout) }),
		...(speed === undefined ? {} : { speed: String(speed) }),
		...(schedule === undefined ? {} : { retry: schedule }),
		...(set.length === 0 ? {} : applicable({ set }, { id, provider, ...event })),
	};
}

function headerFlags(
	headers: Readonly<Record<string, string>> = {},
	folder: string,
	sources: Pick<CredentialSources, 'env' | 'file'>,
): DeliveryFlags {
	const [referred, plain] = [true, false].map((wanted) =>
		Object.entries(headers).filter(([, text]) => isReference(text) === wanted),
	);
	return {
		...(plain?.length ? { header: plain.map(([name, text]) => `${name}: ${text}`) } : {}),
		...(referred?.length
			? {
					secretHeader: referred.map(
						([name, text]) => `${name}: ${readSource(`headers.${name}`, fromFolder(text, folder), sources)}`,
					),
				}
			: {}),
	};
}

/** `file:` paths in the project file begin at it. */
function fromFolder(source: string, folder: string): string {
	return source.startsWith('file:') ? `file:${resolve(folder, source.slice('file:'.length))}` : source;
}

/** The reference behind a credential, or undefined. */
export function projectCredential({ value, folder }: Project, provider: string, name: string): string | undefined {
	const source = value.credentials?.[provider]?.[name];
	return source === undefined ? undefined : fromFolder(source, folder);
}

/**
 * Names in the project file that must exist in the catalogue, URLs that must be some.
 *
 * @throws Problem `config-invalid` with file, line and column
 */
export function checkProject(project: Project, catalogue: Catalogue): void {
	const { targets = {}, returnTargets = {}, credentials = {}, values = {} } = project.value;
	const providers = catalogue.providers.map(({ id }) => id);
	const all = [...providers, ...catalogue.events.map(({ id }) => id)];
	const known = (section: string, names: Iterable<string>, among: readonly string[], what: string) => {
		for (const name of names)
			if (!among.includes(name))
				throw projectProblem(project, `/${section}/${escaped(name)}`, `is no ${what}`, didYouMean(name, among));
	};
	known('targets', Object.keys(targets), all, 'provider or event');
	known('returnTargets', Object.keys(returnTargets), all, 'provider or event');
	known('credentials', Object.keys(credentials), providers, 'provider');
	known('values', Object.keys(values), all, 'provider or event');
	for (const [section, urls] of Object.entries({ targets, returnTargets }))
		for (const [name, url] of Object.entries(urls)) checkUrl(project, `/${section}/${escaped(name)}`, url);
	for (const [provider, names] of Object.entries(credentials)) {
		const own = Object.keys(catalogue.providers.find(({ id }) => id === provider)?.credentials ?? {});
		known(`credentials/${provider}`, Object.keys(names), own, `credential of ${provider}`);
	}
	for (const [name, fields] of Object.entries(values)) {
		const events = catalogue.events.filter(({ id, provider }) => id === name || provider.id === name);
		for (const field of Object.keys(fields))
			if (!events.some((event) => carriesField(event, field)))
				throw projectProblem(
					project,
					`/values/${escaped(name)}/${escaped(field)}`,
					`is no field of ${name}`,
					didYouMean(field, [...new Set(events.flatMap((event) => pathsIn(choose(event).values)))]),
				);
	}
}

function checkUrl(project: Project, pointer: string, url: string): void {
	try {
		parseTarget(url, 'the URL');
	} catch (error) {
		throw error instanceof Problem ? projectProblem(project, pointer, `is wrong: ${error.message}`, error.hint) : error;
	}
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
