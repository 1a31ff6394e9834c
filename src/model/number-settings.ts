import { Problem } from './problem.ts';

export const mostDuplicates = 100;
/** Of one command line. */
export const mostOrders = 10_000;
/** Scenarios at the same time. */
export const mostJobs = 64;

/** @param text how it was given @throws Problem `usage` */
export function countOf(count: number, what: string, most: number, text = String(count)): number {
	if (Number.isInteger(count) && count >= 1 && count <= most) return count;
	throw new Problem(
		'usage',
		(say) => `${say(what)} "${text}" is not a whole number from 1 to ${most}`,
		{ hint: (say) => `Write ${say(what, String(likely(text, what, most)))}.` },
	);
}

const usual: Readonly<Record<string, number>> = { jobs: 4, connections: 10 };
const letters: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 };

/** What may have been meant by `1e6`, `10,000`, `5k` or more than goes; or what many write. */
function likely(text: string, what: string, most: number): number {
	const digits = text.replace(/(?<=\d)[_,. ](?=\d{3}(?!\d))/g, '');
	const [, number = '', letter = ''] =
		/^(\d+(?:\.\d+)?(?:e\d+)?)([km]?)$/i.exec(digits.trim()) ?? [];
	const meant = Math.round(Number(number) * (letters[letter.toLowerCase()] ?? 1));
	return meant >= 1 ? Math.min(meant, most) : (usual[what] ?? 2);
}

/** Digits alone. @throws Problem `usage` */
export function parseCount(text: string, what: string, most: number): number {
	return countOf(/^\d+$/.test(text) ? Number(text) : Number.NaN, what, most, text);
}

/** A number above zero; Infinity is `max`. @throws Problem `usage` */
export function speedOf(factor: number, text = String(factor)): number {
	if (factor > 0) return factor;
	throw new Problem('usage', (say) => `${say('speed')} "${text}" is not a factor`, {
		hint: 'Use a number above 0 (100: 300 s pass in 3 s), or max.',
	});
}

/** `100`, `2.5x`, `max`. @throws Problem `usage` */
export function parseSpeed(text: string): number {
	if (text === 'max') return Number.POSITIVE_INFINITY;
	return speedOf(/^\d+(\.\d+)?x?$/.test(text) ? Number.parseFloat(text) : Number.NaN, text);
}

/** Speed and real time must agree. @throws Problem `usage`, `option-conflict` */
export function paceOf(
	speed: string | undefined,
	realTime: boolean | undefined,
): number | undefined {
	const factor = speed === undefined ? undefined : parseSpeed(speed);
	if (realTime !== true) return factor;
	if ((factor ?? 1) === 1) return 1;
	throw new Problem(
		'option-conflict',
		(say) => `${say('realTime')} and ${say('speed', speed)} contradict each other`,
		{ hint: 'Keep one of them.' },
	);
}

/** As `parseSpeed` reads it. */
export function speedText(factor: number): string {
	return factor === Number.POSITIVE_INFINITY ? 'max' : String(factor);
}

/** @param text a whole number of any length @throws Problem `usage` */
export function parseSeed(text: string): string {
	if (/^\d+$/.test(text)) return text;
	throw new Problem('usage', (say) => `${say('seed')} "${text}" is not a whole number`, {
		hint: (say) => `Write ${say('seed', '7')}.`,
	});
}
