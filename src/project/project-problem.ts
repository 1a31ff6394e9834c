import { placedProblem } from '../documents/placed-problem.ts';
import { pointerKeys } from '../documents/pointer.ts';
import type { Problem } from '../model/problem.ts';
import { fileWords } from '../model/words.ts';
import type { Project } from './project.ts';

/** A mistake in the project file, with the place a person can go to. */
export function projectProblem(
	project: Project,
	pointer: string,
	what: string,
	hint?: string,
): Problem {
	const about = pointerKeys(pointer).join('.');
	const usual = 'Mend the file; docs/project-file.md describes every key.';
	const place = project.place(pointer);
	return placedProblem('config-invalid', project.file, place, about, what, hint ?? usual);
}

/** What a value means nothing for, told of its place. */
export function wrongly(project: Project, pointer: string, problem: Problem): Problem {
	const { message, hint } = problem.in(fileWords);
	return projectProblem(project, pointer, `is wrong: ${message}`, hint);
}
