import type { ChalkInstance } from 'chalk';
import type { Verdict } from '../../verify/verdict.ts';
import { printable, printableLine } from '../safe/escape.ts';

/** The verdict for a person: one sentence, the line of code to look for, and with `explain` what was signed against what is right. */
export function verdictLines(verdict: Verdict, paint: ChalkInstance, explain: boolean): string[] {
	const { genuine, event, cause, explanation, signature, mistakes } = verdict;
	const head = genuine ? paint.green('✓ genuine') : paint.red('✗ not genuine');
	return [
		`${head}${event === null ? '' : ` · ${event}`}${cause === null ? '' : ` · ${cause}`}`,
		`  ${printable(explanation)}`,
		...mistakes.flatMap(({ php, js }) => [`  PHP  ${php}`, `  JS   ${js}`]),
		...(signature === null
			? []
			: [
					`  received  ${printableLine(signature.received ?? '(none)')}`,
					...(genuine ? [] : [`  expected  ${signature.expected}`]),
				]),
		...(explain && signature !== null ? explained(signature, paint) : []),
	];
}

function explained(signature: NonNullable<Verdict['signature']>, paint: ChalkInstance): string[] {
	const right = printableLine(signature.canonical);
	const lines = [`  ${signature.algorithm} over ${signature.fields.join(', ')}`, `  right     ${right}`];
	if (signature.mistaken === undefined) return lines;
	const signed = printableLine(signature.mistaken);
	const length = Math.max(right.length, signed.length);
	const at = Array.from({ length }).findIndex((_, index) => right[index] !== signed[index]);
	const mark = at < 0 ? [] : [`            ${' '.repeat(at)}${paint.yellow('^ first difference')}`];
	return [...lines, `  signed    ${signed}`, ...mark];
}
