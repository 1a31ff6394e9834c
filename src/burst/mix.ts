import { Problem } from '../model/problem.ts';

/** An event by a word of its name, and how many of the weights it has. */
export interface Share {
	readonly name: string;
	readonly weight: number;
}

/** Six digits. */
const mostWeight = 999_999;

/** `success=8,failed=1,pending=1`. @throws Problem `usage` */
export function parseMix(text: string): Share[] {
	const shares = text.split(',').map((part) => {
		const [, name = '', weight = ''] =
			/^\s*([a-z][a-z0-9/-]*)\s*=\s*(\d{1,6})\s*$/.exec(part) ?? [];
		return { name, weight: Number(weight) };
	});
	const names = shares.map(({ name }) => name);
	if (names.includes('') || shares.every(({ weight }) => weight === 0))
		throw new Problem('usage', (say) => `${say('mix')} "${text}" is not a list of shares`, {
			hint: (say) => `Write ${say('mix', 'success=8,failed=1,pending=1')}.`,
		});
	if (new Set(names).size < names.length)
		throw new Problem('usage', (say) => `${say('mix')} "${text}" names an event twice`, {
			hint: 'Keep one of them.',
		});
	return shares;
}

/** Weights that a program says. @throws Problem `usage` */
export function refuseWeights(mix: Readonly<Record<string, number>>): void {
	const weights = Object.values(mix);
	const isWeight = (weight: number) =>
		Number.isInteger(weight) && weight >= 0 && weight <= mostWeight;
	if (weights.every(isWeight) && weights.some((weight) => weight > 0)) return;
	throw new Problem('usage', `mix ${JSON.stringify(mix)} is not a list of shares`, {
		hint: `Write whole numbers up to ${mostWeight}, one of them above 0: mix: { success: 8, failed: 1 }.`,
	});
}

/**
 * Which share the nth callback is of: exact over every sum of the weights, and mixed there, each
 * time otherwise: every twentieth callback (a duplicate of 5%) must not always be of one share.
 */
export function shareOf(
	weights: readonly number[],
	mixed: (place: number, size: number, time: number) => number,
) {
	const sum = weights.reduce((all, weight) => all + weight, 0);
	const owners = weights.flatMap((weight, at) => Array<number>(weight).fill(at));
	if (weights.length === 1) return () => 0;
	return (n: number): number => owners[mixed(n % sum, sum, Math.floor(n / sum))] ?? 0;
}
