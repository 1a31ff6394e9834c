import { named } from '../model/words.ts';
import type { CaseRun } from './case.ts';
import { type Finding, failed, inconclusive, passed, skipped, warned, worst } from './finding.ts';
import { accepted, isCrash, isThrottled, judgeAnswer } from './judge-answer.ts';
import { judgeState } from './judge-state.ts';
import type { LearnedEffects } from './learned-effects.ts';
import type { Subject } from './subject.ts';
import type { StateWanted } from './wanted.ts';

/** The verdict on one case: its answer and its order's state, where both are needed. */
export function judgeCase(run: CaseRun, learned: LearnedEffects, subject: Subject): Finding {
	const { case: given } = run;
	const blocked = blockedReason(run);
	if (blocked !== undefined) return blocked;
	const answer = answerOf(run, subject);
	if (given.judge !== undefined) return given.judge(run, learned, subject);
	if (given.state === undefined) return answer;
	const state = judgeStateOf(run, given.state, learned);
	if (given.answer === 'refused') return refusal(run, answer, state, learned);
	if (answer.verdict === 'failed' || answer.verdict === 'inconclusive') return answer;
	// An open refusal of an optional form is only a warning: nothing is lost in silence.
	if (answer.verdict === 'warned' && given.optionalForm !== undefined && isRefused(run))
		return answer;
	if (state === undefined) {
		if (given.stateAdds === true) return answer;
		const access = `${named('probeUrl')} or ${named('probeCommand')}`;
		return inconclusive(
			`${answer.reason}; whether the order is right cannot be seen without ${access}`,
		);
	}
	if (state.verdict === 'inconclusive' && given.stateAdds === true) return answer;
	return worst([state, answer]) ?? answer;
}

/** What keeps a case from being judged, whatever its rule wants. */
export function blockedReason({
	case: given,
	trouble,
	failure,
	control,
	steps,
	before,
	final,
}: CaseRun): Finding | undefined {
	const { about } = given;
	if (trouble !== undefined) return inconclusive(`${about}: ${trouble}`);
	if (failure !== undefined) return failed(`${about}: ${failure.reason}`);
	if (control === 'refused' || control === 'crashed') {
		// What was made to crash it is told where it does, unless any body of the kind does it, too.
		const isAttack =
			control === 'refused' && given.dangerous === true && given.controlOptional === true;
		if (isAttack && isCrashed(steps)) return undefined;
		if (given.controlOptional === true)
			return skipped(`${about}: the receiver does not take the callback in this form`);
		return inconclusive(
			`${about}: the genuine callback is not acknowledged either, so this proves nothing`,
		);
	}
	if (steps.some(({ results }) => results.some(({ outcome }) => isThrottled(outcome))))
		return inconclusive(
			`${about}: answered 429: the receiver limits how often it may be called; lift that while you check`,
		);
	for (const look of [before, ...steps.map(({ after }) => after), final])
		if (look?.kind === 'unreadable')
			return inconclusive(`${about}: the probe could not be read: ${look.why}`);
	return undefined;
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
			exact: given.exact === true,
			mayHangUp: given.mayHangUp === true,
			optionalForm: given.optionalForm,
		}),
	);
	return worst(findings) ?? passed(given.about);
}

/** What the order of a case came to; undefined where it cannot be seen. */
export function judgeStateOf(
	{ case: given, order, before, steps, final }: CaseRun,
	wanted: StateWanted,
	learned: LearnedEffects,
	about = given.about,
): Finding | undefined {
	if (before === undefined || final === undefined) return undefined;
	return judgeState(
		wanted,
		{
			before,
			first: steps[0]?.after,
			last: steps.at(-2)?.after ?? before,
			final,
			amount: order.amount,
			about,
		},
		learned,
	);
}

function isCrashed(steps: CaseRun['steps']): boolean {
	return steps.some(({ results }) => results.some(({ outcome }) => isCrash(outcome)));
}

function isRefused({ steps }: CaseRun): boolean {
	return (
		steps
			.at(-1)
			?.results.every(({ outcome }) => outcome.kind === 'answered' && outcome.status >= 400) ??
		false
	);
}

/**
 * A refusal is an answer, and an order that stays as it was. A 2xx that verifiably did nothing is
 * worth a warning: the next wrong key will go unnoticed. (The rule `refusal-status` is about that.)
 * One that did anything accepted a forgery.
 */
function refusal(
	{ case: { about, state: wanted } }: CaseRun,
	answer: Finding,
	state: Finding | undefined,
	learned: LearnedEffects,
): Finding {
	if (state === undefined) return answer;
	if (state.verdict === 'failed')
		return failed(`${state.reason} (${answer.reason.replace(`${about}: `, '')})`);
	if (answer.verdict === 'passed')
		return worst([answer, ...(state.verdict === 'inconclusive' ? [] : [state])]) ?? answer;
	const isCrash = answer.verdict === 'failed' && !isAccepting(answer);
	if (isCrash) return answer;
	// Who does nothing about a genuine one either has not accepted it.
	if (!learned.visible) return state.verdict === 'inconclusive' ? state : answer;
	if (state.verdict === 'warned') return warned(`${answer.reason}; ${state.reason}`);
	return warned(`${answer.reason}; it ${wanted === 'unchanged' ? 'changed' : 'settled'} nothing`);
}

const isAccepting = ({ reason }: Finding): boolean => reason.endsWith(accepted);
