import type { CaseRun } from './case-run.ts';
import { type Finding, failed, inconclusive, passed, skipped, warned, worst } from './finding.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeState } from './judge-state.ts';
import type { Lesson } from './lesson.ts';
import type { Subject } from './subject.ts';

/** The verdict on one case: its answer and its order's state, where both are needed. */
export function judgeCase(run: CaseRun, lesson: Lesson, subject: Subject): Finding {
	const { case: given } = run;
	if (run.trouble !== undefined) return inconclusive(`${given.about}: ${run.trouble}`);
	if (run.ill !== undefined) return failed(`${given.about}: after it the receiver ${run.ill}`);
	if (run.twin === 'refused') {
		if (given.twinOptional === true)
			return skipped(`${given.about}: the receiver does not take the callback in this form`);
		return inconclusive(`${given.about}: the genuine callback is not acknowledged either, so a refusal proves nothing`);
	}
	const answer = answerOf(run, subject);
	if (given.judge !== undefined) return given.judge(run, lesson, subject);
	if (given.state === undefined) return answer;
	const state = stateOf(run, lesson);
	if (given.answer === 'refused') return refusal(run, answer, state);
	if (answer.verdict === 'failed' || answer.verdict === 'inconclusive') return answer;
	// An open refusal of an optional form is only a warning: nothing is lost in silence.
	if (answer.verdict === 'warned' && given.optionalForm !== undefined && isRefused(run)) return answer;
	if (state === undefined) {
		if (given.stateAdds === true) return answer;
		return inconclusive(
			`${answer.reason}; whether the order is right cannot be seen without --probe-url or --probe-command`,
		);
	}
	if (state.verdict === 'inconclusive' && given.stateAdds === true) return answer;
	return worst([state, answer]) ?? answer;
}

/** What the last step was answered; of several at the same moment the worst. */
export function answerOf({ case: given, steps, order }: CaseRun, subject: Subject): Finding {
	const last = steps.at(-1);
	if (last === undefined) return inconclusive(`${given.about}: nothing was sent`);
	const message = subject.events.get(last.step.event)?.message ?? subject.message;
	const findings = last.results.map(({ outcome }) =>
		judgeAnswer(given.answer, outcome, {
			acknowledge: message.acknowledge,
			about: given.about,
			orderKnown: order.known,
			mayHangUp: given.mayHangUp === true,
			optionalForm: given.optionalForm,
		}),
	);
	return worst(findings) ?? passed(given.about);
}

function stateOf({ case: given, order, before, steps, final }: CaseRun, lesson: Lesson): Finding | undefined {
	if (given.state === undefined || before === undefined || final === undefined) return undefined;
	return judgeState(
		given.state,
		{ before, first: steps[0]?.after, final, amount: order.amount, about: given.about },
		lesson,
	);
}

function isRefused({ steps }: CaseRun): boolean {
	return steps.at(-1)?.results.every(({ outcome }) => outcome.kind === 'answered' && outcome.status >= 400) ?? false;
}

/**
 * A refusal is an answer, and an order that stays as it was. A 2xx that verifiably did nothing is worth a warning: the
 * next wrong key will go unnoticed. (The rule `refusal-status` is about that.)
 */
function refusal({ case: given }: CaseRun, answer: Finding, state: Finding | undefined): Finding {
	if (state === undefined || state.verdict === 'inconclusive') return answer;
	if (state.verdict === 'failed') return failed(`${state.reason} (${answer.reason.replace(`${given.about}: `, '')})`);
	if (answer.verdict === 'failed' && answer.reason.endsWith('it was accepted'))
		return warned(`${answer.reason.replace(': it was accepted', '')}, though it changed nothing`);
	if (answer.verdict === 'inconclusive') return warned(answer.reason);
	return worst([answer, state]) ?? answer;
}
