import { differences } from '../order/state.ts';
import { answerTo } from './answer-to.ts';
import type { CaseRun, RuleCase } from './case.ts';
import type { CheckContext } from './check-context.ts';
import { type ReceiverTraits, runCase } from './run-case.ts';

/**
 * Whether a callback changed nothing that can be seen, also a while after its answer. False where
 * nothing can be seen.
 */
export async function isIdle(
	{ before, order }: CaseRun,
	{ probe, signal }: CheckContext,
	{ isVolatile, late }: ReceiverTraits,
): Promise<boolean> {
	if (probe === undefined || before === undefined || !order.known) return false;
	const now = await probe.settled(order, before, isVolatile, late, signal);
	return differences(before, now, isVolatile).length === 0;
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
