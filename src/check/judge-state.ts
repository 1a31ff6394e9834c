import {
	type Difference,
	differences,
	differenceText,
	isMoment,
	leavesOf,
	namesDeliveries,
	type State,
} from '../order/state.ts';
import { effectsSeen, isLike, isStateName, stillHas } from './effects-seen.ts';
import { type Finding, failed, inconclusive, passed, warned } from './finding.ts';
import type { LearnedEffects } from './learned-effects.ts';
import { leftOutText } from './left-out.ts';
import { moreThanOnce } from './more-than-once.ts';
import type { StateWanted } from './wanted.ts';

export interface Looks {
	readonly before: State;
	/** After the first step. */
	readonly first: State | undefined;
	/** Before the last step. */
	readonly last: State;
	readonly final: State;
	/** What the order costs. */
	readonly amount: string;
	/** What was sent, for the sentence. */
	readonly about: string;
}

const most = 3;

/** What a forgery did that settled nothing. */
export const changedTheOrder = 'it changed the order';

/** What a report did that was taken for another one. */
export const settledAs = 'the order is as after';

/** Why an order tells nothing where no success shows. */
export const nothingSeen =
	'not even a genuine success changes what the probe shows, so nothing can be told from it';

/** Whether an order came to look as it should. */
export function judgeState(wanted: StateWanted, looks: Looks, learned: LearnedEffects): Finding {
	const { before, first, last, final, amount, about } = looks;
	const unclear = undecidable(wanted, looks, learned);
	if (unclear !== undefined) return inconclusive(`${about}: ${unclear}`);
	const changed = differences(before, final, learned.isVolatile);
	const success = effectsSeen(learned.success, before, final);
	const failure = effectsSeen(learned.failure, before, final);
	switch (wanted) {
		case 'success':
			if (isLike(learned.success, success)) return passed(`${about}: ${list(success)}`);
			if (changed.length === 0)
				return failed(`${about}: acknowledged, and nothing happened to the order`);
			return failed(`${about}: the order is not as after a success: ${list(changed)}`);
		case 'not-success':
			return judgeUnlike(learned.success, success, 'a success', about);
		case 'not-failure':
			return judgeUnlike(learned.failure, failure, 'a failure', about);
		case 'undecided': {
			const settled = judgeUnlike(learned.success, success, 'a success', about);
			return settled.verdict === 'passed'
				? judgeUnlike(learned.failure, failure, 'a failure', about)
				: settled;
		}
		case 'unchanged': {
			const since = differences(last, final, learned.isVolatile);
			if (since.length === 0) return passed(`${about}: the order is as before`);
			const settled = effectsSeen(learned.success, last, final);
			if (isLike(learned.success, settled))
				return failed(`${about}: the order is as after a success: ${list(settled)}`);
			const written = since.filter((one) => !isNote(one, learned));
			return written.length > 0
				? failed(`${about}: ${changedTheOrder}: ${list(written)}`)
				: warned(`${about}: it was noted on the order: ${list(since)}`);
		}
		case 'changed':
			return changed.length > 0
				? passed(`${about}: ${list(changed)}`)
				: failed(`${about}: acknowledged, and nothing happened to the order`);
		case 'as-after-first': {
			const since = first ?? before;
			const again = [
				...differences(since, final, learned.isVolatile),
				...recounted(learned, since, final),
			];
			if (again.length > 0)
				return failed(`${about}: the repetition had an effect of its own: ${list(again)}`);
			return learned.counted
				? passed(`${about}: one effect${leftOutText(learned)}`)
				: inconclusive(`${about}: ${uncounted}`);
		}
		case 'one-success': {
			if (!isLike(learned.success, success))
				return failed(`${about}: acknowledged, and the order is not as after a success`);
			const off = [...learned.success].filter((effect) => !stillHas(effect, final));
			const more = off.map(([path, value]) => ({
				path,
				before: value,
				after: leavesOf(final).get(path),
			}));
			const wrong = onePerPath([...more, ...moreThanOnce(learned, amount, final)]);
			if (wrong.length > 0) return failed(`${about}: not what one success does: ${list(wrong)}`);
			return learned.counted
				? passed(`${about}: one effect${leftOutText(learned)}`)
				: inconclusive(`${about}: ${uncounted}`);
		}
		case 'still-success':
		case 'no-longer-success': {
			const had = first === undefined ? [] : effectsSeen(learned.success, before, first);
			const lost = had.filter(
				({ path }) => !stillHas([path, learned.success.get(path) ?? ''], final),
			);
			const now = lost.map(({ path, after }) => ({
				path,
				before: after,
				after: leavesOf(final).get(path),
			}));
			const isUndone = lost.length === had.length || lost.some(({ path }) => isStateName(path));
			if (wanted === 'no-longer-success')
				return isUndone
					? passed(`${about}: the success was taken back`)
					: failed(`${about}: the order still looks like a success: ${list(had)}`);
			if (lost.length === 0) return passed(`${about}: the success stayed one`);
			return isUndone
				? failed(`${about}: the success was undone: ${list(now)}`)
				: warned(`${about}: not all of the success stayed: ${list(now)}`);
		}
		default:
			return wanted satisfies never;
	}
}

/** When somebody last came says nothing of an outcome. */
function isNote({ path, after }: Difference, { success, failure }: LearnedEffects): boolean {
	return after !== undefined && isMoment(after) && !success.has(path) && !failure.has(path);
}

const onePerPath = (all: readonly Difference[]): Difference[] => [
	...new Map(all.map((one) => [one.path, one])).values(),
];

/** Counts of what one success does, whose names alone would keep them from being compared. */
function recounted({ counts }: LearnedEffects, since: State, final: State): Difference[] {
	const was = leavesOf(since);
	const is = leavesOf(final);
	return [...counts.keys()]
		.filter((path) => namesDeliveries(path) && was.get(path) !== is.get(path))
		.map((path) => ({ path, before: was.get(path), after: is.get(path) }));
}

const list = (all: readonly Difference[]) => all.slice(0, most).map(differenceText).join(', ');

const uncounted =
	'the probe shows the state, but no count or sum by which a second effect could be told from the first';

/** Why the looks do not decide it. */
function undecidable(
	wanted: StateWanted,
	{ before, first, final }: Looks,
	learned: LearnedEffects,
): string | undefined {
	for (const state of [before, first, final])
		if (state?.kind === 'unreadable') return `the probe could not be read: ${state.why}`;
	if (wanted === 'changed') return undefined;
	if (!learned.visible) return nothingSeen;
	const needs = {
		success: learned.success,
		'not-success': learned.success,
		'one-success': learned.success,
		'not-failure': learned.failure,
		undecided: learned.success,
	};
	if (wanted in needs && needs[wanted as keyof typeof needs].size === 0)
		return `what a ${wanted === 'not-failure' ? 'failure' : 'success'} looks like could not be told from the probe`;
	if (
		wanted === 'as-after-first' &&
		(first === undefined || differences(before, first, learned.isVolatile).length === 0)
	)
		return 'the first one changed nothing that the probe shows';
	const hadNone =
		first === undefined || !isLike(learned.success, effectsSeen(learned.success, before, first));
	if ((wanted === 'still-success' || wanted === 'no-longer-success') && hadNone)
		return 'the success before it did not show';
	return undefined;
}

/** All of the effects, or the state's own word: as after that. Some of them: worth knowing. */
function judgeUnlike(
	effects: LearnedEffects['success'],
	seen: readonly Difference[],
	what: string,
	about: string,
): Finding {
	if (seen.length === 0) return passed(`${about}: not taken for ${what}`);
	if (isLike(effects, seen)) return failed(`${about}: ${settledAs} ${what}: ${list(seen)}`);
	return warned(`${about}: the order has something of ${what}: ${list(seen)}`);
}
