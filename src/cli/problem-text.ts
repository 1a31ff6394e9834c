import type { Problem } from '../model/problem.ts';
import { printableLine } from '../report/safe/escape.ts';
import { flagWords } from './options/words.ts';

/** What, where and what to try, a line each; further mistakes of a file in between. */
export function problemText(problem: Problem): string {
	const told = problem.in(flagWords);
	const hint = told.hint === undefined ? '' : `\n  try: ${printableLine(told.hint)}`;
	const also = problem.also.map((what) => `\n  also: ${printableLine(what)}`).join('');
	return `error ${problem.code}: ${printableLine(told.message)}${also}${hint}\n`;
}
