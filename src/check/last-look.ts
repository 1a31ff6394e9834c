import type { State } from '../order/state.ts';
import type { CaseRun } from './case.ts';
import type { CheckContext } from './check-context.ts';

const unseen: State = { kind: 'unreadable', why: 'stopped before the last look' };

/**
 * How an order looks now; an earlier look where the receiver is gone, or has lost it.
 * @param hasRestarted what the receiver kept in memory is lost
 */
export async function lookOnceMore(
	run: CaseRun,
	{ probe }: CheckContext,
	hasRestarted = false,
): Promise<CaseRun> {
	if (probe === undefined || run.isOver === true) return run;
	if (run.trouble !== undefined || run.steps.length === 0) return run;
	const seen = run.final ?? run.steps.at(-1)?.after;
	// Stopped by the user: what was seen before is what there is.
	const now = await probe.read(run.order).catch(() => seen ?? unseen);
	const isLost = hasRestarted && now.kind === 'absent' && seen?.kind === 'shown';
	const known = isLost ? seen : now;
	return { ...run, final: now.kind === 'unreadable' ? (run.final ?? now) : known };
}
