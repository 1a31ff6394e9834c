import { createHash } from 'node:crypto';
import { findProvider } from '../catalogue/catalogue.ts';
import type { Received } from '../diagnose/received.ts';
import { textAt } from '../diagnose/recipe.ts';
import { type Verdict, type VerdictWorld, verdictOf } from '../diagnose/verdict.ts';
import { millis, parseDuration } from '../model/duration.ts';
import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { type AnswerScript, answerScript } from '../receiver/answer-script.ts';
import { type DigestDoor, digestDoor } from '../receiver/digest-door.ts';
import { type Answer, type ReceivedRequest, startServer } from '../receiver/server.ts';
import { type Arrival, arrivalJson, arrivalLines } from '../report/arrival.ts';
import { maskOf } from '../report/mask.ts';
import { loadCatalogue } from './catalogue.ts';
import { secretsOf } from './composing.ts';
import type { CommonFlags } from './flags.ts';
import { painterFor } from './paint.ts';
import { verdictWorld } from './verdict-world.ts';
import type { World } from './world.ts';

export interface ListenFlags extends CommonFlags {
	readonly port?: string;
	readonly host?: string;
	readonly path?: string;
	readonly answer?: string;
	readonly answerFor?: readonly string[];
	readonly delay?: string;
	readonly auth?: string;
	readonly credential?: readonly string[];
}

/** Verifies and prints every callback that arrives, until it is stopped. */
export async function listen(providerId: string | undefined, flags: ListenFlags, world: World): Promise<ExitCode> {
	const catalogue = await loadCatalogue(flags, world);
	const providers = providerId === undefined ? catalogue.providers : [findProvider(catalogue, providerId)];
	const worlds = providers.map((provider) =>
		verdictWorld(
			provider,
			catalogue.events.filter((event) => event.provider === provider),
			flags,
			world,
		),
	);
	const delay = flags.delay === undefined ? millis(0) : parseDuration(flags.delay, '--delay');
	const ear = new Ear(
		worlds,
		answerScript(flags.answer, flags.answerFor ?? []),
		digestDoor('callsim', world.random),
		flags,
	);
	const paint = painterFor(world.stdout, world, flags.color);
	const mask = maskOf(
		secretsOf(
			worlds.flatMap(({ events }) => events.slice(0, 1)),
			flags,
			world,
		),
	);
	const json = flags.json === true;
	const signal = world.interruption();

	const answer = async (request: ReceivedRequest): Promise<Answer> => {
		const { arrival, answer: reply } = await ear.hear(request, world.clock.now());
		if (delay > 0) await world.clock.sleep(delay, signal).catch(() => undefined);
		if (arrival !== undefined)
			world.stdout.write(mask(json ? arrivalJson(arrival) : `${arrivalLines(arrival, paint).join('\n')}\n`));
		return reply;
	};
	const server = await opened(flags, answer);
	world.stdout.write(
		json ? `${JSON.stringify({ v: 1, type: 'listening', url: server.url })}\n` : `listening on ${server.url}\n`,
	);
	await new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
	await server.close();
	return signal.reason instanceof Interruption ? signal.reason.exitCode : 130;
}

async function opened(flags: ListenFlags, answer: (request: ReceivedRequest) => Promise<Answer>) {
	const port =
		flags.port === undefined
			? 4747
			: /^\d{1,5}$/.test(flags.port) && Number(flags.port) < 65_536
				? Number(flags.port)
				: undefined;
	if (port === undefined)
		throw new Problem('usage', `--port "${flags.port}" is not a port`, {
			hint: 'Use 1 to 65535, or 0 for any free one.',
		});
	if (flags.auth !== undefined && !['digest', 'none'].includes(flags.auth))
		throw new Problem('usage', `--auth "${flags.auth}" is unknown`, { hint: 'Use digest or none.' });
	try {
		return await startServer({ host: flags.host ?? '127.0.0.1', port, answer });
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === undefined) throw cause;
		throw new Problem('port-unavailable', `cannot listen on port ${port} (${code})`, {
			hint: 'Use --port 0 for any free port.',
			cause,
		});
	}
}

/** Hears one request after the other: judges it, counts repeats, and knows what to answer. */
class Ear {
	readonly #worlds: readonly VerdictWorld[];
	readonly #script: AnswerScript;
	readonly #door: DigestDoor;
	readonly #flags: ListenFlags;
	readonly #seen = new Map<string, number>();
	#number = 0;

	constructor(worlds: readonly VerdictWorld[], script: AnswerScript, door: DigestDoor, flags: ListenFlags) {
		this.#worlds = worlds;
		this.#script = script;
		this.#door = door;
		this.#flags = flags;
	}

	async hear(request: ReceivedRequest, at: number): Promise<{ arrival: Arrival | undefined; answer: Answer }> {
		const { path } = this.#flags;
		if (path !== undefined && request.url.split('?')[0] !== path)
			return { arrival: undefined, answer: { status: 404, body: `callsim listens on ${path}\n` } };
		const received = receivedOf(request);
		const judged = await this.#judge(received);
		const verdict = this.#atTheDoor(judged, received);
		const answer = this.#answerTo(verdict, received);
		this.#number++;
		const print = createHash('sha256')
			.update(`${received.method} ${received.target}\n`)
			.update(received.body)
			.digest('hex');
		const challenged = answer.status === 401 && received.headers['authorization'] === undefined;
		const repeatOf = challenged ? undefined : this.#seen.get(print);
		if (!challenged && repeatOf === undefined) this.#seen.set(print, this.#number);
		return { arrival: { number: this.#number, at, received, verdict, answered: answer.status, repeatOf }, answer };
	}

	/** Under the provider whose shape it has; a genuine reading wins over a shape alone. */
	async #judge(received: Received): Promise<Verdict> {
		const verdicts: Verdict[] = [];
		for (const world of this.#worlds) verdicts.push(await verdictOf(received, world));
		return (
			verdicts.find(({ genuine }) => genuine) ??
			verdicts.find(({ event }) => event !== null) ??
			(verdicts[0] as Verdict)
		);
	}

	/** An answer to a challenge that was never given out, or given twice, is not let in. */
	#atTheDoor(verdict: Verdict, { headers }: Received): Verdict {
		const authorization = headers['authorization'];
		const wantsDigest = verdict.recognised?.event.message.digest !== undefined && this.#flags.auth !== 'none';
		if (!verdict.genuine || !wantsDigest) return verdict;
		const sealed = verdict.recognised?.chosen.message.seal !== undefined;
		if (authorization === undefined) {
			return sealed
				? verdict
				: {
						...verdict,
						genuine: false,
						cause: 'no-credentials',
						explanation: 'It came without credentials and was challenged.',
					};
		}
		const objection = this.#door.objection(authorization);
		return objection === undefined
			? verdict
			: { ...verdict, genuine: false, cause: 'nonce-unknown', explanation: objection };
	}

	#answerTo(verdict: Verdict, received: Received): Answer {
		if (this.#mustChallenge(verdict, received)) {
			return { status: 401, headers: { 'www-authenticate': this.#door.challenge() }, body: `${verdict.explanation}\n` };
		}
		const scripted = this.#script.next(referenceOf(verdict));
		if (scripted !== undefined) return { status: scripted, body: `callsim listen: answer ${scripted} as asked\n` };
		if (verdict.genuine) return { status: 200, body: 'OK' };
		return {
			status: verdict.event === null ? 400 : 403,
			body: `${received.method === 'HEAD' ? '' : 'callsim listen: not genuine\n'}`,
		};
	}

	/** A Digest client may send its first request without the body (curl does): what it is cannot be known before it is asked. */
	#mustChallenge({ genuine, recognised }: Verdict, { headers, body }: Received): boolean {
		if (this.#flags.auth === 'none' || genuine) return false;
		if (recognised !== undefined) return recognised.event.message.digest !== undefined;
		const mayBeDigest = this.#worlds.some(({ events }) => events.some((event) => event.message.digest !== undefined));
		return mayBeDigest && body.length === 0 && headers['authorization'] === undefined;
	}
}

function referenceOf({ recognised }: Verdict): string | undefined {
	return recognised === undefined ? undefined : textAt(recognised.values, recognised.chosen.message.roles.reference);
}

function receivedOf({ method, url, headers, body }: ReceivedRequest): Received {
	const flat = Object.entries(headers).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
	);
	return { method, target: url, headers: Object.fromEntries(flat), body };
}
