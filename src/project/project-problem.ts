import { Problem } from '../model/problem.ts';
import type { Project } from './project.ts';

/** A mistake in the project file, with the place a person can go to. */
export function projectProblem(project: Project, pointer: string, what: string, hint?: string): Problem {
	const { line, column } = project.place(pointer);
	const about = pointer
		.split('/')
		.slice(1)
		.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
		.join('.');
	return new Problem('config-invalid', `${project.file}:${line}:${column}: ${about === '' ? '' : `${about} `}${what}`, {
		hint: hint ?? 'Mend the file; docs/project-file.md describes every key.',
		place: { file: project.file, line },
	});
}

/** `env:VAR` or `file:PATH`. */
export const isReference = (source: string): boolean => /^(env|file):./.test(source);
