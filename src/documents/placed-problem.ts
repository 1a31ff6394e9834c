import { Problem, type ProblemCode } from '../model/problem.ts';
import type { Told } from '../model/words.ts';
import type { Place } from './json-place.ts';

/** A mistake in a file, with the place a person can go to. @param about the key; may be empty */
export function placedProblem(
	code: ProblemCode,
	file: string,
	{ line, column }: Place,
	about: string,
	what: string,
	hint: Told,
): Problem {
	const told = about === '' ? what : `${about} ${what}`;
	return new Problem(code, `${file}:${line}:${column}: ${told}`, { hint, place: { file, line } });
}
