import { type Difference, isMoment, leavesOf, type State } from '../order/state.ts';

/** A column that says how the order is, in any word; not `last_status`, nor a copy. */
export function isStateName(path: string): boolean {
	const segments = path.split('.');
	const parents = segments.slice(0, -1);
	const isOrder = parents.every(
		(name, at) =>
			/^(data|order|payment|result|item|record)$/i.test(name) || (at === 0 && name === '0'),
	);
	return (
		isOrder &&
		/^((order|payment|transaction|trx|transfer)_?)?(state|status|stage)$/i.test(
			segments.at(-1) ?? '',
		)
	);
}

const open =
	/^(pending|process(ing)?|waiting|await\w*|on.?hold|open|new|baru|menunggu\w*|(di)?proses|tertunda)$/i;

/** In the languages of the shops: what an order is called that nothing has decided yet. */
export const isOpen = (word: string): boolean => open.test(word);

/** What stands for any moment: that one appeared tells as much as a word. */
export const anyMoment = '(a moment)';

/** Whether a path has this value now and had not before. */
export function hasGained(path: string, effect: string, before: State, after: State): boolean {
	const was = leavesOf(before).get(path);
	const is = leavesOf(after).get(path);
	if (is === undefined) return false;
	if (effect === anyMoment) return isMoment(is) && (was === undefined || !isMoment(was));
	return is === effect && was !== effect;
}

/** Whether a path still has the value of an effect. */
export function stillHas([path, effect]: readonly [string, string], state: State): boolean {
	const is = leavesOf(state).get(path);
	return is !== undefined && (effect === anyMoment ? isMoment(is) : is === effect);
}

/** The effects that an order shows now and did not show before. */
export function effectsSeen(
	effects: ReadonlyMap<string, string>,
	before: State,
	after: State,
): Difference[] {
	const was = leavesOf(before);
	const is = leavesOf(after);
	return [...effects]
		.filter(([path, effect]) => hasGained(path, effect, before, after))
		.map(([path]) => ({ path, before: was.get(path), after: is.get(path) }));
}

/**
 * Whether what an order shows makes it look as after a success (or failure): all of the effects, or
 * the word for its state. A flag or a note alone may stand on an order under review as well.
 */
export function isLike(effects: ReadonlyMap<string, string>, seen: readonly Difference[]): boolean {
	return (
		seen.length > 0 && (seen.length === effects.size || seen.some(({ path }) => isStateName(path)))
	);
}
