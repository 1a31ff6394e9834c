import { jsonIn } from '../model/json-in.ts';
import type { StepFailure } from '../model/run-event.ts';
import { isLossless, isObject, type Value } from '../model/value.ts';
import { jsonOf, textOf } from '../model/value-text.ts';
import { mismatches } from './matching.ts';

const shown = 200;

/**
 * A text against `contains`, `matches`, `equals`; a plain value means the whole text.
 * @param what as a person says it: `body`, `header content-type`
 */
export function textFailures(
	kind: string,
	what: string,
	rules: Value,
	text: string | undefined,
): StepFailure[] {
	const fail = (expected: string): StepFailure => ({
		kind,
		expected: `${what} ${expected}`,
		got: said(text),
	});
	if (!isObject(rules)) return text?.trim() === textOf(rules) ? [] : [fail(jsonOf(rules))];
	const { contains, matches, equals } = rules as Readonly<Record<string, Value>>;
	return [
		...listOf(contains)
			.filter((part) => text?.includes(part) !== true)
			.map((part) => fail(`that contains ${jsonOf(part)}`)),
		...listOf(matches).flatMap((pattern) => {
			const matched = matchOf(pattern, text);
			if (matched === 'no pattern')
				return [{ kind, expected: `${what} that matches a pattern`, got: `/${pattern}/ is none` }];
			return matched ? [] : [fail(`that matches /${pattern}/`)];
		}),
		...(equals === undefined ? [] : unequal(kind, what, equals, text)),
	];
}

function unequal(
	kind: string,
	what: string,
	equals: Value,
	text: string | undefined,
): StepFailure[] {
	const json = text === undefined ? undefined : jsonIn(text);
	if (typeof equals !== 'object' || equals === null || isLossless(equals)) {
		const isSame =
			typeof equals === 'string' ? text?.trim() === equals : mismatches(equals, json).length === 0;
		return isSame ? [] : [{ kind, expected: `${what} ${jsonOf(equals)}`, got: said(text) }];
	}
	if (json === undefined)
		return [{ kind, expected: `${what} with ${jsonOf(equals)}`, got: `no JSON: ${said(text)}` }];
	return mismatches(equals, json).map(({ path, expected, got }) => ({
		kind,
		expected: `${what} ${path === '' ? '' : `${path}: `}${expected}`,
		got,
	}));
}

/** A pattern that is made of values may turn out to be none. */
function matchOf(pattern: string, text: string | undefined): boolean | 'no pattern' {
	try {
		return text !== undefined && new RegExp(pattern, 'su').test(text);
	} catch {
		return 'no pattern';
	}
}

const listOf = (value: Value | undefined): string[] =>
	value === undefined ? [] : [value].flat().map((one) => textOf(one as Value));

function said(text: string | undefined): string {
	if (text === undefined) return '(none)';
	return text.length > shown ? `${jsonOf(text.slice(0, shown))}…` : jsonOf(text);
}
