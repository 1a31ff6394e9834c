import { createHash } from 'node:crypto';
import type { Received } from '../capture/received.ts';
import type { AnswerScript } from '../receiver/answer-script.ts';
import type { DigestDoor } from '../receiver/digest-door.ts';
import type { Answer, ReceivedRequest } from '../receiver/server.ts';
import type { Arrival } from '../report/text/arrival-text.ts';
import { textAt } from '../verify/recipe.ts';
import type { Verdict, VerdictContext } from '../verify/verdict.ts';
import { verdictOf } from '../verify/verify-received.ts';

export interface HandlerOptions {
	/** Everything else is answered 404. */
	readonly path?: string | undefined;
	/** `none`: nobody is challenged. */
	readonly auth?: string | undefined;
}

interface Heard {
	readonly answer: Answer;
	/** Undefined where nobody listens. */
	readonly arrival?: Arrival;
	/** The same with the mistake that was made, which takes a while; undefined where none was. */
	readonly explained?: (() => Promise<Arrival>) | undefined;
}

/** A listener that runs for days must not grow with what it has heard. */
const mostRemembered = 10_000;

/** Hears one request after the other: judges it, counts repeats, and knows what to answer. */
export class ReceivedHandler {
	readonly #contexts: readonly VerdictContext[];
	readonly #script: AnswerScript;
	readonly #door: DigestDoor;
	readonly #options: HandlerOptions;
	readonly #seen = new Map<string, number>();
	#number = 0;

	constructor(
		contexts: readonly VerdictContext[],
		script: AnswerScript,
		door: DigestDoor,
		options: HandlerOptions,
	) {
		this.#contexts = contexts;
		this.#script = script;
		this.#door = door;
		this.#options = options;
	}

	/** Looks for no mistake yet: whoever asks is answered first. */
	async hear(request: ReceivedRequest, at: number): Promise<Heard> {
		const { path } = this.#options;
		if (path !== undefined && request.url.split('?')[0] !== path)
			return { answer: { status: 404, body: `callsim listens on ${path}\n` } };
		const received = receivedOf(request);
		const [judged, context] = await this.#judge(received);
		const verdict = this.#atTheDoor(judged, received);
		const answer = this.#answerTo(verdict, received);
		this.#number++;
		const print = createHash('sha256')
			.update(`${received.method} ${received.target}\n`)
			.update(received.body)
			.digest('hex');
		const challenged = answer.status === 401 && received.headers['authorization'] === undefined;
		const repeatOf = challenged ? undefined : this.#seen.get(print);
		if (!challenged && repeatOf === undefined && this.#seen.size < mostRemembered)
			this.#seen.set(print, this.#number);
		const arrival = {
			number: this.#number,
			at,
			received,
			verdict,
			answered: answer.status,
			repeatOf,
		};
		const isExplained = judged.genuine || judged.event === null;
		const explained = async () => ({ ...arrival, verdict: await verdictOf(received, context) });
		return { answer, arrival, explained: isExplained ? undefined : explained };
	}

	/** Under the provider whose shape it has; a genuine reading wins over a shape alone. */
	async #judge(received: Received): Promise<readonly [Verdict, VerdictContext]> {
		const verdicts: [Verdict, VerdictContext][] = [];
		for (const context of this.#contexts)
			verdicts.push([await verdictOf(received, { ...context, unexplained: true }), context]);
		return (
			verdicts.find(([{ genuine }]) => genuine) ??
			verdicts.find(([{ event }]) => event !== null) ??
			(verdicts[0] as [Verdict, VerdictContext])
		);
	}

	/** An answer to a challenge that was never given out, or given twice, is not let in. */
	#atTheDoor(verdict: Verdict, { headers }: Received): Verdict {
		const authorization = headers['authorization'];
		const wantsDigest =
			verdict.recognised?.event.message.digest !== undefined && this.#options.auth !== 'none';
		if (!verdict.genuine || !wantsDigest) return verdict;
		if (authorization === undefined) {
			// The X-TransferTo headers are a signature of their own, and need no challenge.
			const isSigned = verdict.recognised?.chosen.message.signature !== undefined;
			return isSigned
				? verdict
				: refused(verdict, 'no-credentials', 'It came without credentials and was challenged.');
		}
		const objection = this.#door.objection(authorization);
		return objection === undefined ? verdict : refused(verdict, 'nonce-unknown', objection);
	}

	#answerTo(verdict: Verdict, received: Received): Answer {
		if (this.#mustChallenge(verdict, received)) {
			return {
				status: 401,
				headers: { 'www-authenticate': this.#door.challenge() },
				body: `${verdict.explanation}\n`,
			};
		}
		// A browser's look at the address is no callback: it takes no step of the script.
		const scripted = verdict.event === null ? undefined : this.#script.next(referenceOf(verdict));
		if (scripted !== undefined)
			return { status: scripted, body: `callsim listen: answer ${scripted} as asked\n` };
		if (verdict.genuine) return acknowledging(verdict);
		return { status: verdict.event === null ? 400 : 403, body: 'callsim listen: not genuine\n' };
	}

	/** A Digest client may first send no body (curl): what it is shows once it is asked. */
	#mustChallenge({ genuine, recognised }: Verdict, { headers, body }: Received): boolean {
		if (this.#options.auth === 'none' || genuine) return false;
		if (recognised !== undefined) return recognised.event.message.digest !== undefined;
		const mayBeDigest = this.#contexts.some(({ events }) =>
			events.some((event) => event.message.digest !== undefined),
		);
		return mayBeDigest && body.length === 0 && headers['authorization'] === undefined;
	}
}

/** What its provider takes for a receipt. */
function acknowledging({ recognised }: Verdict): Answer {
	const { status = [], body = 'OK' } = recognised?.chosen.message.acknowledge ?? {};
	return { status: Number((status[0] ?? '200').replace('xx', '00')), body };
}

function refused(verdict: Verdict, cause: string, explanation: string): Verdict {
	return { ...verdict, genuine: false, cause, explanation };
}

function referenceOf({ recognised }: Verdict): string | undefined {
	return recognised === undefined
		? undefined
		: textAt(recognised.values, recognised.chosen.message.roles.reference);
}

function receivedOf({ method, url, headers, body }: ReceivedRequest): Received {
	const flat = Object.entries(headers).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
	);
	return { method, target: url, headers: Object.fromEntries(flat), body };
}
