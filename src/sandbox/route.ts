/** The parts of a path that matches a pattern; undefined where it does not. */
export function matched(pattern: string, path: string): Record<string, string> | undefined {
	const wanted = partsOf(pattern);
	const given = path.split('/');
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [at, part] of wanted.entries()) {
		const text = given[at] ?? '';
		if (part.startsWith(':')) {
			const value = decoded(text);
			if (value === undefined || value === '') return undefined;
			params[part.slice(1)] = value;
		} else if (part !== text) return undefined;
	}
	return params;
}

const known = new Map<string, readonly string[]>();

/** Patterns are few, and every request is held against all of them. */
function partsOf(pattern: string): readonly string[] {
	const parts = known.get(pattern) ?? pattern.split('/');
	known.set(pattern, parts);
	return parts;
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** One slash where a client wrote two, none at the end: base addresses are written either way. */
export const plainPath = (target: string): string => {
	const path = (target.split('?')[0] ?? '').replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
	return path === '' ? '/' : path;
};
