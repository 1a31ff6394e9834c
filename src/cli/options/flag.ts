/** As commander hands it over: texts, true for a flag without a value, false for `--no-…`. */
export type Typed = string | boolean | readonly string[] | undefined;
export type TypedFlags = Readonly<Record<string, unknown>>;

/** A flag of a setting: what it is called, how it is read, and how it is written again. */
export interface Flag<T> {
	/** `--ref <id>` */
	readonly usage: string;
	readonly about: string;
	readonly group: string;
	/** It may be given several times. */
	readonly isList?: boolean;
	/** The only values that it takes. */
	readonly choices?: readonly string[];
	/** @throws Problem */
	read(typed: Typed): T;
	/** The texts behind the flag, each behind one of its own; true for the flag alone. */
	write(value: T): readonly (string | true)[];
}

/** Every setting of a kind has its flag. */
export type FlagsOf<S> = { readonly [K in keyof S]-?: Flag<NonNullable<S[K]>> };

/** A flag with one value. */
export function one<T>(
	usage: string,
	about: string,
	group: string,
	read: (text: string) => T,
	write: (value: T) => string,
): Flag<T> {
	return {
		usage,
		about,
		group,
		read: (typed) => read(String(typed)),
		write: (value) => [write(value)],
	};
}

export const text = (usage: string, about: string, group: string): Flag<string> =>
	one(usage, about, group, String, String);

/** A flag that may be given several times. */
export function many<T>(
	usage: string,
	about: string,
	group: string,
	read: (text: string) => T,
	write: (value: T) => string,
): Flag<readonly T[]> {
	return {
		usage,
		about,
		group,
		isList: true,
		read: (typed) => ([typed].flat() as string[]).map(read),
		write: (values) => values.map(write),
	};
}

export const texts = (usage: string, about: string, group: string): Flag<readonly string[]> =>
	many(usage, about, group, String, String);

/** The same, where `a,b` means two of them. */
export const lists = (usage: string, about: string, group: string): Flag<readonly string[]> => ({
	...texts(usage, about, group),
	read: (typed) =>
		([typed].flat() as string[])
			.flatMap((given) => given.split(','))
			.map((part) => part.trim())
			.filter((part) => part !== ''),
});

/** A flag without a value. */
export const alone = (usage: string, about: string, group: string): Flag<boolean> => ({
	usage,
	about,
	group,
	read: (typed) => typed === true,
	write: (value) => (value ? [true] : []),
});

/** `--return-to <url>` → `--return-to` */
export const nameIn = (usage: string): string => usage.split(' ')[0] ?? usage;

const attributeOf = (usage: string): string =>
	nameIn(usage)
		.slice(2)
		.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What was typed, as settings; what was not is not there. @throws Problem */
export function readFlags<S>(flags: FlagsOf<S>, typed: TypedFlags): Partial<S> {
	return Object.fromEntries(
		Object.entries<Flag<unknown>>(flags).flatMap(([setting, flag]) => {
			const given = typed[attributeOf(flag.usage)] as Typed;
			return given === undefined ? [] : [[setting, flag.read(given)]];
		}),
	) as Partial<S>;
}
