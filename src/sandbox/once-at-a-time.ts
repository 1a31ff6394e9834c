import type { Box } from './provider.ts';

/** Names of what is under way; a restart knows of none. */
const underWay = new WeakMap<Box, Set<string>>();

/** Work of one name once at a time: whoever comes meanwhile is answered otherwise. */
export async function onceAtATime<T>(
	box: Box,
	name: string,
	work: () => Promise<T>,
	meanwhile: () => T,
): Promise<T> {
	const names = underWay.get(box) ?? new Set<string>();
	underWay.set(box, names);
	if (names.has(name)) return meanwhile();
	names.add(name);
	try {
		return await work();
	} finally {
		names.delete(name);
	}
}
