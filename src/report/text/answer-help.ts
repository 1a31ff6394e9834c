import { answerText } from '../../answer/answer-text.ts';
import { frontDoorOf } from '../../answer/front-door.ts';
import type { Composed } from '../../compose/compose.ts';
import type { Outcome } from '../../model/outcome.ts';
import { isOwnFailure, speaksOfParsing } from './answer-hints.ts';

/** What helps after a refusal. */
export type Help =
	| { readonly kind: 'try-json' }
	/** What the receiver computed, and printed. */
	| { readonly kind: 'explain-digest'; readonly digest: string }
	| { readonly kind: 'show' };

/** Statuses of a receiver that looked at what came, and did not want it or choked on it. */
const refusals = [400, 401, 403, 406, 409, 412, 418, 422, 500];

/**
 * Which look at the callback helps with this answer; undefined where none does: nothing is wrong
 * with it then, but with the path, a front door, a limit.
 */
export function helpAfter(last: Outcome | undefined, composed: Composed): Help | undefined {
	if (last?.kind !== 'answered') return undefined;
	const answer = answerText(last);
	if (frontDoorOf(answer, composed.request.url) !== undefined) return undefined;
	if (speaksOfParsing(answer, composed.message)) return { kind: 'try-json' };
	if (!refusals.includes(answer.status)) return undefined;
	const digest = digestIn(answer.text, composed);
	if (digest !== undefined) return { kind: 'explain-digest', digest };
	// A receiver that failed has words of its own for it, and they are not about what was sent.
	return isOwnFailure(answer) ? undefined : { kind: 'show' };
}

const lengths: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };

/** A signature that the answer holds and that is not the one that was sent. */
function digestIn(text: string, { request, message }: Composed): string | undefined {
	const { signature } = message;
	if (signature?.as !== 'hex') return undefined;
	const sent = `${request.url.search}\n${Buffer.from(request.body ?? []).toString('utf8')}`;
	const length = lengths[signature.algorithm.replace('hmac-', '')];
	return [...text.matchAll(/(?<![\da-z])[\da-f]+(?![\da-z])/gi)]
		.map(([digest]) => digest)
		.find((digest) => digest.length === length && !sent.includes(digest));
}
