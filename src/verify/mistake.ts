import type { ValueObject } from '../model/value.ts';
import type { Recipe } from './recipe.ts';

/** One way to compute a signature wrongly. */
export interface Mistake {
	/** Stable, part of the public contract. */
	readonly code: string;
	/** What was done, as the end of "The signature was made …". */
	readonly said: string;
	/** The line to look for, or the line that is right. */
	readonly php: string;
	readonly js: string;
	/** The recipe with the mistake in it; undefined where it cannot be made or changes nothing. */
	apply(recipe: Recipe): Recipe | undefined;
}

/** What mistakes are made of, beside the recipe: the callback and its mistakeContext. */
export interface MistakeContext {
	/** All received fields in their order, the signature left out. */
	readonly values: ValueObject;
	/** Names of the parts of the right recipe, in their order. */
	readonly signed: readonly string[];
	/** Fields in the order in which the provider documents them. */
	readonly documentedOrder: readonly string[];
	/** Names of the field lists of other messages and options: `9 fields of receipt`. */
	readonly otherLists: readonly { readonly name: string; readonly fields: readonly string[] }[];
	/** The right key; empty where there is none. */
	readonly key: string;
	/** Keys that are not the right one but might have been used. */
	readonly otherKeys: readonly { readonly name: string; readonly text: string }[];
	/** The honest signature, for those who sign the signature too. */
	readonly honest: string;
	readonly signatureField: string | undefined;
	/** References of the catalogue's samples: a signature copied from another order. */
	readonly otherReferences: readonly string[];
	readonly referenceField: string;
	readonly amountField: string | undefined;
	/** Fields that every tutorial signs: id, reference, amount, currency, state. */
	readonly knownFields: readonly string[];
	/** Of the provider's times, as `+08:00`. */
	readonly zone: string;
	/** The body as it came, where there is one. */
	readonly body: string | undefined;
}
