import type { StepFailure } from '../model/run-event.ts';
import { isLossless, isObject, type Value } from '../model/value.ts';
import { jsonOf, textOf } from '../model/value-text.ts';
import { jsonIn } from './json-in.ts';
import { mismatches } from './matching.ts';

const shown = 200;

/**
 * A text against `contains`, `matches`, `equals`; a plain value means the whole text.
 *
 * @param what as a person says it: `body`, `header content-type`
 */
export function textFailures(kind: string, what: string, rules: Value, text: string | undefined): StepFailure[] {
	const fail = (expected: string): StepFailure => ({ kind, expected: `${what} ${expected}`, got: said(text) });
	if (!isObject(rules)) return text?.trim() === textOf(rules) ? [] : [fail(jsonOf(rules))];
	const { contains, matches, equals } = rules as Readonly<Record<string, Value>>;
	return [
		...listOf(contains)
			.filter((part) => text?.includes(part) !== true)
			.map((part) => fail(`that contains ${jsonOf(part)}`)),
		...listOf(matches)
			.filter((pattern) => text === undefined || !new RegExp(pattern, 'su').test(text))
			.map((pattern) => fail(`that matches /${pattern}/`)),
		...(equals === undefined ? [] : unequal(kind, what, equals, text)),
	];
}

function unequal(kind: string, what: string, equals: Value, text: string | undefined): StepFailure[] {
	const isWhole = typeof equals !== 'object' || equals === null || isLossless(equals);
	if (isWhole) {
		if (text?.trim() === textOf(equals)) return [];
		return [{ kind, expected: `${what} ${jsonOf(equals)}`, got: said(text) }];
	}
	const json = text === undefined ? undefined : jsonIn(text);
	if (json === undefined) return [{ kind, expected: `${what} with ${jsonOf(equals)}`, got: `no JSON: ${said(text)}` }];
	return mismatches(equals, json).map(({ path, expected, got }) => ({
		kind,
		expected: `${what} ${path === '' ? '' : `${path}: `}${expected}`,
		got,
	}));
}

const listOf = (value: Value | undefined): string[] =>
	value === undefined ? [] : [value].flat().map((one) => textOf(one as Value));

function said(text: string | undefined): string {
	if (text === undefined) return '(none)';
	return text.length > shown ? `${jsonOf(text.slice(0, shown))}…` : jsonOf(text);
}
