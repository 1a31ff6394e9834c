import { judge, matchesStatus } from '../delivery/judge.ts';
import type { Outcome, Unanswered } from '../model/outcome.ts';
import { unansweredText } from '../model/outcome-text.ts';
import type { Acknowledge } from '../model/provider.ts';
import { named } from '../model/words.ts';
import { type Finding, failed, inconclusive, passed, warned } from './finding.ts';
import type { AnswerWanted } from './wanted.ts';

export interface AnswerContext {
	readonly acknowledge: Acknowledge;
	/** What was sent, for the sentence: "a callback without its checksum". */
	readonly about: string;
	/** The receiver knows the order. */
	readonly orderKnown: boolean;
	/** Only what the provider documents will do; elsewhere any 2xx. */
	readonly exact: boolean;
	/** A receiver may hang up on this one: it is too much to read. */
	readonly mayHangUp: boolean;
	/** Sent in a form of which nobody is sure: why refusing it openly is only a warning. */
	readonly optionalForm: string | undefined;
}

/** The receiver was asked too often: nothing follows from it, whatever was wanted. */
export function isThrottled(outcome: Outcome): boolean {
	return outcome.kind === 'answered' && outcome.status === 429;
}

/** Why there is no answer; where it was not waited for any longer, how to. */
export function unansweredReason(outcome: Unanswered): string {
	const isLate = outcome.kind === 'timed-out';
	return `${unansweredText(outcome)}${isLate ? `; allow more with ${named('timeout')}` : ''}`;
}

/** The end of the sentence about a forgery that was answered 2xx. */
export const accepted = 'it was accepted';

/**
 * Whether one answer is what was wanted. `warned` and `passed` may still be overruled by the state.
 */
export function judgeAnswer(
	wanted: AnswerWanted,
	outcome: Outcome,
	context: AnswerContext,
): Finding {
	const { about } = context;
	if (outcome.kind !== 'answered') {
		if (outcome.kind === 'broken' && outcome.detail.startsWith('we hung up'))
			return passed('we hung up on purpose');
		if (outcome.kind === 'broken' && context.mayHangUp) return passed(`hung up on ${about}`);
		return failed(`${about}: ${unansweredReason(outcome)}`);
	}
	const { status } = outcome;
	const fact = `${about}: answered ${status}`;
	switch (wanted) {
		case 'acknowledged':
			return judgeAcknowledged(status, fact, context, outcome);
		case 'refused':
			if (status >= 500) return failed(`${fact}, which is a crash and not a refusal`);
			if (!context.orderKnown && (status === 404 || status === 410))
				return inconclusive(`${fact}, as any order would be that the receiver does not know`);
			if (status >= 400) return passed(fact);
			if (status >= 300)
				return inconclusive(
					`${fact}: a redirect tells neither that it was refused nor that it was not`,
				);
			return failed(`${fact}: ${accepted}`);
		case 'survived':
			return status >= 500 && status !== 501 ? failed(`${fact}, which is a crash`) : passed(fact);
		case 'rejected':
			if (status >= 500) return failed(`${fact}, which is a crash`);
			if (status >= 400) return passed(fact);
			return warned(
				`${fact}: what could not be read is reported as received, and never comes again`,
			);
		case 'any':
			return passed(fact);
		default:
			return wanted satisfies never;
	}
}

function judgeAcknowledged(
	status: number,
	fact: string,
	context: AnswerContext,
	outcome: Outcome,
): Finding {
	const { acknowledge, orderKnown, optionalForm, exact } = context;
	if (judge(acknowledge, outcome).acknowledged) return passed(fact);
	const expected = acknowledge.status.join(' or ');
	const isExact = acknowledge.status.every((wanted) => !wanted.endsWith('xx'));
	if (isExact && (matchesStatus('2xx', status) || matchesStatus('3xx', status)))
		return !exact
			? passed(fact)
			: warned(`${fact}; the provider documents ${expected}, and may try again`);
	if (!orderKnown && (status === 404 || status === 410))
		return inconclusive(
			`${fact}: the order is made up; name one with ${named('orders')}, or have it made with ${named('setupUrl')}`,
		);
	if (optionalForm !== undefined && status >= 400 && status < 500)
		return warned(`${fact}; ${optionalForm}`);
	return failed(`${fact}, expected ${expected}`);
}

/** No answer, or one that tells of an error. */
export const isCrash = (outcome: Outcome): boolean =>
	outcome.kind !== 'answered' || outcome.status >= 500;
