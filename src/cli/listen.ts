import { findProvider } from '../catalogue/catalogue.ts';
import { learnSecrets } from '../engine/composing.ts';
import type { CommonFlags } from '../engine/flags.ts';
import { millis, parseDuration } from '../model/duration.ts';
import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { answerScript } from '../receiver/answer-script.ts';
import { digestDoor } from '../receiver/digest-door.ts';
import { type Answer, type ReceivedRequest, startServer } from '../receiver/server.ts';
import { arrivalJson, arrivalLines } from '../report/arrival.ts';
import { Ear } from './ear.ts';
import { painterFor } from './paint.ts';
import { bugText } from './problem-text.ts';
import { surroundingsOf } from './surroundings.ts';
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
export async function listen(providerId: string | undefined, flags: ListenFlags, outer: World): Promise<ExitCode> {
	const { world, catalogue } = await surroundingsOf(flags, outer);
	const providers = providerId === undefined ? catalogue.providers : [findProvider(catalogue, providerId)];
	const worlds = providers.map((provider) =>
		verdictWorld(
			provider,
			catalogue.events.filter((event) => event.provider === provider),
			flags,
			world,
			providers,
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
	learnSecrets(
		worlds.flatMap(({ events }) => events.slice(0, 1)),
		flags,
		world,
	);
	const { mask } = world;
	const json = flags.json === true;
	const signal = world.interruption();

	const answer = async (request: ReceivedRequest): Promise<Answer> => {
		const { arrival, answer: reply } = await ear.hear(request, world.clock.now());
		if (delay > 0) await world.clock.sleep(delay, signal).catch(() => undefined);
		if (arrival !== undefined)
			world.stdout.write(json ? arrivalJson(arrival, mask) : `${arrivalLines(arrival, paint, mask).join('\n')}\n`);
		return reply;
	};
	const server = await opened(flags, answer, (error) => world.stderr.write(bugText(error, world.version)));
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

async function opened(
	flags: ListenFlags,
	answer: (request: ReceivedRequest) => Promise<Answer>,
	failed: (error: unknown) => void,
) {
	const port = Number(flags.port ?? 4747);
	if (!/^\d*$/.test(flags.port ?? '') || flags.port === '' || port > 65_535)
		throw new Problem('usage', `--port "${flags.port}" is not a port`, {
			hint: 'Use 1 to 65535, or 0 for any free one.',
		});
	if (flags.auth !== undefined && !['digest', 'none'].includes(flags.auth))
		throw new Problem('usage', `--auth "${flags.auth}" is unknown`, { hint: 'Use digest or none.' });
	try {
		return await startServer({ host: flags.host ?? '127.0.0.1', port, answer, failed });
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		if (code === undefined) throw cause;
		const where = `${flags.host ?? '127.0.0.1'}:${port}`;
		throw new Problem('port-unavailable', `cannot listen on ${where} (${code})`, {
			hint: code === 'EADDRINUSE' ? 'Use --port 0 for any free port.' : 'Check --host and --port.',
			cause,
		});
	}
}
