import type { ControlVerdict, RuleCase } from './case.ts';
import type { CaseStep } from './case-step.ts';
import type { CheckContext } from './check-context.ts';
import { type FirstContact, isAccepted } from './first-contact.ts';
import { isIdle, isUnread } from './idle.ts';
import { isCrash } from './judge-answer.ts';
import { runCase } from './run-case.ts';
import type { Subject } from './subject.ts';

export type SendControl = (step: CaseStep) => Promise<ControlVerdict>;

/** The genuine callback that has to be accepted where a refusal is to prove anything. */
export function controlFor(
	{ control, controlStep }: RuleCase,
	{ subject }: CheckContext,
): CaseStep | undefined {
	if (controlStep !== undefined || control === undefined) return controlStep;
	return genuineIn(control, subject);
}

const genuineIn = (variants: readonly string[], { success }: Subject): CaseStep => ({
	event: success,
	shaping: { variants },
});

/** Whether a control is acknowledged; each is asked once. */
export function controlsOf(context: CheckContext, contact: FirstContact): SendControl {
	const { success } = context.subject;
	const plain = JSON.stringify(genuineIn([], context.subject));
	const asked = new Map<string, Promise<ControlVerdict>>([
		[plain, Promise.resolve(contact.isAcknowledged ? 'acknowledged' : 'refused')],
	]);
	const verdictOn = async (step: CaseStep, key: string): Promise<ControlVerdict> => {
		const given: RuleCase = { about: 'control', steps: [step], answer: 'acknowledged' };
		const run = await runCase('control', given, `control:${key}`, context, contact.traits);
		const outcome = run.steps[0]?.results[0]?.outcome;
		if (outcome === undefined) return 'refused';
		if (!isAccepted(outcome, run.order.known)) return isCrash(outcome) ? 'crashed' : 'refused';
		// What is no success need not change anything.
		if (step.event !== success || contact.isIdle) return 'acknowledged';
		// Values of its own may be dropped without a word, by who verified them first.
		const isIgnored = step.shaping?.set === undefined ? isUnread : isIdle;
		return (await isIgnored(run, context, contact.traits)) ? 'refused' : 'acknowledged';
	};
	return async (step) => {
		const key = JSON.stringify(step);
		const answer = asked.get(key) ?? verdictOn(step, key);
		asked.set(key, answer);
		return answer;
	};
}
