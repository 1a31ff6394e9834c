/**
 * What stands in a record under a name that somebody chose: a user, a file, a sender. Never what
 * every object inherits, such as `constructor` and `__proto__`.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The same object, with these of its properties alone. */
export const picked = <T extends object, K extends keyof T>(all: T, names: readonly K[]) =>
	Object.fromEntries(names.map((name) => [name, all[name]])) as Pick<T, K>;
