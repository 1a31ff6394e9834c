import { choose } from '../compose/options.ts';
import { answerTo } from './answer-to.ts';
import type { CaseRun, RuleCase } from './case.ts';
import { type Cause, closedDoorOf, doorBefore, refusalOfAll } from './cause.ts';
import type { CheckContext } from './check-context.ts';
import type { BringBack } from './comeback.ts';
import { encodingsOf } from './encoding.ts';
import {
	type FirstContact,
	firstContactId,
	isAccepted,
	makeFirstContact,
} from './first-contact.ts';
import { isIdle, isUnread } from './idle.ts';
import { answerOf } from './judge-case.ts';
import { refusalFix } from './refusal-fix.ts';
import { runCase } from './run-case.ts';
import type { Subject } from './subject.ts';

/** The receiver, met in the encoding in which everything is proved, and what is in the way. */
export interface Meeting {
	readonly context: CheckContext;
	readonly contact: FirstContact;
	/** Nothing can be proved. */
	readonly door?: Cause | undefined;
	/** Every genuine callback was refused. */
	readonly refusal?: Cause | undefined;
	/** Everything can be proved, and the encoding of the wire is not taken. */
	readonly otherEncoding?: Cause | undefined;
}

/**
 * First contact, in the encoding that was chosen, or the first of the documented ones that the
 * receiver takes, the wire's before the others.
 * @throws Problem `setup-failed`, `probe-failed`
 */
export async function meet(
	context: CheckContext,
	ignored: (path: string) => boolean,
	bringBack?: BringBack,
): Promise<Meeting> {
	const { subject } = context;
	const contact = await makeLivingContact(context, ignored, bringBack);
	const [run] = contact.successes;
	const door = closedDoorOf(contact, subject);
	if (door !== undefined || contact.dead !== undefined || run === undefined)
		return { context, contact, door };
	const refusal = refusalOfAll(contact, subject, refusalFix(contact, context));
	const [wire = ''] = encodingsOf(subject.events.get(subject.success));
	const { encoding: chosen = wire } = subject;
	if (
		refusal === undefined &&
		!(contact.isIdle && (await isUnread(run, context, contact.traits)))
	) {
		const asked = chosen === wire ? undefined : await ask(wire, context, contact);
		if (asked === undefined || asked.isTaken) return { context, contact };
		return { context, contact, otherEncoding: takesOnly(chosen, wire, asked.run, subject) };
	}
	const other = await askOthers(chosen, context, contact);
	if (other === undefined) return { context, contact, refusal };
	if (subject.encoding !== undefined)
		return { context, contact, door: takesNot(chosen, other.encoding, run, subject) };
	const again = await makeFirstContact(other.context, ignored, `:${other.encoding}`);
	return {
		context: other.context,
		contact: again,
		otherEncoding: takesOnly(other.encoding, wire, run, subject),
	};
}

/** Whom the failure, or two at once, brought down is met with one success alone. */
async function makeLivingContact(
	context: CheckContext,
	ignored: (path: string) => boolean,
	bringBack: BringBack | undefined,
): Promise<FirstContact> {
	const contact = await makeFirstContact(context, ignored);
	if (contact.dead?.reached !== true || bringBack === undefined) return contact;
	const { isBack } = await bringBack();
	return isBack ? makeFirstContact(context, ignored, ':again', true) : contact;
}

/** A genuine success that was sent to see whether one encoding is taken. */
interface Asked {
	readonly encoding: string;
	readonly context: CheckContext;
	readonly run: CaseRun;
	/** Acknowledged by the receiver itself, and with an effect where that can be seen. */
	readonly isTaken: boolean;
}

async function ask(
	encoding: string,
	context: CheckContext,
	{ traits }: FirstContact,
): Promise<Asked> {
	const { subject, settings } = context;
	const spoken = { ...context, subject: inEncoding(subject, encoding, settings.auth) };
	const given: RuleCase = {
		about: 'a genuine success',
		steps: [{ event: subject.success }],
		answer: 'acknowledged',
	};
	const run = await runCase(firstContactId, given, `asked:${encoding}`, spoken, traits);
	const answer = answerTo(run);
	const isTaken =
		answer !== undefined &&
		isAccepted(answer, run.order.known) &&
		doorBefore(answer, subject) === undefined &&
		!(await isIdle(run, context, traits));
	return { encoding, context: spoken, run, isTaken };
}

/** The first of the other documented encodings that is taken. */
async function askOthers(
	refused: string,
	context: CheckContext,
	contact: FirstContact,
): Promise<Asked | undefined> {
	const { events, success } = context.subject;
	for (const encoding of encodingsOf(events.get(success))) {
		const asked = encoding === refused ? undefined : await ask(encoding, context, contact);
		if (asked?.isTaken === true) return asked;
	}
	return undefined;
}

function inEncoding(subject: Subject, encoding: string, auth: string | undefined): Subject {
	const success = subject.events.get(subject.success);
	if (success === undefined) return subject;
	const { message } = choose(success, { named: [], of: { auth, encoding } });
	return { ...subject, encoding, message };
}

/** @param run in the wire's encoding, which is not taken */
function takesOnly(taken: string, wire: string, run: CaseRun, subject: Subject): Cause {
	const reason = `the receiver takes ${taken} only, and the wire carries ${wire}; ${untaken(run, subject)}`;
	return { reason, fix: undefined, tellers: [`${taken}-body`, 'genuine-success'], run };
}

/** @param run in the encoding that was chosen */
function takesNot(chosen: string, taken: string, run: CaseRun, subject: Subject): Cause {
	return {
		reason: `the receiver takes ${taken}, and not ${chosen}; ${untaken(run, subject)}`,
		fix: `Read ${chosen} by its content type; or prove the receiver in ${taken}.`,
		tellers: ['genuine-success'],
		run,
	};
}

function untaken(run: CaseRun, subject: Subject): string {
	const { verdict, reason } = answerOf({ ...run, case: { ...run.case, exact: true } }, subject);
	return verdict === 'passed' ? `${reason}, and nothing happened to the order` : reason;
}
