import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { packedBeside, readBuiltIn } from '../catalogue/read-built-in.ts';
import type { ScenarioDocument } from '../catalogue/scenario-file.ts';
import { meantScenario } from '../catalogue/unknown-scenario.ts';
import { bodyText } from '../compose/body-text.ts';
import { Problem } from '../model/problem.ts';
import { reading } from '../model/reading.ts';
import { didYouMean } from '../model/suggest.ts';
import { textOfFile } from '../model/text-file.ts';
import { planned, type Scenario } from './plan.ts';

const isScenarioFile = (name: string): boolean => /\.(ya?ml|json)$/.test(name);

/**
 * Scenarios by name, file, folder or glob, in the order in which they are given; each once.
 * @param base where relative paths begin
 * @param cwd from where they are told
 * @throws Problem `scenario-unknown`, `scenario-invalid`, `file-unreadable`
 */
export async function findScenarios(
	given: readonly string[],
	catalogue: Catalogue,
	base: string,
	cwd = base,
): Promise<Scenario[]> {
	if (given.length === 0)
		throw new Problem('scenario-unknown', 'no scenario is named', {
			hint: 'Name a scenario, a file or a folder.',
		});
	const found = new Map<string, string | undefined>();
	for (const name of given) {
		const shipped = catalogue.scenarios.filter(
			({ id, provider }) => id === name || provider === name,
		);
		// A provider's name means all of its scenarios, unless a file of that name is nearer.
		if (shipped.length > 0 && kindOf(resolve(base, name)) === undefined)
			for (const { id, file } of shipped) found.set(file, id);
		else
			for (const file of await filesOf(name, catalogue, base))
				if (!found.has(file)) found.set(file, undefined);
	}
	const scenarios = [...found].map(async ([file, id]) => {
		const builtIn = catalogue.scenarios.find(
			(scenario) => scenario.isBuiltIn === true && scenario.file === file,
		);
		const document = await read(file, cwd, builtIn?.id);
		return planned(id ?? document.value.name, document, catalogue);
	});
	return withOwnNames(await Promise.all(scenarios));
}

async function filesOf(name: string, catalogue: Catalogue, cwd: string): Promise<string[]> {
	const path = resolve(cwd, name);
	const kind = kindOf(path);
	if (kind === 'file') return [path];
	if (kind === 'folder') return inFolder(path, name);
	const matched = /[*?[{]/.test(name) ? await findGlob(name, cwd) : [];
	if (matched.length > 0) return matched;
	throw new Problem('scenario-unknown', `there is no scenario, file or folder "${name}"`, {
		hint:
			meantScenario(catalogue, name) ??
			'See: callsim list, or name a file: callsim run scenarios/late-failure.yaml',
	});
}

function inFolder(path: string, name: string): string[] {
	const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
		.filter((entry) => isScenarioFile(entry) && !entry.includes('node_modules'))
		.sort()
		.map((entry) => join(path, entry))
		// Bodies that steps send, a project file and others may stand beside scenarios.
		.filter((file) => looksLikeScenario(bodyText(readFileSync(file))));
	if (files.length === 0)
		throw new Problem(
			'scenario-unknown',
			`the folder "${name}" holds no scenario (.yaml, .yml, .json)`,
			{ hint: 'See docs/scenarios.md, or: callsim init' },
		);
	return files;
}

/** By a word that every scenario has; whether it is a right one is found out by reading it. */
const looksLikeScenario = (text: string): boolean =>
	/(^|[\s{,])["']?(steps|fire)["']?\s*:/m.test(text);

async function findGlob(pattern: string, cwd: string): Promise<string[]> {
	const { glob } = await import('tinyglobby');
	return (await glob([pattern], { cwd, absolute: true })).filter(isScenarioFile).sort();
}

function kindOf(path: string): 'file' | 'folder' | undefined {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats === undefined) return undefined;
	return stats.isDirectory() ? 'folder' : 'file';
}

/** @param name under which a built-in one is told */
async function read(
	file: string,
	cwd: string,
	name: string | undefined,
): Promise<ScenarioDocument> {
	const short = relative(cwd, file);
	const told = name ?? (short.startsWith('..') ? file : short);
	const textOf = (path: string) =>
		textOfFile(
			reading(`"${told}"`, () => readFileSync(path)),
			told,
		);
	if (name !== undefined) return readBuiltIn(told, textOf(packedBeside(file)), file);
	const text = textOf(file);
	return (await import('../catalogue/read-scenario.ts')).readScenario(told, text, file);
}

/** Two scenarios of one name could not be told apart in a report. */
export function withOwnNames(scenarios: readonly Scenario[]): Scenario[] {
	const names = scenarios.map(({ id }) => id);
	return scenarios.map((scenario) =>
		names.indexOf(scenario.id) === names.lastIndexOf(scenario.id)
			? scenario
			: { ...scenario, id: `${scenario.id} (${scenario.document.file})` },
	);
}

/** Those named: by name, file, or a part of either. @throws Problem `scenario-unknown` */
export function onlyThese(
	scenarios: readonly Scenario[],
	only: readonly string[],
): readonly Scenario[] {
	if (only.length === 0) return scenarios;
	const namesOf = ({ id, document: { value, file } }: Scenario) => [
		id,
		value.name,
		basename(file).replace(/\.\w+$/, ''),
	];
	const filesOf = ({ document: { file } }: Scenario) => [basename(file), file];
	const chosen = new Set<Scenario>();
	for (const name of only) {
		const exact = scenarios.filter((scenario) =>
			[...namesOf(scenario), ...filesOf(scenario)].includes(name),
		);
		const near =
			exact.length > 0
				? exact
				: scenarios.filter((one) => namesOf(one).some((text) => text.includes(name)));
		if (near.length === 0)
			throw new Problem(
				'scenario-unknown',
				(say) => `${say('only')} "${name}" is none of the scenarios`,
				{
					hint:
						didYouMean(name, scenarios.flatMap(namesOf)) ??
						`There are ${scenarios.map(({ id }) => id).join(', ')}.`,
				},
			);
		for (const scenario of near) chosen.add(scenario);
	}
	return scenarios.filter((scenario) => chosen.has(scenario));
}
