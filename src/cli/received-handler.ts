import { createHash } from 'node:crypto';
import type { Received } from '../capture/received.ts';
import { ifGiven } from '../model/if-given.ts';
import type { AnswerScript } from '../receiver/answer-script.ts';
import { ChallengePairs } from '../receiver/challenge-pairs.ts';
import type { DigestDoor } from '../receiver/digest-door.ts';
import type { Answer, ReceivedRequest } from '../receiver/server.ts';
import type { Arrival, Forwarded } from '../report/arrival.ts';
import { readFields } from '../verify/read-fields.ts';
import { textAt } from '../verify/recipe.ts';
import { isUndecided, type Verdict, type VerdictContext } from '../verify/verdict.ts';
import { verdictInTurns } from '../verify/verdict-in-turns.ts';
import { verdictOf } from '../verify/verify-received.ts';

export interface HandlerOptions {
	/** Everything else is answered 404. */
	readonly path?: string | undefined;
	/** `none`: nobody is challenged. */
	readonly auth?: string | undefined;
	/** Whose answer is given, in place of one of ours. */
	readonly forward?: ((request: ReceivedRequest) => Promise<Forwarded>) | undefined;
}

export interface Heard {
	readonly answer: Answer;
	/** Undefined where nobody listens. */
	readonly arrival?: Arrival;
	/** The same with the mistake that was made, which takes a while; undefined where none was. */
	readonly explained?: ((pause: () => Promise<boolean>) => Promise<Arrival>) | undefined;
}

/** A listener that runs for days must not grow with what it has heard. */
const mostRemembered = 10_000;

/** Hears one request after the other: judges it, counts repeats, and knows what to answer. */
export class ReceivedHandler {
	readonly #contexts: readonly VerdictContext[];
	readonly #script: AnswerScript;
	readonly #door: DigestDoor;
	readonly #options: HandlerOptions;
	readonly #seen = new Map<string, Pick<Arrival, 'number' | 'request'>>();
	readonly #pairs = new ChallengePairs<number>();
	#requests = 0;
	#arrivals = 0;

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
		const { path, forward } = this.#options;
		if (path !== undefined && request.url.split('?')[0] !== path)
			return { answer: { status: 404, body: `callsim listens on ${path}\n` } };
		const received = receivedOf(request);
		const met = this.#pairs.meet(received.headers['authorization']);
		const number = met ?? ++this.#arrivals;
		const count = ++this.#requests;
		const [judged, context] = await this.#judge(received);
		const forwarded = await forward?.(request);
		const verdict = forwarded === undefined ? this.#atTheDoor(judged, received) : judged;
		const answer =
			forwarded === undefined ? this.#answerTo(verdict, received) : handedOn(forwarded);
		const isAsked =
			answer.status === 401 &&
			received.headers['authorization'] === undefined &&
			this.#pairs.ask(number, challengesOf(answer));
		const arrival: Arrival = {
			...{ number, request: count, at, received, verdict, forwarded },
			rawHeaders: request.rawHeaders,
			fields: (await readFields(received))?.value,
			answered: answer.status,
			repeatOf: isAsked ? undefined : this.#firstOf(received, { number, request: count }),
			challenge: isAsked ? 'asked' : ifGiven(met, () => 'met' as const),
		};
		const isTold = judged.genuine || judged.event === null;
		const explained = async (pause: () => Promise<boolean>): Promise<Arrival> => ({
			...arrival,
			verdict: await verdictInTurns(received, context, pause),
		});
		return { answer, arrival, explained: isTold ? undefined : explained };
	}

	/** The first with these bytes, where it was another one. */
	#firstOf({ method, target, body }: Received, now: Pick<Arrival, 'number' | 'request'>) {
		const print = createHash('sha256').update(`${method} ${target}\n`).update(body).digest('hex');
		const first = this.#seen.get(print);
		if (first === undefined && this.#seen.size < mostRemembered) this.#seen.set(print, now);
		return first;
	}

	/** Under the provider whose shape it has; a genuine reading wins over a shape alone. */
	async #judge(received: Received): Promise<readonly [Verdict, VerdictContext]> {
		const verdicts: [Verdict, VerdictContext][] = [];
		for (const context of this.#contexts) {
			const verdict = await verdictOf(received, { ...context, unexplained: true });
			verdicts.push([verdict, context]);
			if (isUndecided(verdict)) break;
		}
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
		const said = isUndecided(verdict) ? verdict.explanation : 'not genuine';
		return { status: verdict.event === null ? 400 : 403, body: `callsim listen: ${said}\n` };
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

function handedOn(forwarded: Forwarded): Answer {
	if ('failure' in forwarded) return { status: 502, body: `${forwarded.failure}\n` };
	const { status, reason, rawHeaders, body } = forwarded;
	return { status, body, handedOn: { reason, rawHeaders } };
}

function challengesOf({ headers, handedOn: raw }: Answer): string[] {
	const own = [headers?.['www-authenticate'] ?? []].flat();
	const theirs = raw?.rawHeaders ?? [];
	return [
		...own,
		...theirs.filter((_, at) => at % 2 === 1 && /^www-authenticate$/i.test(theirs[at - 1] ?? '')),
	];
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
