import { reachOf } from '../delivery/reach.ts';
import { parseTarget } from '../delivery/target.ts';
import { schemaValidator } from '../documents/schema-validator.ts';
import { refuseAll, violationsIn } from '../documents/violation.ts';
import { readYaml, type YamlDocument } from '../documents/yaml-document.ts';
import { parseDuration } from '../model/duration.ts';
import { isConfidential } from '../model/header-name.ts';
import { Problem } from '../model/problem.ts';
import { ProjectSchema } from '../model/project-schema.ts';
import { parseRetry } from '../model/retry.ts';
import { pointerKeys } from '../order/answered-reference.ts';
import type { Project, ProjectFile } from './project.ts';
import { projectProblem, wrongly } from './project-problem.ts';
import { headerSetting } from './project-settings.ts';
import { referenceIn } from './reference.ts';

/** @throws Problem `config-invalid` with file, line and column */
export function parsedProject(
	text: string,
	where: Pick<Project, 'file' | 'folder'> & { path: string },
): Project {
	const document = readable(text, where.file);
	const plain = document.plain ?? {};
	const project: Project = {
		...where,
		value: (document.exact ?? {}) as ProjectFile,
		place: document.place,
	};
	refuseAll(
		violationsIn(schemaValidator(ProjectSchema), plain, ProjectSchema),
		document.place,
		({ pointer, what }) => projectProblem(project, pointer, what),
	);
	refuseLiterals(project);
	refuseMeaningless(project);
	return project;
}

/** What the parser stumbles over may be a key: a `*`, a `|`, a quote in one is enough. */
function readable(text: string, file: string): YamlDocument {
	try {
		return readYaml(file, text, 'config-invalid');
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const { code, message, hint, place } = error;
		const told = message.replace(/(?<=: not YAML \(.*?)(: | \*| ").*(?=\)$)/s, '');
		throw new Problem(code, told, { hint, place });
	}
}

/** A project file is committed; a key in it would be, too. */
function refuseLiterals(project: Project): void {
	const { credentials = {}, headers = {} } = project.value;
	const isReference = (text: string) => referenceIn(text, project.folder) !== undefined;
	for (const [provider, names] of Object.entries(credentials))
		for (const [name, source] of Object.entries(names)) {
			if (isReference(source)) continue;
			const variable = `${provider}_${name}`.toUpperCase().replaceAll('-', '_');
			throw projectProblem(
				project,
				`/credentials/${provider}/${name}`,
				'is the value itself; project files are committed and keys must not be',
				`Write ${name}: env:${variable}, and set ${variable} where callsim runs; or file:PATH.`,
			);
		}
	const { probe, setup } = project.value;
	const everywhere = {
		'/headers': headers,
		'/probe/headers': probe?.headers,
		'/setup/headers': setup?.headers,
	};
	for (const [pointer, name, value] of Object.entries(everywhere).flatMap(([pointer, all = {}]) =>
		Object.entries(all).map(([name, value]) => [pointer, name, value] as const),
	))
		if (isConfidential(name) && !isReference(value))
			throw projectProblem(
				project,
				`${pointer}/${name}`,
				'is a credential in the clear; project files are committed',
				`Write ${name}: env:VARIABLE or file:PATH.`,
			);
}

function refuseMeaningless(project: Project): void {
	const { timeout, schedule, headers = {}, resolve, probe, setup } = project.value;
	const { reference } = setup ?? {};
	const meant = (pointer: string, read: () => unknown) => {
		try {
			read();
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			throw wrongly(project, pointer, error);
		}
	};
	if (reference !== undefined) meant('/setup/reference', () => pointerKeys(reference));
	meant('/resolve', () => reachOf({ resolve }));
	if (timeout !== undefined) meant('/timeout', () => parseDuration(String(timeout), 'timeout'));
	if (schedule !== undefined) meant('/schedule', () => parseRetry(schedule, 'schedule'));
	for (const [name, value] of Object.entries(headers))
		meant(`/headers/${name}`, () => headerSetting(name, value, project.folder));
	for (const [what, look] of Object.entries({ probe, setup })) {
		if (look === undefined) continue;
		const { url, command } = look;
		if ((url === undefined) === (command === undefined))
			throw projectProblem(
				project,
				`/${what}`,
				url === undefined ? 'has neither a url nor a command' : 'has a url and a command',
				url === undefined ? 'Write one of them.' : 'Keep one of them.',
			);
		for (const [name, value] of Object.entries(look.headers ?? {}))
			meant(`/${what}/headers/${name}`, () => headerSetting(name, value, project.folder));
		const aimed = url?.replaceAll(/\{(reference|amount)\}/g, '1');
		if (aimed !== undefined) meant(`/${what}`, () => parseTarget(aimed, 'the URL'));
		else if (look.headers !== undefined)
			throw projectProblem(project, `/${what}/headers`, 'goes with a url', 'Leave it out.');
	}
}
