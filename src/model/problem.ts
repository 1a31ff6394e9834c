import { programWords, type Say, type Told, told } from './words.ts';

/** Stable names of everything a user can fix. Renaming one is a breaking change. */
export type ProblemCode =
	| 'usage'
	| 'provider-unknown'
	| 'event-unknown'
	| 'option-unknown'
	| 'option-conflict'
	| 'path-unknown'
	| 'path-exists'
	| 'value-misfit'
	| 'value-missing'
	| 'nothing-signed'
	| 'body-invalid'
	| 'file-unreadable'
	| 'output-unwritable'
	| 'fixture-invalid'
	| 'credentials-incomplete'
	| 'credential-invalid'
	| 'duration-invalid'
	| 'schedule-invalid'
	| 'header-invalid'
	| 'target-invalid'
	| 'target-missing'
	| 'target-remote'
	| 'port-unavailable'
	| 'rule-unknown'
	| 'scenario-invalid'
	| 'scenario-unknown'
	| 'config-invalid'
	| 'config-exists'
	| 'exec-failed'
	| 'report-invalid'
	| 'setup-failed'
	| 'probe-failed';

/** A failure the user can act on. Anything else that reaches the top is a bug in this tool. */
export class Problem extends Error {
	override readonly name = 'Problem';
	readonly code: ProblemCode;
	/** What to try next, as one imperative sentence. */
	readonly hint: string | undefined;
	/** Where the file stands that is wrong, as the message tells it. */
	readonly place: { readonly file: string; readonly line: number } | undefined;
	/** Further mistakes of the same file, each told like the message: they are fixed in one go. */
	readonly also: readonly string[];

	readonly #message: Told;
	readonly #hint: Told | undefined;

	constructor(
		code: ProblemCode,
		message: Told,
		more: {
			hint?: Told | undefined;
			place?: Problem['place'];
			also?: readonly string[];
			cause?: unknown;
		} = {},
	) {
		super(told(message, programWords), { cause: more.cause });
		this.code = code;
		this.#message = message;
		this.#hint = more.hint;
		this.hint = more.hint === undefined ? undefined : told(more.hint, programWords);
		this.place = more.place;
		this.also = more.also ?? [];
	}

	/** Message and hint in the words of a shell; the properties have a program's. */
	in(say: Say): { readonly message: string; readonly hint: string | undefined } {
		return {
			message: told(this.#message, say),
			hint: this.#hint === undefined ? undefined : told(this.#hint, say),
		};
	}
}

/** The same problem without what must not be shown, nor its cause, which may say it again. */
export function maskedProblem(problem: Problem, mask: (text: string) => string): Problem {
	const { code, message, hint, place, also } = problem;
	if ([message, hint ?? '', ...also].every((text) => mask(text) === text)) return problem;
	return new Problem(code, (say) => mask(problem.in(say).message), {
		hint: hint === undefined ? undefined : (say) => mask(problem.in(say).hint ?? ''),
		place,
		also: also.map(mask),
	});
}
