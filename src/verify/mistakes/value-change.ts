import type { Mistake } from '../mistake.ts';
import { mapText, mapTexts } from './change.ts';

/** One thing that is done to a value on its way into the signed text. */
export interface ValueChange {
	readonly code: string;
	/** What was done to the value, as in "trimmed": the end of a sentence about it. */
	readonly how: string;
	/** What is right, in PHP and in JavaScript. */
	readonly php: string;
	readonly js?: string | undefined;
	change(text: string): string;
}

/** Done to all values, as middleware does it. */
export const inEveryValue = ({ code, how, php, js = php, change }: ValueChange): Mistake => ({
	code,
	said: `with the values ${how}`,
	php,
	js,
	apply: (recipe) => mapTexts(recipe, change),
});

/** Done to a single value: one field that was cast or cleaned, the others as they came. */
export const inOneValue = ({ code, how, change }: ValueChange, name: string): Mistake => ({
	code,
	said: `with ${name} ${how}`,
	php: `sign $payload["${name}"] as the string it came`,
	js: `sign payload.${name} as the string it came`,
	apply: (recipe) => mapText(recipe, name, change),
});
