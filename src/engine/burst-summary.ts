import { BurstTally } from '../burst/burst-tally.ts';
import type { Load } from '../burst/flood-plan.ts';
import type { BurstSummaryEvent } from '../model/contract/burst.ts';
import { exitCodeOf } from '../model/exit-code.ts';
import { instantText } from '../model/instant.ts';
import type { PreparedBurst } from './prepare-burst.ts';

export const countsOf = ({
	sent,
	acknowledged,
	refused,
	failed,
	attempts,
	answers,
}: BurstTally) => ({ sent, acknowledged, refused, failed, attempts, answers });

/** @param load undefined where nothing was begun */
export function summaryOf(
	{ run, seed, now, composed, plan }: PreparedBurst,
	load: Load | undefined,
	signal: AbortSignal,
): BurstSummaryEvent {
	const [first] = composed;
	if (first === undefined) throw new Error('a burst has an event');
	const tally = load?.tally ?? new BurstTally();
	const { tookMs, notSent } = load ?? { tookMs: 0, notSent: plan.places.total };
	return {
		v: 1,
		type: 'summary',
		run,
		events: composed.map(({ event }) => event.id),
		target: first.target,
		seed,
		now: instantText(now),
		...countsOf(tally),
		notSent: Number.isFinite(notSent) ? notSent : 0,
		challenges: tally.challenges,
		endings: Object.fromEntries(tally.endings()),
		perSecond: tookMs === 0 ? 0 : Math.round((tally.answers * 1_000) / tookMs),
		latencyMs: tally.latencies(),
		throughput: { spanMs: tally.throughput.span, perSecond: tally.throughput.perSecond() },
		tookMs: Math.round(tookMs),
		exitCode: exitCodeOf({
			signal,
			isUnreached: !tally.isReached,
			isFailed: tally.acknowledged < tally.sent,
		}),
	};
}
