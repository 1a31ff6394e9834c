import { named } from '../model/words.ts';
import { type Difference, differences, differenceText, isMoment } from '../order/state.ts';
import type { CaseRun } from './case.ts';
import { effectsSeen, isLike, isOpen, isStateName } from './effects-seen.ts';
import { type Finding, failed, inconclusive, passed, skipped } from './finding.ts';
import { answerOf } from './judge-case.ts';
import type { LearnedEffects } from './learned-effects.ts';
import { refundsSeen } from './more-than-once.ts';
import { observedEffects } from './observe-case.ts';
import { bare } from './observed-effect.ts';
import type { Subject } from './subject.ts';

const unseen = `whether the order is right cannot be seen without ${named('probeUrl')} or ${named('probeCommand')}`;

const list = (all: readonly Difference[]) => all.slice(0, 3).map(differenceText).join(', ');

/** Booked as failed: not as still under way, and not with the ids alone. */
export function judgeFailureBooked(
	run: CaseRun,
	learned: LearnedEffects,
	subject: Subject,
): Finding {
	const { about } = run.case;
	const { before, final } = run;
	if (before === undefined || final === undefined) return inconclusive(`${about}: ${unseen}`);
	if (answerOf(run, subject).verdict === 'failed')
		return inconclusive(`${about}: it is not acknowledged, see genuine-failure`);
	const changed = differences(before, final, learned.isVolatile);
	if (changed.length === 0)
		return failed(`${about}: acknowledged, and nothing happened to the order`);
	const [observed] = observedEffects(run, subject.provider.lifecycle?.outcomeFields ?? []);
	const isCopy = ({ after }: Difference) =>
		after === undefined || isMoment(after) || observed?.echoes.has(bare(after)) === true;
	if (changed.every(isCopy))
		return failed(`${about}: it was noted, and not that it failed: ${list(changed)}`);
	const words = changed.filter(({ path }) => isStateName(path));
	return words.length > 0 && words.every(({ after = '' }) => isOpen(bare(after)))
		? failed(`${about}: booked as still open: ${list(words)}`)
		: passed(`${about}: ${list(changed)}`);
}

/** What was given back after a failure must not be delivered as well. */
export function judgeRefunded(run: CaseRun, learned: LearnedEffects): Finding {
	const { about } = run.case;
	const { before, final } = run;
	const failure = run.steps[0]?.after;
	if (before === undefined || failure === undefined || final === undefined)
		return inconclusive(`${about}: ${unseen}`);
	if (refundsSeen(learned, before, failure).length === 0)
		return skipped(`${about}: no refund shows after the failure`);
	const kept = refundsSeen(learned, before, final).filter(({ by, once }) => by === once);
	const delivered = effectsSeen(learned.success, before, final);
	const { counts } = learned;
	const isDelivered =
		isLike(learned.success, delivered) || delivered.some(({ path }) => counts.has(path));
	return kept.length > 0 && isDelivered
		? failed(
				`${about}: refunded (${kept.map(({ path, by }) => `${path} moved by ${by}`).join(', ')}) and delivered: ${list(delivered)}`,
			)
		: passed(`${about}: refunded, and not delivered as well`);
}

/** However often a failure is told, the money goes back once. */
export function judgeRefundedOnce(run: CaseRun, learned: LearnedEffects): Finding {
	const { about } = run.case;
	const { before, final } = run;
	if (before === undefined || final === undefined) return inconclusive(`${about}: ${unseen}`);
	const seen = refundsSeen(learned, before, final);
	if (seen.length === 0) return skipped(`${about}: no refund shows after a failure`);
	const off = seen.filter(({ by, once }) => Math.abs(by) > Math.abs(once) + 1e-6);
	return off.length === 0
		? passed(`${about}: refunded once`)
		: failed(
				`${about}: refunded more than once: ${off.map(({ path, by, once }) => `${path} moved by ${by}, not ${once}`).join(', ')}`,
			);
}
