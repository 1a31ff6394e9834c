import { type Finding, failed, inconclusive, passed, warned } from './finding.ts';
import { bears, type Lesson, wrongSums } from './lesson.ts';
import type { StateWanted } from './rule.ts';
import { differences, leavesOf, type State, told } from './state.ts';

export interface Looks {
	readonly before: State;
	/** After the first step. */
	readonly first: State | undefined;
	readonly final: State;
	/** What the order costs. */
	readonly amount: string;
	/** What was sent, for the sentence. */
	readonly about: string;
}

const most = 3;

/** Whether an order came to look as it should. */
export function judgeState(wanted: StateWanted, looks: Looks, lesson: Lesson): Finding {
	const { before, first, final, amount, about } = looks;
	for (const state of [before, final])
		if (state.kind === 'unreadable') return inconclusive(`${about}: the probe could not be read: ${state.why}`);
	if (!lesson.visible && wanted !== 'changed')
		return inconclusive(
			`${about}: not even a genuine success changes what the probe shows, so nothing can be told from it`,
		);
	const changed = differences(before, final, lesson.isVolatile);
	const list = (all: typeof changed) => all.slice(0, most).map(told).join(', ');
	const success = bears(lesson.success, before, final);
	const failure = bears(lesson.failure, before, final);
	switch (wanted) {
		case 'success':
			if (success.length > 0) return passed(`${about}: ${list(success)}`);
			if (changed.length === 0) return failed(`${about}: acknowledged, and nothing happened to the order`);
			return failed(`${about}: the order is not as after a success: ${list(changed)}`);
		case 'not-success':
			return success.length === 0
				? passed(`${about}: not taken for a success`)
				: failed(`${about}: the order is as after a success: ${list(success)}`);
		case 'not-failure':
			return failure.length === 0
				? passed(`${about}: not taken for a failure`)
				: failed(`${about}: the order is as after a failure: ${list(failure)}`);
		case 'unchanged':
			if (changed.length === 0) return passed(`${about}: the order is as before`);
			if (success.length > 0) return failed(`${about}: the order is as after a success: ${list(success)}`);
			return warned(`${about}: it changed the order: ${list(changed)}`);
		case 'changed':
			return changed.length > 0
				? passed(`${about}: ${list(changed)}`)
				: failed(`${about}: acknowledged, and nothing happened to the order`);
		case 'as-after-first': {
			if (first === undefined || differences(before, first, lesson.isVolatile).length === 0)
				return inconclusive(`${about}: the first one changed nothing that the probe shows`);
			const again = differences(first, final, lesson.isVolatile);
			return again.length === 0
				? passed(`${about}: one effect`)
				: failed(`${about}: the repetition had an effect of its own: ${list(again)}`);
		}
		case 'one-success': {
			if (success.length === 0) return failed(`${about}: acknowledged, and the order is not as after a success`);
			const off = [...lesson.success].filter(([path, value]) => leavesOf(final).get(path) !== value);
			const more = off.map(([path, value]) => ({ path, before: value, after: leavesOf(final).get(path) }));
			const wrong = [...more, ...wrongSums(lesson.sums, amount, final)];
			return wrong.length === 0
				? passed(`${about}: one effect`)
				: failed(`${about}: not what one success does: ${list(wrong)}`);
		}
		case 'still-success': {
			const had = first === undefined ? [] : bears(lesson.success, before, first);
			if (had.length === 0) return inconclusive(`${about}: the success before it did not show`);
			const lost = had.filter(({ path, after }) => leavesOf(final).get(path) !== after);
			const now = lost.map(({ path, after }) => ({ path, before: after, after: leavesOf(final).get(path) }));
			return lost.length === 0
				? passed(`${about}: the success stayed one`)
				: failed(`${about}: the success was undone: ${list(now)}`);
		}
		case 'no-longer-success': {
			const had = first === undefined ? [] : bears(lesson.success, before, first);
			if (had.length === 0) return inconclusive(`${about}: the success before it did not show`);
			const kept = had.every(({ path, after }) => leavesOf(final).get(path) === after);
			return kept
				? failed(`${about}: the order still looks like a success: ${list(had)}`)
				: passed(`${about}: the success was taken back`);
		}
		default:
			return wanted satisfies never;
	}
}
