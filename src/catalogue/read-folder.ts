import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../model/problem.ts';
import type { EventFile, Vector } from '../model/provider.ts';
import { reading } from '../model/reading.ts';
import { textOfFile } from '../model/text-file.ts';
import type { ProviderBundle, ScenarioEntry } from './catalogue.ts';
import { checkProvider } from './check-provider.ts';
import { readScenario, wellFormed } from './read-scenario.ts';
import { eventsOf, type ScenarioDocument, scenarioProblem } from './scenario-file.ts';
import { readEventFile, readProviderFile, readVectors } from './validate.ts';

/** Files beside the events that are not events. */
const reserved = new Set(['provider.json', 'vectors.json']);

/**
 * Every provider folder below `root`, or `root` itself where it holds a `provider.json`.
 * @throws Problem `file-unreadable`, `fixture-invalid`
 */
export function readProviders(root: string): ProviderBundle[] {
	const names = listing(root);
	if (names.includes('provider.json')) return [readProvider(root)];
	const folders = names.filter(
		(name) =>
			listing(root, true).includes(name) && listing(join(root, name)).includes('provider.json'),
	);
	if (folders.length === 0) {
		throw new Problem('file-unreadable', `no provider.json in "${root}" or in a folder of it`, {
			hint: 'See docs/provider-format.md for a provider of your own.',
		});
	}
	return folders.map((name) => readProvider(join(root, name)));
}

export function readVectorsOf(folder: string): Vector[] {
	if (!listing(folder).includes('vectors.json')) return [];
	const file = join(folder, 'vectors.json');
	return readVectors(file, readText(file));
}

function readProvider(folder: string): ProviderBundle {
	const file = join(folder, 'provider.json');
	const text = readText(file);
	const provider = readProviderFile(file, text);
	const sources = new Map<string, { file: string; text: string }>([['provider', { file, text }]]);
	const names = listing(folder).filter((entry) => entry.endsWith('.json') && !reserved.has(entry));
	const events = Object.fromEntries(
		names.sort().map((name) => {
			const eventFile = join(folder, name);
			const eventText = readText(eventFile);
			const id = name.slice(0, -'.json'.length);
			sources.set(id, { file: eventFile, text: eventText });
			return [id, readEventFile(eventFile, eventText)];
		}),
	);
	const scenarios = readScenarios(folder, provider.id, events);
	checkProvider({ provider, events, scenarios }, sources);
	return { provider, scenarios, events: inMessageOrder(provider.messages, events) };
}

/** Names and order of the scenarios that a provider ships. */
function readScenarios(
	folder: string,
	provider: string,
	events: Readonly<Record<string, EventFile>>,
): Record<string, ScenarioEntry> {
	if (!listing(folder, true).includes('scenarios')) return {};
	const root = join(folder, 'scenarios');
	const names = listing(root).filter((entry) => /\.(ya?ml|json)$/.test(entry));
	return Object.fromEntries(
		names.map((entry) => {
			const file = join(root, entry);
			const document = wellFormed(readScenario(file, readText(file)));
			const order = eventsOf({ provider, ...document.value });
			refuseUnknownEvents(document, order, provider, events);
			return [entry.replace(/\.\w+$/, ''), { title: document.value.name, events: order, file }];
		}),
	);
}

function refuseUnknownEvents(
	document: ScenarioDocument,
	order: readonly string[],
	provider: string,
	events: Readonly<Record<string, EventFile>>,
): void {
	const unknown = order.find(
		(id) => id.startsWith(`${provider}/`) && !Object.hasOwn(events, id.slice(provider.length + 1)),
	);
	if (unknown !== undefined)
		throw scenarioProblem(
			document,
			'/steps',
			`name "${unknown}", which is no event of ${provider}`,
		);
}

/** Events in the order of their messages, so that lists read like the vendor's documentation. */
function inMessageOrder(
	messages: object,
	events: Record<string, EventFile>,
): Record<string, EventFile> {
	const order = Object.keys(messages);
	return Object.fromEntries(
		Object.entries(events).sort(
			([, a], [, b]) => order.indexOf(a.message) - order.indexOf(b.message),
		),
	);
}

function listing(folder: string, foldersOnly = false): string[] {
	const entries = reading(`the folder "${folder}"`, () =>
		readdirSync(folder, { withFileTypes: true }),
	);
	return entries
		.filter((entry) => !foldersOnly || entry.isDirectory())
		.map((entry) => entry.name)
		.sort();
}

const readText = (file: string): string =>
	textOfFile(
		reading(`"${file}"`, () => readFileSync(file)),
		file,
	);
