import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { reading } from '../model/reading.ts';
import { textOfFile } from '../model/text-file.ts';
import { noProject, type Project } from './project.ts';

export const projectFileNames = ['callsim.yaml', 'callsim.yml', 'callsim.json'] as const;

/**
 * The file that `--config` names, or the nearest one upward, as far as the repository's root.
 * @throws Problem `config-invalid`, `file-unreadable`
 */
export async function readProject(cwd: string, config: string | undefined): Promise<Project> {
	const path = config === undefined ? nearest(cwd) : resolve(cwd, config);
	if (path === undefined) return noProject(cwd);
	const short = relative(cwd, path);
	const file = short.startsWith(join('..', '..', '..')) ? path : short;
	// YAML and the schema are only loaded where there is a file to read.
	const { parsedProject } = await import('./parse-project.ts');
	const bytes = reading(
		`the project file "${file}"`,
		() => readFileSync(path),
		(say) => `Check the path behind ${say('config')}.`,
	);
	const text = textOfFile(bytes, file);
	return parsedProject(text, { path, file, folder: dirname(path) });
}

function nearest(cwd: string): string | undefined {
	const folders = upward(cwd);
	const root = folders.findIndex((folder) => existsSync(join(folder, '.git')));
	const searched = root < 0 ? folders : folders.slice(0, root + 1);
	const found = searched
		.flatMap((folder) => projectFileNames.map((name) => join(folder, name)))
		.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
	return found === undefined || root >= 0 || isOwn(found) ? found : undefined;
}

function upward(folder: string): string[] {
	const above = dirname(folder);
	return above === folder ? [folder] : [folder, ...upward(above)];
}

/** A project file names commands: outside a repository (/tmp) somebody else's is not taken. */
function isOwn(path: string): boolean {
	const own = process.getuid?.();
	return own === undefined || statSync(path).uid === own;
}
