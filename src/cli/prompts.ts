import { input, search, select } from '@inquirer/prompts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { parseTarget, usualTarget } from '../delivery/target.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { CliContext } from './cli-context.ts';

/** Prompts are diagnostics: they go to stderr, so that stdout keeps only results. */
export function promptStreams(context: CliContext) {
	return { input: context.stdin, output: process.stderr, clearPromptOnDone: false };
}

/** Esc and Ctrl-C leave a prompt without a stack. */
export function isPromptExit(error: unknown): boolean {
	return (
		error instanceof Error &&
		(error.name === 'ExitPromptError' || error.name === 'AbortPromptError')
	);
}

/** What was picked: one event, or a whole scenario. */
export type Picked =
	| { readonly kind: 'event'; readonly event: CallbackEvent }
	| { readonly kind: 'scenario'; readonly id: string };

/** Fits a terminal of 24 lines; most providers' events are seen at a glance. */
const pageSize = 15;

export async function askWhat(catalogue: Catalogue, context: CliContext): Promise<Picked> {
	const provider = await askProvider(catalogue, context);
	const events = catalogue.events.filter((event) => event.provider.id === provider);
	const scenarios = catalogue.scenarios
		.filter((scenario) => scenario.provider === provider)
		.map(({ id, title }) => choice(`scenario ${id}`, title));
	const source = (typed: string) => [
		...eventChoices(events, typed),
		...scenarios.filter(({ value, description }) =>
			`${value} ${description}`.toLowerCase().includes(typed.toLowerCase()),
		),
	];
	const id = await searchIn('Event or scenario', source, context);
	if (id.startsWith('scenario ')) return { kind: 'scenario', id: id.slice('scenario '.length) };
	return { kind: 'event', event: offered(events, id) };
}

function askProvider(catalogue: Catalogue, context: CliContext): Promise<string> {
	const choices = catalogue.providers.map(({ id, title, country }) =>
		choice(id, `${title}, ${country}`),
	);
	return select({ message: 'Provider', choices }, promptStreams(context));
}

export async function askEvent(catalogue: Catalogue, context: CliContext): Promise<CallbackEvent> {
	const provider = await askProvider(catalogue, context);
	const events = catalogue.events.filter((event) => event.provider.id === provider);
	return offered(events, await searchIn('Event', (typed) => eventChoices(events, typed), context));
}

const choice = (value: string, description: string) => ({ value, name: value, description });

const eventChoices = (events: readonly CallbackEvent[], typed: string) =>
	matching(events, typed).map(({ id, file }) => choice(id, file.title));

const searchIn = (
	message: string,
	source: (typed: string) => ReturnType<typeof choice>[],
	context: CliContext,
): Promise<string> =>
	search({ message, pageSize, source: (typed = '') => source(typed) }, promptStreams(context));

function offered(events: readonly CallbackEvent[], id: string): CallbackEvent {
	const event = events.find((candidate) => candidate.id === id);
	if (event === undefined)
		throw new Error(`the prompt returned an event that was not offered: ${id}`);
	return event;
}

/** Names that contain what was typed, then titles: "suc" means -success before "unsuccessful". */
function matching(events: readonly CallbackEvent[], typed: string): CallbackEvent[] {
	const wanted = typed.toLowerCase();
	const byName = events.filter((event) => event.id.includes(wanted));
	return [
		...byName,
		...events.filter(
			(event) => !byName.includes(event) && event.file.title.toLowerCase().includes(wanted),
		),
	];
}

export async function askTarget(before: string | undefined, context: CliContext): Promise<string> {
	return input(
		{ message: 'Target', default: before ?? usualTarget, validate: isTarget },
		promptStreams(context),
	);
}

/** True, or what is wrong with it. */
export function isTarget(text: string): true | string {
	try {
		parseTarget(text);
		return true;
	} catch (error) {
		if (error instanceof Problem) return `${error.message}. ${error.hint ?? ''}`;
		throw error;
	}
}

export type AfterFire = 'again' | 'order' | 'event' | 'target' | 'quit';

export async function askNext(context: CliContext): Promise<AfterFire> {
	return select<AfterFire>(
		{
			message: 'Next',
			choices: [
				{ value: 'again', name: 'send again, the same bytes' },
				{ value: 'order', name: 'another order' },
				{ value: 'event', name: 'another event' },
				{ value: 'target', name: 'another target' },
				{ value: 'quit', name: 'quit' },
			],
		},
		promptStreams(context),
	);
}
