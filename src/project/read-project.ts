import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Problem } from '../model/problem.ts';
import { noProject, type Project } from './project.ts';

export const projectFileNames = ['callsim.yaml', 'callsim.yml', 'callsim.json'] as const;

/**
 * The project file that `--config` names, or the nearest one upward, as far as the root of the repository.
 *
 * @throws Problem `config-invalid`, `file-unreadable`
 */
export async function readProject(cwd: string, config: string | undefined): Promise<Project> {
	const path = config === undefined ? nearest(cwd) : resolve(cwd, config);
	if (path === undefined) return noProject(cwd);
	const short = relative(cwd, path);
	const file = short.startsWith(join('..', '..', '..')) ? path : short;
	// YAML and the schema are only loaded where there is a file to read.
	const { parsedProject } = await import('./parse-project.ts');
	return parsedProject(textOf(path, file), { path, file, folder: dirname(path) });
}

function nearest(cwd: string): string | undefined {
	for (let folder = cwd; ; folder = dirname(folder)) {
		const found = projectFileNames
			.map((name) => join(folder, name))
			.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
		if (found !== undefined) return found;
		if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return undefined;
	}
}

function textOf(path: string, file: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (cause) {
		throw new Problem(
			'file-unreadable',
			`cannot read the project file "${file}" (${(cause as NodeJS.ErrnoException).code})`,
			{ hint: 'Check the path behind --config.', cause },
		);
	}
}
