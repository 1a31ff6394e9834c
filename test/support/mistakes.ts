import type { Mistake, MistakeContext } from '../../src/verify/mistake.ts';
import { mistakesFor } from '../../src/verify/mistakes/index.ts';
import { canonicalOf, type Recipe } from '../../src/verify/recipe.ts';

type Fields = Readonly<Record<string, string>>;

/** A list of fields under an HMAC, as Bayarcash signs. */
export const listRecipe = (fields: Fields, more: Partial<Recipe> = {}): Recipe => ({
	parts: Object.entries(fields).map(([name, text]) => ({ name, text })),
	join: '|',
	algorithm: 'hmac-sha256',
	key: 'Key',
	as: 'hex',
	prefix: '',
	...more,
});

/** Credentials and one reference under a plain hash, as IAK signs. */
export const plainRecipe = (fields: Fields, more: Partial<Recipe> = {}): Recipe =>
	listRecipe(fields, { join: '', algorithm: 'md5', ...more });

export const contextOf = (fields: Fields, more: Partial<MistakeContext> = {}): MistakeContext => ({
	values: fields,
	signed: Object.keys(fields),
	documentedOrder: Object.keys(fields),
	otherLists: [],
	otherKeys: [],
	key: 'Key',
	honest: 'honest',
	signatureField: 'checksum',
	otherReferences: [],
	referenceField: 'order',
	amountField: 'amount',
	knownFields: [],
	zone: '+08:00',
	body: undefined,
	...more,
});

/** Alone or with any other, in great numbers, or only with those. */
export type Kind = keyof ReturnType<typeof mistakesFor>;

/** The recipes that the mistakes of a code make of one; none where they cannot be made. */
export const made = (code: string, recipe: Recipe, context: MistakeContext, kind: Kind): Recipe[] =>
	mistakesOf(code, context, kind).flatMap((mistake) => mistake.apply(recipe) ?? []);

export const mistakesOf = (code: string, context: MistakeContext, kind: Kind): Mistake[] =>
	mistakesFor(context)[kind].filter((mistake) => mistake.code === code);

/** What is signed under the mistakes of a code that are made alone or with others. */
export const textsOf = (
	code: string,
	recipe: Recipe,
	context: MistakeContext = contextOf({}),
	kind: Kind = 'common',
): string[] => made(code, recipe, context, kind).map(canonicalOf);
