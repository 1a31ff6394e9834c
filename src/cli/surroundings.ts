import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../engine/catalogue.ts';
import { readBytes } from '../engine/files.ts';
import type { CommonFlags } from '../engine/flags.ts';
import { within } from '../engine/world.ts';
import type { Project } from '../project/project.ts';
import { checkProject, projectCredential } from '../project/project-flags.ts';
import { readProject } from '../project/read-project.ts';
import type { World } from './world.ts';

/** A command's surroundings: the catalogue and the project file, and a world that knows both and the `--env-file`. */
export interface Surroundings {
	readonly world: World;
	readonly catalogue: Catalogue;
	readonly project: Project;
}

/** @throws Problem `config-invalid`, `file-unreadable`, `fixture-invalid` */
export async function surroundingsOf(flags: CommonFlags, given: World): Promise<Surroundings> {
	const env = environment(flags.envFile, given);
	const project = await readProject(given.cwd, flags.config ?? nonEmpty(env['CALLSIM_CONFIG']));
	const world = within(given, {
		env,
		projectCredential: (provider, name) => projectCredential(project, provider, name),
	});
	const own = project.value.providers;
	const providers = flags.providers ?? (own === undefined ? undefined : resolve(project.folder, own));
	const catalogue = await loadCatalogue(providers === undefined ? {} : { providers }, world);
	checkProject(project, catalogue);
	return { world, catalogue, project };
}

/** What is set already is stronger than a file. @throws Problem `file-unreadable` */
function environment(file: string | undefined, { env, cwd }: World): World['env'] {
	if (file === undefined) return env;
	return { ...parseEnv(Buffer.from(readBytes(resolve(cwd, file))).toString('utf8')), ...env };
}

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
