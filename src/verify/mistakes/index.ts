import type { Mistake, MistakeContext } from '../mistake.ts';
import { bodyMistakes } from './bodies.ts';
import { cleanedTextMistakes } from './cleaned-texts.ts';
import { fewFieldMistakes } from './few-fields.ts';
import { formatMistakes } from './formats.ts';
import { hashMistakes, usualHashMistakes } from './hashes.ts';
import { keyMistakes } from './keys.ts';
import { listMistakes } from './lists.ts';
import { missingFieldMistakes } from './missing-fields.ts';
import { referenceMistakes } from './references.ts';
import { textMistakes } from './texts.ts';
import { oneValueMistakes, valueMistakes } from './values.ts';

/**
 * Every known mistake for one callback, the most likely first: the first that reproduces a
 * signature is named.
 */
export interface KnownMistakes {
	/** Made alone, or together with any other of them. */
	readonly common: readonly Mistake[];
	/** So many that they are tried alone, or together with a wrong hash. */
	readonly numerous: readonly Mistake[];
	readonly hashes: readonly Mistake[];
}

export function mistakesFor(given: MistakeContext): KnownMistakes {
	return {
		common: [
			...listMistakes(given),
			...textMistakes,
			...valueMistakes(given),
			...referenceMistakes(given),
			...keyMistakes(given),
			...hashMistakes,
			...bodyMistakes(given),
			...missingFieldMistakes(given, 1),
		],
		numerous: [
			...oneValueMistakes(given),
			...missingFieldMistakes(given, 2, 3),
			...cleanedTextMistakes,
			...formatMistakes(given),
			...fewFieldMistakes(given),
		],
		hashes: usualHashMistakes,
	};
}
