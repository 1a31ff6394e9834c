/** The parts of a path that matches a pattern; undefined where it does not. */
export function matched(pattern: string, path: string): Record<string, string> | undefined {
	const wanted = pattern.split('/');
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
