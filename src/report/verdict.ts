import type { ChalkInstance } from 'chalk';
import type { Verdict } from '../diagnose/verdict.ts';
import { printable, printableLine } from './escape.ts';

/** `verify --json` and the verdict part of `listen --json`. */
export function verdictJson(verdict: Verdict): object {
	const { genuine, event, options, cause, explanation, seal, mistakes } = verdict;
	const look = mistakes.map(({ code, php, js }) => ({ code, php, js }));
	return { genuine, event, options, cause, explanation, seal, ...(look.length === 0 ? {} : { look }) };
}

/** The verdict for a person: one sentence, the line of code to look for, and with `explain` what was signed against what is right. */
export function verdictLines(verdict: Verdict, paint: ChalkInstance, explain: boolean): string[] {
	const { genuine, event, cause, explanation, seal, mistakes } = verdict;
	const head = genuine ? paint.green('✓ genuine') : paint.red('✗ not genuine');
	return [
		`${head}${event === null ? '' : ` · ${event}`}${cause === null ? '' : ` · ${cause}`}`,
		`  ${printable(explanation)}`,
		...mistakes.flatMap(({ php, js }) => [`  PHP  ${php}`, `  JS   ${js}`]),
		...(seal === null
			? []
			: [
					`  received  ${printableLine(seal.received ?? '(none)')}`,
					...(genuine ? [] : [`  expected  ${seal.expected}`]),
				]),
		...(explain && seal !== null ? explained(seal, paint) : []),
	];
}

function explained(seal: NonNullable<Verdict['seal']>, paint: ChalkInstance): string[] {
	const right = printableLine(seal.canonical);
	const lines = [`  ${seal.algorithm} over ${seal.fields.join(', ')}`, `  right     ${right}`];
	if (seal.mistaken === undefined) return lines;
	const signed = printableLine(seal.mistaken);
	const length = Math.max(right.length, signed.length);
	const at = Array.from({ length }).findIndex((_, index) => right[index] !== signed[index]);
	const mark = at < 0 ? [] : [`            ${' '.repeat(at)}${paint.yellow('^ first difference')}`];
	return [...lines, `  signed    ${signed}`, ...mark];
}
