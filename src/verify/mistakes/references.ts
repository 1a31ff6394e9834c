import type { Mistake, MistakeContext } from '../mistake.ts';
import { type Recipe, textAt } from '../recipe.ts';
import { isFieldList, withParts } from './change.ts';

/** The signature of another order, or one over another field than the reference. */
export function referenceMistakes(given: MistakeContext): Mistake[] {
	const { values, referenceField, otherReferences } = given;
	const right = `sign the ${referenceField} of this callback`;
	const over = (recipe: Recipe, text: string) =>
		withParts(
			recipe,
			recipe.parts.map((part) => (part.name === referenceField ? { ...part, text } : part)),
		);
	return [
		...otherReferences.map(
			(reference): Mistake => ({
				code: 'other-reference',
				said: `for another order (${reference})`,
				php: right,
				js: right,
				apply: (recipe) => over(recipe, reference),
			}),
		),
		...['undefined', 'null', 'None'].map(
			(nothing): Mistake => ({
				code: 'reference-unread',
				said: `with the word ${nothing} for ${referenceField}, which was not found where it was looked for`,
				php: `read ${referenceField} where it stands, envelope and all`,
				js: `read ${referenceField} where it stands, envelope and all`,
				apply: (recipe) => (isFieldList(recipe) ? undefined : over(recipe, nothing)),
			}),
		),
		// Documented fields only: how many others a sender adds must not decide how long the search
		// takes.
		...given.documentedOrder
			.filter((field) => field !== referenceField && Object.hasOwn(values, field))
			.map(
				(field): Mistake => ({
					code: 'wrong-reference-field',
					said: `over ${field} in place of ${referenceField}`,
					php: right,
					js: right,
					apply: (recipe) =>
						isFieldList(recipe) ? undefined : over(recipe, textAt(values, field)),
				}),
			),
	];
}
