import { answerText } from '../answer/answer-text.ts';
import { frontDoorOf } from '../answer/front-door.ts';
import type { FrontDoor } from '../answer/front-door-sign.ts';
import { type Answered, answerTo } from './answer-to.ts';
import type { CaseRun } from './case.ts';
import { type FirstContact, isAccepted } from './first-contact.ts';
import { answerOf } from './judge-case.ts';
import type { Subject } from './subject.ts';

/** What keeps a run from proving anything: told once, with everything else not decided. */
export interface Cause {
	/** What was seen, and what lets the callback through. */
	readonly reason: string;
	/** Undefined where the advice of the rule that tells it is the best there is. */
	readonly fix: string | undefined;
	/** The rules that tell it, the best first: the first that was asked for fails, no other. */
	readonly tellers: readonly string[];
	/** A genuine callback that met it. */
	readonly run: CaseRun;
}

/** Which rule is about which door; a throttle breaks none. */
const tellersOf: Readonly<Record<FrontDoor['kind'], readonly string[]>> = {
	csrf: ['csrf-exempt', 'genuine-success'],
	login: ['no-login-page', 'genuine-success'],
	host: ['genuine-success'],
	proxy: ['genuine-success'],
	tls: ['genuine-success'],
	throttle: [],
};

/** A door that every genuine success met: nothing that it answers proves anything. */
export function closedDoorOf({ successes }: FirstContact, subject: Subject): Cause | undefined {
	const [run, ...others] = successes;
	if (run === undefined) return undefined;
	const answer = answerTo(run);
	const door = answer === undefined ? undefined : doorBefore(answer, subject);
	if (answer === undefined || door === undefined) return undefined;
	const isShut = others.every((other) => {
		const theirs = answerTo(other);
		return theirs !== undefined && doorBefore(theirs, subject) !== undefined;
	});
	if (!isShut) return undefined;
	const reason = `a genuine success: answered ${answer.status}: ${door.sentence}`;
	return { reason, fix: door.sentence, tellers: tellersOf[door.kind], run };
}

/**
 * Every genuine callback was refused: by another key, another encoding, a path that is none. What
 * else was refused says nothing then. @param fix what to try first
 */
export function refusalOfAll(
	contact: FirstContact,
	subject: Subject,
	fix: string | undefined,
): Cause | undefined {
	const { successes, failures, isAcknowledged } = contact;
	const [run] = successes;
	const answer = run === undefined ? undefined : answerTo(run);
	if (run === undefined || answer === undefined || isAcknowledged) return undefined;
	const isRefused = (one: CaseRun) => {
		const theirs = answerTo(one);
		return theirs !== undefined && !isAccepted(theirs, one.order.known);
	};
	if (![...successes, ...failures].every(isRefused)) return undefined;
	const { reason } = answerOf({ ...run, case: { ...run.case, exact: true } }, subject);
	return { reason, fix, tellers: ['genuine-success'], run };
}

/** Who answered for the receiver; a login is its own answer where the provider does log in. */
export function doorBefore(
	answer: Answered,
	{ signature, target }: Subject,
): FrontDoor | undefined {
	if (signature === 'digest' && answer.status === 401) return undefined;
	return frontDoorOf(answerText(answer), target);
}
