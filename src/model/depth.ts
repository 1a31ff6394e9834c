import { Problem } from './problem.ts';
/**
 * How deep objects and lists may stand inside of each other. What providers send is five deep; what
 * walks over values here calls itself once a level, and must come to an end.
 */
export const deepest = 100;

/** Whether a value, plain or cyclic, is deeper than that. Asks without calling itself. */
export function isTooDeep(value: unknown): boolean {
	const open: [unknown, number][] = [[value, 0]];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const [inner, depth] = next;
		if (typeof inner !== 'object' || inner === null) continue;
		if (depth >= deepest) return true;
		for (const one of Object.values(inner)) open.push([one, depth + 1]);
	}
	return false;
}

/** A program's object may even hold itself. @throws Problem `value-misfit` */
export function refuseDeep(value: unknown): void {
	if (isTooDeep(value))
		throw new Problem('value-misfit', `a value is nested deeper than ${deepest} levels`, {
			hint: 'Give a plain one, as it would be sent.',
		});
}
