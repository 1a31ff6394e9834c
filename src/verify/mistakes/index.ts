import type { Mistake, MistakeContext } from '../mistake.ts';
import { hashMistakes } from './hashes.ts';
import { keyMistakes } from './keys.ts';
import { listMistakes, missingFieldMistakes } from './lists.ts';
import { referenceMistakes } from './references.ts';
import { textMistakes } from './texts.ts';
import { oneValueMistakes, valueMistakes } from './values.ts';

/** Every known mistake for this callback, the most likely first: the first that reproduces a signature is named. */
export function mistakesFor(given: MistakeContext): Mistake[] {
	return [
		...listMistakes(given),
		...textMistakes,
		...valueMistakes(given),
		...referenceMistakes(given),
		...keyMistakes(given),
		...hashMistakes,
		...missingFieldMistakes(given),
		...oneValueMistakes(given),
	];
}
