import type { Catalogue } from '../catalogue/catalogue.ts';
import { carriesField } from '../compose/carries.ts';
import { choose } from '../compose/options.ts';
import { pathsIn } from '../compose/path.ts';
import { parseTarget } from '../delivery/target.ts';
import { escaped } from '../documents/pointer.ts';
import { Problem } from '../model/problem.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Project } from './project.ts';
import { projectProblem, wrongly } from './project-problem.ts';

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
