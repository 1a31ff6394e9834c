import { jsonIn } from '../model/json-in.ts';
import type { StepFailure } from '../model/run-event.ts';
import type { ProbeFile } from '../model/scenario.ts';
import type { Value } from '../model/value.ts';
import { jsonOf } from '../model/value-text.ts';
import { type Difference, differenceText, leavesOf, type State } from '../order/state.ts';
import { mismatches, valueIn } from './matching.ts';

/** What of a probe's rules does not hold. @param before undefined where it was not read */
export function probeFailures(
	rules: ProbeFile,
	before: State | undefined,
	after: State,
): StepFailure[] {
	const unreadable = [before, after].find((state) => state?.kind === 'unreadable');
	if (unreadable?.kind === 'unreadable')
		return [{ kind: 'probe', expected: 'a state that can be read', got: unreadable.why }];
	return [
		...(rules.before === undefined || before === undefined
			? []
			: unequal('before the step, ', rules.before as Value, before)),
		...(rules.equals === undefined ? [] : unequal('', rules.equals as Value, after)),
		...(rules.changed === undefined || before === undefined
			? []
			: changedProblems(rules.changed, before, after, rules)),
		...(rules.unchanged === undefined || before === undefined
			? []
			: moved(rules.unchanged, before, after, rules)),
	];
}

/** The state as a value; undefined where there is none. */
export function stateValue(state: State | undefined): Value | undefined {
	if (state?.kind !== 'shown') return undefined;
	return jsonIn(state.text) ?? state.text;
}

function unequal(when: string, expected: Value, state: State): StepFailure[] {
	if (
		state.kind === 'absent' &&
		(expected === null || (Array.isArray(expected) && expected.length === 0))
	)
		return [];
	return mismatches(expected, stateValue(state)).map((one) => ({
		kind: 'probe',
		expected: `${when}${one.path === '' ? 'the state' : one.path}: ${one.expected}`,
		got: one.got,
	}));
}

type Paths = string | string[] | true;

function changedProblems(
	paths: Paths,
	before: State,
	after: State,
	rules: ProbeFile,
): StepFailure[] {
	if (paths === true) {
		if (changes(before, after, rules).length > 0) return [];
		return [{ kind: 'probe', expected: 'a change of the state', got: 'none' }];
	}
	return [paths].flat().flatMap((path) => {
		const [was, is] = [at(before, path), at(after, path)];
		return was === is
			? [{ kind: 'probe', expected: `${path}: a change`, got: `${is} as before` }]
			: [];
	});
}

function moved(paths: Paths, before: State, after: State, rules: ProbeFile): StepFailure[] {
	if (paths === true) {
		// Of an order that nobody knows there is nothing to see, unless that is what is expected.
		if (before.kind === 'absent' && after.kind === 'absent' && rules.equals !== null)
			return [{ kind: 'probe', expected: 'a state that stays', got: absent }];
		return changes(before, after, rules).map((difference) => ({
			kind: 'probe',
			expected: 'the state as before',
			got: differenceText(difference),
		}));
	}
	return [paths].flat().flatMap((path) => {
		const [was, is] = [at(before, path), at(after, path)];
		if (was === is && was !== absent) return [];
		const expected = was === absent ? `${path}: a value that stays` : `${path}: ${was} as before`;
		return [{ kind: 'probe', expected, got: is }];
	});
}

const absent = '(absent)';

function at(state: State, path: string): string {
	const value = valueIn(stateValue(state), path);
	return value === undefined ? absent : jsonOf(value);
}

/** When an order was last touched says nothing of what was done to it; everything else counts. */
const touched =
	/(^|\.)(updated|modified|last_?(seen|change|changed|update|updated|modified))_?(at|on|time)?$/i;

function changes(before: State, after: State, { ignore }: ProbeFile): Difference[] {
	const names = [ignore ?? []].flat();
	const isIgnored = (path: string) =>
		touched.test(path) || names.some((name) => `.${path}.`.includes(`.${name}.`));
	const [was, is] = [leavesOf(before), leavesOf(after)];
	return [...new Set([...was.keys(), ...is.keys()])]
		.filter((path) => was.get(path) !== is.get(path) && !isIgnored(path))
		.map((path) => ({ path, before: was.get(path), after: is.get(path) }));
}
