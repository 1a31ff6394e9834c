import type { Problem } from '../model/problem.ts';
import { printableLine } from '../report/escape.ts';

/** What, where and what to try, in two lines. */
export function problemText(problem: Problem): string {
	const hint = problem.hint === undefined ? '' : `\n  try: ${printableLine(problem.hint)}`;
	return `error ${problem.code}: ${printableLine(problem.message)}${hint}\n`;
}

export function bugText(error: unknown, version: string): string {
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return `${stack}\nThis is a bug in callsim ${version} (Node ${process.versions.node}), not in your receiver.\nPlease report it with the lines above: npm bugs callback-simulator\n`;
}
