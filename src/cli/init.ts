import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findProvider } from '../catalogue/catalogue.ts';
import { parseTarget, usualTarget } from '../delivery/target.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import { projectFileNames, readProject } from '../project/read-project.ts';
import { safeJson } from '../report/safe/escape.ts';
import { type CliContext, canAsk } from './cli-context.ts';
import { type CiKind, type CiPlace, ciKinds, ciText } from './init-ci.ts';
import { firstScenario, projectText, targetFor } from './init-files.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { type NewFile, toldFiles, writeNewFiles } from './write-new.ts';

export interface InitFlags extends CommonFlags {
	readonly to?: string;
	readonly ci?: string;
	readonly exec?: string;
}

/** Writes a project file, a scenario for each provider, a CI workflow. Existing files stay. */
export async function init(
	ids: readonly string[],
	flags: InitFlags,
	context: CliContext,
): Promise<ExitCode> {
	const catalogue = await loadCatalogue(flags, context);
	const ci = readCi(flags.ci);
	const asked =
		ids.length === 0 && canAsk(context, flags.input)
			? await (await import('./init-prompts.ts')).askInit(
					catalogue.providers,
					{ to: flags.to, ci },
					context,
				)
			: { providers: ids, to: flags.to ?? usualTarget, ci };
	if (typeof asked === 'number') return asked;
	if (asked.providers.length === 0)
		throw new Problem('usage', 'no provider to set up', {
			hint: `Name one or more: callsim init ${catalogue.providers.map(({ id }) => id).join(' ')}`,
		});
	const providers = asked.providers.map((id) => findProvider(catalogue, id));
	const target = parseTarget(asked.to).href;
	const files = filesFor(
		providers,
		catalogue.events,
		{ to: target, ci: asked.ci, exec: flags.exec },
		context,
	);
	const written = writeNewFiles(files, context.cwd);
	const missing =
		written[0]?.written === false ? await untargeted(providers, files[0]?.[0], context) : [];
	tell(written, providers, flags, context);
	for (const { id } of missing)
		context.note(
			`the project file names no target for ${id}; add under targets: ${id}: ${targetFor(target, id, providers.length)}`,
		);
	if (asked.ci === 'gitlab')
		context.note('include the pipeline from .gitlab-ci.yml; its first lines say how');
	return 0;
}

interface Wishes {
	readonly to: string;
	readonly ci: CiKind | undefined;
	readonly exec: string | undefined;
}

function filesFor(
	providers: readonly ProviderFile[],
	events: readonly CallbackEvent[],
	{ to, ci, exec }: Wishes,
	{ cwd }: CliContext,
): [string, string][] {
	const own = projectFileNames.map((name) => join(cwd, name)).find((path) => existsSync(path));
	return [
		[own ?? join(cwd, 'callsim.yaml'), projectText(providers, to)],
		...providers.map((provider): [string, string] => [
			join(cwd, 'scenarios', `${provider.id}.yaml`),
			firstScenario(
				provider,
				events.filter((event) => event.provider.id === provider.id),
			),
		]),
		...(ci === undefined ? [] : [ciText(ci, exec, placeOf(cwd))]),
	];
}

/** Workflows are found at the root of a repository alone. */
function placeOf(cwd: string): CiPlace {
	let root = cwd;
	while (!existsSync(join(root, '.git')) && dirname(root) !== root) root = dirname(root);
	const isInside = existsSync(join(root, '.git'));
	return {
		root: isInside ? root : cwd,
		folder: isInside ? relative(root, cwd) : '',
		hasLock: existsSync(join(cwd, 'package-lock.json')),
	};
}

/** Providers that a project file which was there already does not know where to send. */
async function untargeted(
	providers: readonly ProviderFile[],
	file: string | undefined,
	{ cwd }: CliContext,
): Promise<readonly ProviderFile[]> {
	const { value } = await readProject(cwd, file);
	return providers.filter(({ id }) => own(value.targets ?? {}, id) === undefined);
}

function tell(
	files: readonly NewFile[],
	providers: readonly ProviderFile[],
	{ json }: InitFlags,
	{ stdout }: CliContext,
): void {
	if (json === true) {
		stdout.write(`${safeJson({ v: 1, files })}\n`);
		return;
	}
	const first = providers[0]?.id ?? '';
	stdout.write(
		`${toldFiles(files)}\nNext, with your receiver running:\n  callsim run                       the scenarios in scenarios/\n  callsim run ${first}${' '.repeat(Math.max(1, 22 - first.length))}the ones that come with callsim\n  callsim config                    what is in force, and where it comes from\n`,
	);
}

function readCi(text: string | undefined): CiKind | undefined {
	if (text === undefined) return undefined;
	const kind = ciKinds.find((known) => known === text);
	if (kind !== undefined) return kind;
	throw new Problem('usage', `--ci "${text}" is neither ${ciKinds.join(' nor ')}`, {
		hint: 'Write --ci github.',
	});
}
