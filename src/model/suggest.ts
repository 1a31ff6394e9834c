import { closest, distance } from 'fastest-levenshtein';

/** `Did you mean "x"?`, or undefined when nothing is near enough to be meant. */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
	const nearest = nearestName(given, known);
	return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}

export function nearestName(given: string, known: readonly string[]): string | undefined {
	if (known.length === 0) return undefined;
	const lower = given.toLowerCase();
	const contained = known.filter((name) => lower.length >= 3 && name.toLowerCase().includes(lower));
	// The first of several that are equally near is taken, and the first letter is seldom mistyped.
	const sameStart = (name: string) => (name.toLowerCase().startsWith(lower.slice(0, 1)) ? 0 : 1);
	const candidates = (contained.length > 0 ? contained : known).toSorted(
		(a, b) => sameStart(a) - sameStart(b),
	);
	const nearest = closest(lower, candidates);
	const allowed = Math.max(2, Math.floor(nearest.length * 0.4));
	return contained.length > 0 || distance(lower, nearest.toLowerCase()) <= allowed
		? nearest
		: undefined;
}
