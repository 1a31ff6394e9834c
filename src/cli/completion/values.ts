import type { Catalogue } from '../../catalogue/catalogue.ts';
import { fieldPaths } from '../../catalogue/field-paths.ts';
import { choicesOf } from '../../compose/options.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import type { Project } from '../../project/project.ts';
import { reportFormats } from '../../report/formats.ts';
import type { CliContext } from '../cli-context.ts';
import { type Candidate, type Candidates, files, plain } from './candidate.ts';

/** What is known when a word is asked about. */
export interface Known {
	readonly catalogue: Catalogue;
	readonly project: Project;
	readonly context: CliContext;
	/** Events that the line names; all of the provider it names, or all, where it names none. */
	readonly events: readonly CallbackEvent[];
}

type Values = (known: Known) => Candidates | Promise<Candidates>;

const options = (choice: string) => (known: Known) =>
	plain(new Set(known.events.flatMap(({ message }) => choicesOf(message)[choice] ?? [])));

const paths: Values = ({ events }) =>
	plain(new Set(events.flatMap(({ message }) => [...fieldPaths(message)])));

const assigned: Values = async (known) =>
	((await paths(known)) as Candidate[]).map(({ value }) => ({ value: `${value}=`, isOpen: true }));

const targets =
	(section: 'targets' | 'returnTargets'): Values =>
	({ project }) =>
		Object.entries(project.value[section] ?? {}).map(([about, value]) => ({ value, about }));

const events: Values = ({ catalogue }) =>
	catalogue.events.map(({ id, file }) => ({ value: id, about: file.title }));

const providers: Values = ({ catalogue }) =>
	catalogue.providers.map(({ id, title }) => ({ value: id, about: title }));

const scenarios: Values = ({ catalogue }) =>
	catalogue.scenarios.map(({ id, title }) => ({ value: id, about: title }));

const deliveries: Values = async ({ context }) => [
	{ value: 'last' },
	...(await kept(context)).map(({ id, event }) => ({ value: id, about: event })),
];

/** Of the providers that the line names; each with what was told of it last. */
const references: Values = async ({ context, events: some }) => {
	const providers = new Set(some.map(({ provider }) => provider.id));
	const found = new Map<string, Candidate>();
	for (const { reference, event } of await kept(context))
		if (reference !== undefined && !found.has(reference) && providers.has(providerOf(event)))
			found.set(reference, { value: reference, about: event });
	return [...found.values()];
};

const providerOf = (event: string): string => event.split('/')[0] ?? '';

const orders: Values = async (known) => [
	{ value: 'last', about: 'the order of the last delivery' },
	...((await references(known)) as Candidate[]),
];

/** Newest first; read by whoever asks for them alone. */
const kept = async (context: CliContext) =>
	(await import('./kept-deliveries.ts')).keptDeliveries(context);

const rules: Values = async () =>
	(await import('../../check/rules/index.ts')).rules.map(({ id, title }) => ({
		value: id,
		about: title,
	}));

const inFiles: Values = () => files;

/** Flag → its values. */
export const flagValues: Readonly<Record<string, Values>> = {
	'--to': targets('targets'),
	'--return-to': targets('returnTargets'),
	'--set': assigned,
	'--tamper': assigned,
	'--unset': paths,
	'--variant': ({ events: some }) =>
		plain(new Set(some.flatMap(({ message }) => Object.values(choicesOf(message)).flat()))),
	'--encoding': options('encoding'),
	'--auth': options('auth'),
	'--ref': references,
	'--order': orders,
	'--event': events,
	'--show': deliveries,
	'--retry': () => plain(['provider', 'none']),
	'--speed': () => plain(['max']),
	'--fail-on': () => plain(['must', 'should']),
	'--skip': rules,
	'--explain': rules,
	'--report': () => reportFormats.map(({ name }) => ({ value: name })),
	'--ci': () => plain(['github', 'gitlab']),
};

/** What a command is given without a flag → its values. */
export const argumentValues: Readonly<Record<string, Values>> = {
	event: events,
	provider: providers,
	scenario: scenarios,
	id: deliveries,
	file: inFiles,
	engine: () => plain(['artillery']),
	shell: () => plain(['bash', 'zsh', 'fish']),
};

/** `check --only` names rules, `run --only` scenarios. */
export const only = { check: rules, run: scenarios };
