import { differences } from '../order/state.ts';
import type { CaseRun } from './case.ts';
import type { CheckContext } from './check-context.ts';
import type { ReceiverTraits } from './run-case.ts';

/**
 * Where orders are scarce, one about which everything was refused, and which looks as before once
 * the receiver has come to rest, is as good as new: another case may have it. What was seen of it
 * by then stands, since later looks would show what became of it there.
 */
export async function giveBack(
	run: CaseRun,
	{ orders, probe, signal }: CheckContext,
	{ isVolatile }: ReceiverTraits,
): Promise<CaseRun> {
	const { before, order, steps } = run;
	if (!orders.isScarce || !order.known || steps.length === 0 || !steps.every(isRefused)) return run;
	if (probe === undefined) {
		orders.giveBack(order);
		return run;
	}
	if (before === undefined) return run;
	const final = await probe.settled(order, before, isVolatile, true, signal).catch(() => undefined);
	const isNew = final !== undefined && final.kind !== 'unreadable';
	if (!isNew || differences(before, final, () => false).length > 0) return run;
	orders.giveBack(order);
	return { ...run, final, isOver: true };
}

const isRefused = ({ results }: CaseRun['steps'][number]): boolean =>
	results.length > 0 &&
	results.every(({ outcome }) => outcome.kind === 'answered' && outcome.status >= 400);
