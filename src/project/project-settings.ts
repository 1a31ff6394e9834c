import type { Catalogue } from '../catalogue/catalogue.ts';
import { assignmentsOf } from '../compose/assignment.ts';
import { carriesField } from '../compose/carries.ts';
import { headersFrom } from '../compose/headers.ts';
import { choose } from '../compose/options.ts';
import { pathsIn } from '../compose/path.ts';
import { parseTarget } from '../delivery/target.ts';
import { escaped } from '../documents/pointer.ts';
import { parseDuration } from '../model/duration.ts';
import { ifGiven } from '../model/if-given.ts';
import { parseSpeed } from '../model/number-settings.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { parseRetry } from '../model/retry.ts';
import type { HeaderSetting, Reference, Settings } from '../model/settings.ts';
import { didYouMean } from '../model/suggest.ts';
import { applicable } from '../settings/defaults.ts';
import { defined } from '../settings/layered.ts';
import type { Project } from './project.ts';
import { projectProblem, wrongly } from './project-problem.ts';
import { referenceIn } from './reference.ts';

/** What the project file says for an event. @throws Problem as its parsers */
export function projectSettings({ value, folder }: Project, event: CallbackEvent): Settings {
	const { id, provider } = event;
	const { targets, returnTargets, headers = {}, resolve, timeout, speed, schedule, values } = value;
	const of = <T>(all: Readonly<Record<string, T>> | undefined): T | undefined =>
		own(all ?? {}, id) ?? own(all ?? {}, provider.id);
	const url = (text: string) => parseTarget(text, 'the URL');
	const all = Object.entries(headers).map(([name, text]) => headerSetting(name, text, folder));
	const referred = all.filter(({ value: { kind } }) => kind !== 'text');
	const set = [
		...(assignmentsOf(own(values ?? {}, provider.id), 'values') ?? []),
		...(assignmentsOf(own(values ?? {}, id), 'values') ?? []),
	];
	return defined({
		resolve,
		to: ifGiven(of(targets), url),
		returnTo: ifGiven(of(returnTargets), url),
		headers:
			all.length === 0 ? undefined : [...referred, ...all.filter((one) => !referred.includes(one))],
		timeout: ifGiven(timeout, (span) => parseDuration(String(span), 'timeout')),
		speed: ifGiven(speed, (factor) => parseSpeed(String(factor))),
		retry: ifGiven(schedule, (text) => parseRetry(text, 'schedule')),
		...(set.length === 0 ? {} : defined(applicable({ set }, event))),
	});
}

/** `env:` and `file:` are read when it is sent. @throws Problem `header-invalid` */
export function headerSetting(name: string, text: string, folder: string): HeaderSetting {
	const reference = referenceIn(text, folder);
	const [setting] = headersFrom({ [name]: reference === undefined ? text : '' }) ?? [];
	if (setting === undefined) throw new Error('one header is made of one');
	return reference === undefined ? setting : { name, value: reference };
}

/** Where a credential lies, or undefined. */
export function projectCredential(
	{ value, folder }: Project,
	provider: string,
	name: string,
): Reference | undefined {
	const source = own(own(value.credentials ?? {}, provider) ?? {}, name);
	return source === undefined ? undefined : referenceIn(source, folder);
}

/** Names must exist in the catalogue, URLs must be some. @throws Problem `config-invalid` */
export function checkProject(project: Project, catalogue: Catalogue): void {
	const { targets = {}, returnTargets = {}, credentials = {}, values = {} } = project.value;
	const providers = catalogue.providers.map(({ id }) => id);
	const all = [...providers, ...catalogue.events.map(({ id }) => id)];
	const known = (
		section: string,
		names: Iterable<string>,
		among: readonly string[],
		what: string,
	) => {
		for (const name of names)
			if (!among.includes(name))
				throw projectProblem(
					project,
					`/${section}/${escaped(name)}`,
					`is no ${what}`,
					didYouMean(name, among),
				);
	};
	known('targets', Object.keys(targets), all, 'provider or event');
	known('returnTargets', Object.keys(returnTargets), all, 'provider or event');
	known('credentials', Object.keys(credentials), providers, 'provider');
	known('values', Object.keys(values), all, 'provider or event');
	for (const [section, urls] of Object.entries({ targets, returnTargets }))
		for (const [name, url] of Object.entries(urls))
			checkUrl(project, `/${section}/${escaped(name)}`, url);
	for (const [provider, names] of Object.entries(credentials)) {
		const owned = Object.keys(
			catalogue.providers.find(({ id }) => id === provider)?.credentials ?? {},
		);
		known(`credentials/${provider}`, Object.keys(names), owned, `credential of ${provider}`);
	}
	for (const [name, fields] of Object.entries(values)) {
		const events = catalogue.events.filter(
			({ id, provider }) => id === name || provider.id === name,
		);
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
		throw error instanceof Problem ? wrongly(project, pointer, error) : error;
	}
}
