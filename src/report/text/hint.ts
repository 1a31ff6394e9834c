import type { AnswerText } from '../../answer/answer-text.ts';
import type { MessageFile } from '../../model/provider.ts';
import type { Schedule } from '../../model/schedule.ts';

/** What a hint needs to know of the delivery whose attempt it is about. */
export interface HintContext {
	readonly provider: string;
	readonly message: MessageFile;
	/** What the message is called: pre-transaction. */
	readonly name?: string | undefined;
	/** The message that settles an order of this provider, which receivers are written for first. */
	readonly usual?: { readonly name: string; readonly message: MessageFile } | undefined;
	/** What was sent as the order's reference. */
	readonly reference?: string | undefined;
	readonly credentials: 'simulator' | 'own' | 'none';
	readonly target: URL;
	/** Faults that were asked for: a refusal is what is wanted then. */
	readonly faults: readonly string[];
	/** `--retry none`: no further attempt to be spared. */
	readonly isSentOnce: boolean;
	/** Whether the command can wait for a receiver that is not up yet. */
	readonly canWait: boolean;
	/** When it comes again. */
	readonly schedule: Schedule;
	/** Whether the page of browser messages is named. */
	readonly isReturnNamed: boolean;
	/** The body is the user's own bytes: nothing is known about it. */
	readonly raw: boolean;
	/** A Digest challenge was answered: what came back is about that answer. */
	readonly hasAnsweredChallenge: boolean;
	readonly insideContainer: boolean;
	/** `CALLSIM_BAYARCASH_SECRET_KEY`, … */
	readonly environmentNames: readonly string[];
}

/** How a hint begins that leads to a key of the user's, and one to an order of theirs. */
export const ownKeyWords = "It was signed with callsim's own key; yours goes into";
export const unknownOrderWords = 'It does not know this order';
export const isAboutKey = (hint: string): boolean => hint.startsWith(ownKeyWords);
export const isAboutOrder = (hint: string): boolean => hint.startsWith(unknownOrderWords);

/** One thing that goes wrong: the sentence about it, or undefined where it is something else. */
export type AnswerHint = (answer: AnswerText, context: HintContext) => string | undefined;
