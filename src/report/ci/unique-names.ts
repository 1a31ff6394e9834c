/** The same names in order; one that was there before gets a number: `paid`, `paid (2)`. */
export function uniqueNames(names: readonly string[]): string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		let free = name;
		for (let number = 2; taken.has(free); number++) free = `${name} (${number})`;
		taken.add(free);
		return free;
	});
}
