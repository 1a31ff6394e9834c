import { resolve } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { textOfFile } from '../model/text-file.ts';
import type { Project } from '../project/project.ts';
import { projectCredential } from '../project/project-credential.ts';
import { readProject } from '../project/read-project.ts';
import { within } from '../settings/engine-context.ts';
import { readBytes } from '../settings/files.ts';
import type { CliContext } from './cli-context.ts';
import type { CommonFlags } from './options/common-flags.ts';

/** Catalogue and project file, and a context that knows both and the `--env-file`. */
export interface CommandContext {
	readonly context: CliContext;
	readonly catalogue: Catalogue;
	readonly project: Project;
}

/** @throws Problem `config-invalid`, `file-unreadable`, `fixture-invalid` */
export async function commandContext(
	flags: CommonFlags,
	given: CliContext,
): Promise<CommandContext> {
	const env = environment(flags.envFile, given);
	const project = await readProject(given.cwd, flags.config ?? nonEmpty(env['CALLSIM_CONFIG']));
	const context = within(given, {
		env,
		projectCredential: (provider, name) => projectCredential(project, provider, name),
	});
	const own = project.value.providers;
	const providers =
		flags.providers ?? (own === undefined ? undefined : resolve(project.folder, own));
	const catalogue = await loadCatalogue({ providers }, context);
	// Where there is no project file, nothing of it is read.
	if (project.path !== undefined)
		(await import('../project/check-project.ts')).checkProject(project, catalogue);
	return { context, catalogue, project };
}

/** What is set already is stronger than a file. @throws Problem `file-unreadable` */
function environment(file: string | undefined, { env, cwd }: CliContext): CliContext['env'] {
	if (file === undefined) return env;
	const { parseEnv } = process.getBuiltinModule('node:util');
	return { ...parseEnv(textOfFile(readBytes(resolve(cwd, file)), file)), ...env };
}

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
