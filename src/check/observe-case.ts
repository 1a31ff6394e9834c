import { isObject, type Value } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';
import type { CaseRun } from './case.ts';
import type { ObservedEffect } from './observed-effect.ts';

/**
 * What a case did to its order, to learn from.
 * @param outcomeFields by whose value a receiver may know the outcome
 */
export function observedEffects(run: CaseRun, outcomeFields: readonly string[]): ObservedEffect[] {
	const { before, final, order, steps } = run;
	const [step] = steps;
	if (before === undefined || final === undefined || step === undefined) return [];
	const sent = textsIn(step.values);
	const texts = (isOutcome: boolean) =>
		new Set(
			sent.filter(([path]) => outcomeFields.includes(path) === isOutcome).map(([, text]) => text),
		);
	// A single character may equal anything by chance.
	const echoes = new Set([...texts(false)].filter((text) => text.length > 1));
	return [{ before, after: final, amount: order.amount, echoes, outcomes: texts(true) }];
}

/** Every value that was sent, as text, with its path. */
function textsIn(value: Value, path = ''): (readonly [string, string])[] {
	if (isObject(value)) {
		return Object.entries(value).flatMap(([key, inner]) =>
			textsIn(inner, path === '' ? key : `${path}.${key}`),
		);
	}
	return value === null ? [] : [[path, textOf(value)]];
}
