import type { Mistake, MistakeContext } from '../mistake.ts';
import { amountFormats } from './amount-formats.ts';
import { bodyMistakes } from './bodies.ts';
import { cleanedTexts } from './cleaned-texts.ts';
import { cutMistakes } from './cuts.ts';
import { fewFieldMistakes } from './few-fields.ts';
import { gatewayTexts } from './gateway-texts.ts';
import { hashMistakes, usualHashMistakes } from './hashes.ts';
import { keyPlaceMistakes } from './key-places.ts';
import { cutKeyMistakes, keyMistakes, rareKeyMistakes } from './keys.ts';
import { listMistakes, rareListMistakes } from './lists.ts';
import { missingFieldMistakes } from './missing-fields.ts';
import { placeMistakes } from './places.ts';
import { rareTextMistakes } from './rare-texts.ts';
import { referenceMistakes } from './references.ts';
import { textMistakes } from './texts.ts';
import { timeFormats } from './time-formats.ts';
import { inEveryValue, inOneValue } from './value-change.ts';
import { jsonValueMistakes, valueChanges } from './values.ts';

/**
 * Every known mistake for one callback, the most likely first: the first that reproduces a
 * signature is named. How long the search takes is decided here: pairs are made of the common ones.
 */
export interface KnownMistakes {
	/** Made alone, or together with any other of them. */
	readonly common: readonly Mistake[];
	/** So many that they are tried alone, or together with a wrong hash. */
	readonly numerous: readonly Mistake[];
	readonly hashes: readonly Mistake[];
	/** Tried alone. */
	readonly rare: readonly Mistake[];
	/** What other gateways sign: tried alone, and with the key wherever they put it. */
	readonly texts: readonly Mistake[];
	readonly keyed: readonly Mistake[];
}

export function mistakesFor(given: MistakeContext): KnownMistakes {
	const { signed, amountField, zone } = given;
	const times = timeFormats(zone);
	const inFields = signed.flatMap((name) =>
		[
			...valueChanges,
			...cleanedTexts,
			...(name === amountField ? amountFormats : []),
			...times,
		].map((change) => inOneValue(change, name)),
	);
	return {
		common: [
			...listMistakes(given),
			...textMistakes,
			...valueChanges.map(inEveryValue),
			...jsonValueMistakes(given),
			...referenceMistakes(given),
			...keyMistakes(given),
			...hashMistakes,
			...bodyMistakes(given),
			...missingFieldMistakes(given, 1),
		],
		numerous: [
			...cleanedTexts.map(inEveryValue),
			...inFields,
			...missingFieldMistakes(given, 2, 3),
			...fewFieldMistakes(given),
		],
		hashes: usualHashMistakes,
		rare: [
			...placeMistakes(given),
			...rareListMistakes(given),
			...rareTextMistakes,
			...keyPlaceMistakes,
			...rareKeyMistakes,
			...cutKeyMistakes(given),
			...cutMistakes(given),
		],
		texts: gatewayTexts(given),
		keyed: [...hashMistakes, ...keyPlaceMistakes],
	};
}
