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
	const nearest = closest(lower, contained.length > 0 ? contained : [...known]);
	const allowed = Math.max(2, Math.floor(nearest.length * 0.4));
	return contained.length > 0 || distance(lower, nearest.toLowerCase()) <= allowed ? nearest : undefined;
}
