import fc from 'fast-check';
import { anyCharacter } from './any-character.ts';

/** What JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Keys that JavaScript, JSON Schema, XML or this tool give a meaning of their own. */
const strangeNames = [
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'$ref',
	'$',
	'',
	'a\nb',
	'0',
	'length',
];

const strangeTexts = [
	...strangeNames,
	...[
		'${',
		'${x}',
		'${now:}',
		'${cred.x}',
		'${cred.constructor}',
		'${digits:99}',
		'${__proto__}',
		'${constructor|md5}',
	],
	...['\0', '\ud800', '😀', ' ', '%', '&', '=', '<', '-1', '1e999', 'NaN', '00', 'x'.repeat(300)],
];

const strangeValues: Json[] = [
	...[null, true, false, 0, -1, 1.5, 1e300, 2 ** 60, [], {}, [[]], [null], [{}]],
	JSON.parse('{"__proto__":{"a":1}}') as Json,
	{ constructor: 1 },
	{ $ref: 'x' },
	{ isLosslessNumber: true, value: 'x', toString: 1 },
];

export const anyName = fc.oneof(fc.constantFrom(...strangeNames), fc.string({ maxLength: 8 }));
export const anyText = fc.oneof(
	fc.constantFrom(...strangeTexts),
	fc.string(),
	fc.string({ unit: anyCharacter }),
);
export const anyJson: fc.Arbitrary<Json> = fc.oneof(
	fc.constantFrom(...strangeValues),
	anyText,
	fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
	fc.dictionary(anyName, anyText, { maxKeys: 3 }) as fc.Arbitrary<Json>,
);

interface Mutation {
	/** Which of all places, as a share of their number. */
	readonly where: number;
	readonly how: 'replace' | 'delete' | 'rename' | 'add' | 'swap';
	readonly name: string;
	readonly value: Json;
	/** The other place, for a value from elsewhere in the same document. */
	readonly other: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
	where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	how: fc.constantFrom('replace', 'delete', 'rename', 'add', 'swap'),
	name: anyName,
	value: anyJson,
	other: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

/** One of the documents with one to three things in it that are otherwise. */
export function mutated(...documents: readonly Json[]): fc.Arbitrary<Json> {
	return fc
		.tuple(fc.constantFrom(...documents), fc.array(mutation, { minLength: 1, maxLength: 3 }))
		.map(([document, mutations]) => mutations.reduce(applied, document));
}

type Path = readonly (string | number)[];

function applied(document: Json, { where, how, name, value, other }: Mutation): Json {
	const paths = pathsIn(document);
	const path = paths[Math.floor(where * paths.length)] ?? [];
	const elsewhere = at(document, paths[Math.floor(other * paths.length)] ?? []);
	return changed(document, path, (key, inner) => {
		switch (how) {
			case 'replace':
				return [[key, value]];
			case 'delete':
				return [];
			case 'rename':
				return [[name, inner]];
			case 'add':
				return [
					[key, inner],
					[name, value],
				];
			default:
				return [[key, elsewhere]];
		}
	});
}

function pathsIn(value: Json, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
	return [path, ...entries.flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function at(document: Json, path: Path): Json {
	return path.reduce<Json>(
		(value, key) => (value as Record<string | number, Json>)[key] ?? null,
		document,
	);
}

type Change = (key: string, value: Json) => (readonly [string, Json])[];

function changed(value: Json, [head, ...rest]: Path, change: Change): Json {
	if (head === undefined) return change('', value)[0]?.[1] ?? null;
	const step = (key: string, inner: Json) =>
		rest.length === 0 ? change(key, inner) : [[key, changed(inner, rest, change)] as const];
	if (Array.isArray(value))
		return value.flatMap((inner, key) =>
			key === head ? step(String(key), inner).map(([, one]) => one) : [inner],
		);
	return Object.fromEntries(
		Object.entries(value as Record<string, Json>).flatMap(([key, inner]) =>
			key === head ? step(key, inner) : [[key, inner] as const],
		),
	);
}
