import { findProvider } from '../catalogue/catalogue.ts';
import { isLocalAddress } from '../delivery/address.ts';
import { runId } from '../engine/run-id.ts';
import { millis, parseDuration } from '../model/duration.ts';
import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { answerScript } from '../receiver/answer-script.ts';
import { digestDoor } from '../receiver/digest-door.ts';
import {
	type Answer,
	type ReceivedRequest,
	type RunningServer,
	startServer,
} from '../receiver/server.ts';
import { arrivalJson, listeningJson, receivedEvent } from '../report/json/callback-json.ts';
import { type Arrival, arrivalLines } from '../report/text/arrival-text.ts';
import { learnSecrets } from '../settings/composing.ts';
import { bugText } from './bug-text.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { painterFor } from './paint.ts';
import { ReceivedHandler } from './received-handler.ts';
import { Recorder } from './recorder.ts';
import { Telling } from './telling.ts';
import { verdictContext } from './verdict-context.ts';

export interface ListenFlags extends CommonFlags, JournalFlags {
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
export async function listen(
	providerId: string | undefined,
	flags: ListenFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const { context, catalogue } = await commandContext(flags, outer);
	const settings = readSettings({ credential: flags.credential });
	const providers =
		providerId === undefined ? catalogue.providers : [findProvider(catalogue, providerId)];
	const contexts = providers.map((provider) =>
		verdictContext(
			provider,
			catalogue.events.filter((event) => event.provider === provider),
			settings,
			[],
			context,
			providers,
		),
	);
	const delay = flags.delay === undefined ? millis(0) : parseDuration(flags.delay, 'delay');
	const handler = new ReceivedHandler(
		contexts,
		answerScript(flags.answer, flags.answerFor ?? []),
		digestDoor('callsim', context.random),
		flags,
	);
	const paint = painterFor(context.stdout, context, flags.color);
	learnSecrets(
		contexts.flatMap(({ events }) => events.slice(0, 1)),
		settings,
		context,
	);
	const { mask } = context;
	const json = flags.json === true;
	const signal = context.interruption();
	const recorder = new Recorder(flags, context);
	const run = runId(context.clock.now(), context.random);

	const failed = (error: unknown) => context.stderr.write(bugText(error, context.version));
	const telling = new Telling(failed);
	const tell = (arrival: Arrival) => {
		const { v: _, at: __, ...received } = receivedEvent(arrival, mask);
		recorder.keep({ run, ...received });
		context.stdout.write(
			json ? arrivalJson(arrival, mask) : `${arrivalLines(arrival, paint, mask).join('\n')}\n`,
		);
	};

	const answer = async (request: ReceivedRequest): Promise<Answer> => {
		const heard = await handler.hear(request, context.clock.now());
		const { arrival, explained } = heard;
		if (delay > 0) await context.clock.sleep(delay, signal).catch(() => undefined);
		if (arrival !== undefined)
			telling.add(async (isBusy) => {
				tell(explained === undefined || isBusy ? arrival : await explained());
			});
		return heard.answer;
	};
	const server = await openServer(flags, answer, failed);
	recorder.begin(run, 'listen', `listen on ${server.url}`);
	context.stdout.write(json ? listeningJson(server.url) : `listening on ${server.url}\n`);
	tellReach(server, context);
	await new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
	await server.close();
	await telling.end();
	recorder.close();
	return signal.reason instanceof Interruption ? signal.reason.exitCode : 130;
}

async function openServer(
	flags: ListenFlags,
	answer: (request: ReceivedRequest) => Promise<Answer>,
	failed: (error: unknown) => void,
): Promise<RunningServer> {
	const port = Number(flags.port ?? 4747);
	if (!/^\d*$/.test(flags.port ?? '') || flags.port === '' || port > 65_535)
		throw new Problem('usage', `--port "${flags.port}" is not a port`, {
			hint: 'Use 1 to 65535, or 0 for any free one.',
		});
	if (flags.auth !== undefined && !['digest', 'none'].includes(flags.auth))
		throw new Problem('usage', `--auth "${flags.auth}" is unknown`, {
			hint: 'Use digest or none.',
		});
	const host = (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
	const server = await startServer({ host, port, answer, failed }).catch(
		(cause: NodeJS.ErrnoException) => {
			if (cause.code === undefined) throw cause;
			throw new Problem(
				'port-unavailable',
				`cannot listen on ${authority(host, port)} (${cause.code})`,
				{
					hint:
						cause.code === 'EADDRINUSE'
							? 'Use --port 0 for any free port.'
							: 'Check --host and --port.',
					cause,
				},
			);
		},
	);
	if (URL.canParse(server.url)) return server;
	await server.close();
	throw new Problem('usage', `--host "${host}" has a zone, which no URL can name`, {
		hint: 'Use an address without one, or :: for all interfaces.',
	});
}

const authority = (host: string, port: number): string =>
	`${host.includes(':') ? `[${host}]` : host}:${port}`;

/** What the address alone does not tell: who else reaches it, and that `fire` must be allowed. */
function tellReach({ url, onAllInterfaces }: RunningServer, context: CliContext): void {
	if (onAllInterfaces)
		context.note("it listens on all interfaces: other machines reach it at this one's address");
	else if (!isLocalAddress(new URL(url).hostname))
		context.note('its address is public: callsim sends there with --allow-remote alone');
}
