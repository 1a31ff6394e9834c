import type { Catalogue } from '../../catalogue/catalogue.ts';
import { fieldPaths } from '../../catalogue/field-paths.ts';
import { choicesOf } from '../../compose/options.ts';
import { deliveriesIn } from '../../journal/deliveries.ts';
import { recentRecords } from '../../journal/recent.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import type { Project } from '../../project/project.ts';
import { reportFormats } from '../../report/formats.ts';
import type { CliContext } from '../cli-context.ts';
import { keeping } from '../known-deliveries.ts';
import { folderFor } from '../recorder.ts';
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

/** What is read of the journal: some hundred deliveries. */
const recently = 512 * 1024;

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

const deliveries: Values = ({ context }) => [
	{ value: 'last' },
	...kept(context).map(({ id, event }) => ({ value: id, about: event })),
];

/** Of the providers that the line names; each with what was told of it last. */
const references: Values = ({ context, events: some }) => {
	const providers = new Set(some.map(({ provider }) => provider.id));
	const found = new Map<string, Candidate>();
	for (const { reference, event } of kept(context))
		if (reference !== undefined && !found.has(reference) && providers.has(providerOf(event)))
			found.set(reference, { value: reference, about: event });
	return [...found.values()];
};

const providerOf = (event: string): string => event.split('/')[0] ?? '';

const orders: Values = async (known) => [
	{ value: 'last', about: 'the order of the last delivery' },
	...((await references(known)) as Candidate[]),
];

/** Newest first. */
function kept(
	context: CliContext,
): { id: string; event: string; reference?: string | undefined }[] {
	const folder = folderFor({}, keeping(context));
	if (folder === undefined) return [];
	return deliveriesIn(recentRecords(folder, recently))
		.map(({ id, record }) => ({ id, event: record.event, reference: record.order?.reference }))
		.reverse();
}

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
