import { Problem } from '../model/problem.ts';
import { fileWords } from '../model/words.ts';
import type { Project } from './project.ts';

/** A mistake in the project file, with the place a person can go to. */
export function projectProblem(
	project: Project,
	pointer: string,
	what: string,
	hint?: string,
): Problem {
	const { line, column } = project.place(pointer);
	const about = pointer
		.split('/')
		.slice(1)
		.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
		.join('.');
	return new Problem(
		'config-invalid',
		`${project.file}:${line}:${column}: ${about === '' ? '' : `${about} `}${what}`,
		{
			hint: hint ?? 'Mend the file; docs/project-file.md describes every key.',
			place: { file: project.file, line },
		},
	);
}

/** What a value means nothing for, told of its place. */
export function wrongly(project: Project, pointer: string, problem: Problem): Problem {
	const { message, hint } = problem.in(fileWords);
	return projectProblem(project, pointer, `is wrong: ${message}`, hint);
}
