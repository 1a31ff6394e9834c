import type { ChalkInstance } from 'chalk';
import { isUndecided, type SignatureFacts, type Verdict } from '../../verify/verdict.ts';
import { printable, printableLine } from '../safe/escape.ts';

/**
 * The verdict for a person: one sentence, the line of code to look for, and whose signature is
 * which; with `explain` what was signed against what is right.
 * @param isOwn the signature is what the user's own code made: nothing was received
 */
export function verdictLines(
	verdict: Verdict,
	paint: ChalkInstance,
	explain: boolean,
	isOwn = false,
): string[] {
	const { genuine, event, cause, explanation, signature, mistakes } = verdict;
	const notGenuine = () =>
		isUndecided(verdict) ? paint.yellow('? not decided') : paint.red('✗ not genuine');
	const head = genuine ? paint.green('✓ genuine') : notGenuine();
	return [
		`${head}${event === null ? '' : ` · ${event}`}${cause === null ? '' : ` · ${cause}`}`,
		`  ${printable(explanation)}`,
		...mistakes.flatMap(({ php, js }) =>
			php === js ? [`  fix  ${php}`] : [`  PHP  ${php}`, `  JS   ${js}`],
		),
		...(signature === null ? [] : signatureLines(signature, genuine, isOwn)),
		...(signature === null ? [] : recipeLines(signature, paint, explain, isOwn)),
	];
}

function signatureLines(
	{ received, expected }: SignatureFacts,
	genuine: boolean,
	isOwn: boolean,
): string[] {
	const given = `  ${isOwn ? 'yours   ' : 'received'}  ${printableLine(received ?? '(none)')}`;
	return genuine ? [given] : [given, `  right     ${expected}`];
}

function recipeLines(
	signature: SignatureFacts,
	paint: ChalkInstance,
	explain: boolean,
	isOwn: boolean,
): string[] {
	const { algorithm, fields } = signature;
	if (!explain)
		return [
			`  ${algorithm} over ${fields.length < 4 ? fields.join(', ') : `${fields.length} fields`}`,
		];
	const right = printableLine(signature.canonical);
	const lines = [`  ${algorithm} over ${fields.join(', ')}`, `  text, right     ${right}`];
	if (signature.mistaken === undefined) return lines;
	const signed = printableLine(signature.mistaken);
	const [yours, gap] = isOwn ? ['yours', ' '] : ['signed', ''];
	const at = firstDifference(right, signed);
	return [
		...lines,
		`  text, ${yours}${gap}    ${signed}`,
		...(at === undefined
			? []
			: [
					'  first difference',
					`    right   ${around(right, at)}`,
					`    ${yours}${gap}  ${around(signed, at)}`,
					`            ${' '.repeat(Math.min(at, before + 1))}${paint.yellow('^')}`,
				]),
	];
}

function firstDifference(one: string, other: string): number | undefined {
	const length = Math.max(one.length, other.length);
	const at = Array.from({ length }).findIndex((_, index) => one[index] !== other[index]);
	return at < 0 ? undefined : at;
}

/** Characters that are seen before a difference and from it on: both texts fit any screen. */
const before = 9;
const after = 14;

function around(text: string, at: number): string {
	const from = at > before + 1 ? at - before : 0;
	const end = at + after;
	return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`;
}
