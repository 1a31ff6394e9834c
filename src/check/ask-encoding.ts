import { choose } from '../compose/options.ts';
import { answerTo } from './answer-to.ts';
import { type Cause, doorBefore } from './cause.ts';
import type { CheckContext } from './check-context.ts';
import { encodingsOf } from './encoding.ts';
import { firstContactId, isAccepted } from './first-contact.ts';
import { runCase } from './run-case.ts';
import type { Subject } from './subject.ts';

/**
 * The receiver takes another encoding than the one on the wire: in that it can be proved all the
 * same.
 */
export interface OtherEncoding {
	readonly context: CheckContext;
	readonly cause: Cause;
}

/**
 * Asks a receiver that refused the wire's encoding for the others that are documented; undefined
 * where it takes none.
 */
export async function askOtherEncoding(
	refused: Cause,
	context: CheckContext,
): Promise<OtherEncoding | undefined> {
	const { subject } = context;
	const [wire = '', ...others] = encodingsOf(subject.events.get(subject.success));
	for (const encoding of others) {
		const spoken = { ...context, subject: inEncoding(subject, encoding, context.settings.auth) };
		const asked = {
			about: `a genuine success as ${encoding}`,
			steps: [{ event: subject.success }],
			answer: 'any',
		} as const;
		const traits = { late: false, isVolatile: () => false };
		const run = await runCase(firstContactId, asked, `asked:${encoding}`, spoken, traits);
		const answer = answerTo(run);
		if (
			answer === undefined ||
			!isAccepted(answer, run.order.known) ||
			doorBefore(answer, subject) !== undefined
		)
			continue;
		const reason = `the receiver takes ${encoding} only, and the wire carries ${wire}; ${refused.reason}`;
		const cause = {
			...refused,
			reason,
			fix: undefined,
			tellers: [`${encoding}-body`, 'genuine-success'],
		};
		return { context: spoken, cause };
	}
	return undefined;
}

function inEncoding(subject: Subject, encoding: string, auth: string | undefined): Subject {
	const success = subject.events.get(subject.success);
	if (success === undefined) return subject;
	return {
		...subject,
		encoding,
		message: choose(success, { named: [], of: { auth, encoding } }).message,
	};
}
