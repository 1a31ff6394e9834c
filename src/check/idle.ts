import { differences } from '../order/state.ts';
import { answerTo } from './answer-to.ts';
import type { CaseRun, RuleCase } from './case.ts';
import type { CheckContext } from './check-context.ts';
import { type ReceiverTraits, runCase } from './run-case.ts';

/** Looks at the order until a callback that was accepted has had its effect, or has none. */
export async function comeToRest(
	run: CaseRun,
	{ probe, signal }: CheckContext,
	{ isVolatile, late }: ReceiverTraits,
): Promise<CaseRun> {
	const { before, order } = run;
	if (probe === undefined || before === undefined || (answerTo(run)?.status ?? 500) >= 400)
		return run;
	return { ...run, final: await probe.settled(order, before, isVolatile, late, signal) };
}

/** It changed nothing that could be seen; false where nothing can be seen. */
export function hasStayed(
	{ before, final, order }: CaseRun,
	{ isVolatile }: ReceiverTraits,
): boolean {
	if (before === undefined || final === undefined || !order.known) return false;
	return differences(before, final, isVolatile).length === 0;
}

export async function isIdle(
	run: CaseRun,
	context: CheckContext,
	traits: ReceiverTraits,
): Promise<boolean> {
	return hasStayed(await comeToRest(run, context, traits), traits);
}

/**
 * Whether a callback was acknowledged without being read: it changed nothing, and signed with
 * another key it is acknowledged as well. Who refuses that has read it, and ignores it for another
 * reason.
 */
export async function isUnread(
	run: CaseRun,
	context: CheckContext,
	traits: ReceiverTraits,
): Promise<boolean> {
	const [step] = run.steps;
	const { signature } = context.subject;
	if (step === undefined || signature === 'none' || signature === 'digest') return false;
	if (!(await isIdle(run, context, traits))) return false;
	const { event, shaping } = step.step;
	const given: RuleCase = {
		about: 'another key',
		steps: [{ event, shaping: { ...shaping, wrongKey: true } }],
		answer: 'any',
	};
	const key = `unread:${context.subject.encoding}:${shaping?.variants?.join()}`;
	const forged = answerTo(await runCase(run.rule, given, key, context, traits));
	return forged !== undefined && forged.status < 400;
}
