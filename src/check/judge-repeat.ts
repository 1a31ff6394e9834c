import { differenceText } from '../order/state.ts';
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
	if (more.length > 0)
		return failed(`${about}: a second effect: ${more.slice(0, 3).map(differenceText).join(', ')}`);
	return learned.counted
		? passed(`${about}: one effect${leftOutText(learned)}`)
		: inconclusive(`${about}: the probe shows nothing that could be counted`);
}

const isTaken = (status: number): boolean => status >= 200 && status < 300;
