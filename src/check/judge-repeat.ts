import { absent, type Difference, differences, differenceText } from '../order/state.ts';
import { answerTo } from './answer-to.ts';
import type { CaseRun } from './case.ts';
import { effectsSeen, isLike } from './effects-seen.ts';
import { type Finding, failed, inconclusive, passed, warned } from './finding.ts';
import { judgeStateOf } from './judge-case.ts';
import type { LearnedEffects } from './learned-effects.ts';
import { leftOutText } from './left-out.ts';
import { moreThanOnce } from './more-than-once.ts';

export function judgeRetry(run: CaseRun, learned: LearnedEffects): Finding {
	const state = judgeStateOf(run, 'success', learned, 'the retry');
	if (state === undefined)
		return inconclusive('whether the retry was handled cannot be seen without a probe');
	if (state.verdict !== 'failed') return state;
	const first = answerTo(run, 0)?.status ?? 0;
	if (!isTaken(answerTo(run, 1)?.status ?? 0))
		return failed('the repetition, when the order was stored, was not acknowledged');
	return isTaken(first)
		? warned(
				`the first delivery was answered ${first} before the order was stored, and the repetition does nothing`,
			)
		: failed(
				'the first delivery was refused because the order was not stored yet; its repetition was acknowledged and does nothing',
			);
}

/**
 * Money that came in is not dropped in silence. That it pays the order is another matter: a shop
 * may give each attempt an order number of its own.
 */
export function judgeSecondAttempt(run: CaseRun, learned: LearnedEffects): Finding {
	const { about } = run.case;
	const state = judgeStateOf(run, 'success', learned);
	const { status = 0 } = answerTo(run, -1) ?? {};
	const own = 'right only where each attempt has an order number of its own';
	if (status >= 400 && status < 500) return warned(`${about}: answered ${status}: ${own}`);
	if (status === 0 || status >= 500) return failed(`${about}: ${status || 'no answer'}`);
	if (state === undefined)
		return inconclusive(`${about}: whether it was paid cannot be seen without a probe`);
	if (state.verdict !== 'failed') return state;
	const [first] = run.steps;
	const kept = differences(first?.after ?? absent, run.final ?? absent, learned.isVolatile);
	return kept.length > 0
		? warned(`${about}: not paid, though it shows (${list(kept)}): ${own}`)
		: failed(`${about}: acknowledged, and nothing happened to the order: ${own}`);
}

/** Where the second payment is kept, a list may grow; goods and sums may not. */
export function judgeSecond(
	{ case: { about }, before, steps, final, order }: CaseRun,
	learned: LearnedEffects,
): Finding {
	const first = steps[0]?.after;
	if (before === undefined || first === undefined || final === undefined)
		return inconclusive(`${about}: whether it had an effect cannot be seen without a probe`);
	if (!isLike(learned.success, effectsSeen(learned.success, before, first)))
		return inconclusive(`${about}: the success before it did not show`);
	const more = moreThanOnce(learned, order.amount, final).filter(
		(difference) => difference.before !== undefined,
	);
	if (more.length > 0) return failed(`${about}: a second effect: ${list(more)}`);
	return learned.counted
		? passed(`${about}: one effect${leftOutText(learned)}`)
		: inconclusive(`${about}: the probe shows nothing that could be counted`);
}

const list = (all: readonly Difference[]) => all.slice(0, 3).map(differenceText).join(', ');

const isTaken = (status: number): boolean => status >= 200 && status < 300;
