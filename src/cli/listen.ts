import { setImmediate as nextTurn } from 'node:timers/promises';
import { findProvider } from '../catalogue/catalogue.ts';
import { runId } from '../engine/run-id.ts';
import { HeldChallenges } from '../inspect/held-challenges.ts';
import type { RunningPage } from '../inspect/page-server.ts';
import { millis, parseDuration } from '../model/duration.ts';
import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { answerScript } from '../receiver/answer-script.ts';
import { digestDoor } from '../receiver/digest-door.ts';
import type { Answer, ReceivedRequest } from '../receiver/server.ts';
import type { Arrival } from '../report/arrival.ts';
import { arrivalJson, listeningJson, receivedEvent } from '../report/json/callback-json.ts';
import { arrivalLines } from '../report/text/arrival-text.ts';
import { learnSecrets } from '../settings/composing.ts';
import type { VerdictContext } from '../verify/verdict.ts';
import { bugText } from './bug-text.ts';
import type { CliContext } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { type ForwardFlags, forwardingOf, refuseItself } from './forward-to.ts';
import { openPage } from './listen-page.ts';
import { type ListenerPlace, openListener, tellReach } from './listen-server.ts';
import type { CommonFlags } from './options/common-flags.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { painterFor } from './paint.ts';
import { ReceivedHandler } from './received-handler.ts';
import { Recorder } from './recorder.ts';
import { savingTo } from './save-arrivals.ts';
import { columnsOf } from './screen.ts';
import { Telling } from './telling.ts';
import { verdictContext } from './verdict-context.ts';

export interface ListenFlags extends CommonFlags, JournalFlags, ListenerPlace, ForwardFlags {
	readonly path?: string;
	readonly delay?: string;
	readonly credential?: readonly string[];
	readonly save?: string;
	readonly page?: boolean;
	readonly pagePort?: string;
}

/** Of web pages that are refused: a page may ask for ever. */
const mostRefusalsTold = 10;

/** Verifies and prints every callback that arrives, until it is stopped. */
export async function listen(
	providerId: string | undefined,
	flags: ListenFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const { context, catalogue } = await commandContext(flags, outer);
	refuseUnknownAuth(flags);
	const contexts = contextsFor(providerId, flags, { context, catalogue });
	const delay = flags.delay === undefined ? millis(0) : parseDuration(flags.delay, 'delay');
	const forwarding = await forwardingOf(flags, context);
	const handler = new ReceivedHandler(
		contexts,
		answerScript(flags.answer, flags.answerFor ?? []),
		digestDoor('callsim', context.random),
		{ path: flags.path, auth: flags.auth, forward: forwarding?.send },
	);
	const paint = painterFor(context.stdout, context, flags.color);
	const { mask } = context;
	const json = flags.json === true;
	const signal = context.interruption();
	const run = runId(context.clock.now(), context.random);
	const save = flags.save === undefined ? undefined : savingTo(flags.save, run, contexts, context);
	const recorder = new Recorder(flags, context);

	const failed = (error: unknown) => context.stderr.write(bugText(error, context.version));
	const telling = new Telling(failed);
	let page: RunningPage | undefined;
	const held = new HeldChallenges(
		(arrival) => {
			save?.(arrival);
			page?.add(arrival);
			if (json) return;
			const lines = arrivalLines(arrival, paint, mask, columnsOf(context.stdout));
			context.stdout.write(`${lines.join('\n')}\n`);
		},
		(ms) => context.clock.sleep(millis(ms), signal).catch(() => undefined),
	);
	const tell = (arrival: Arrival) => {
		const { v: _, at: __, ...received } = receivedEvent(arrival, mask);
		recorder.keep({ run, ...received });
		if (json) context.stdout.write(arrivalJson(arrival, mask));
		held.add(arrival);
	};

	const answer = async (request: ReceivedRequest): Promise<Answer> => {
		const heard = await handler.hear(request, context.clock.now());
		const { arrival, explained } = heard;
		if (delay > 0) await context.clock.sleep(delay, signal).catch(() => undefined);
		if (arrival !== undefined)
			telling.add(async (isBusy, isBusyNow) => {
				tell(isBusy || explained === undefined ? arrival : await explained(turnsUntil(isBusyNow)));
			});
		return heard.answer;
	};
	let refusals = 0;
	const refused = (why: string) => {
		if (++refusals <= mostRefusalsTold) context.note(mask(`a request was refused: ${why}`));
	};
	const server = await openListener(flags, answer, failed, refused);
	if (forwarding !== undefined) await refuseItself(forwarding, server);
	const { version } = context;
	const about = { url: server.url, forwardTo: forwarding?.to.href, version, run };
	page = await openPage(flags, about, answer, mask).catch(async (error: unknown) => {
		await server.close();
		throw error;
	});
	recorder.begin(run, 'listen', `listen on ${server.url}`);
	context.stdout.write(
		json ? listeningJson(server.url, page?.url) : `listening on ${server.url}\n`,
	);
	if (page !== undefined && !json) context.note(`what arrives is shown on ${page.url}`);
	tellReach(server, context);
	await new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});
	await server.close();
	await telling.end();
	held.end();
	await page?.close();
	recorder.close();
	return signal.reason instanceof Interruption ? signal.reason.exitCode : 130;
}

/** What is known of each provider that may call; its secrets are out of sight from here on. */
function contextsFor(
	wanted: string | undefined,
	{ credential }: ListenFlags,
	{ context, catalogue }: Pick<CommandContext, 'context' | 'catalogue'>,
): VerdictContext[] {
	const settings = readSettings({ credential });
	const providers = wanted === undefined ? catalogue.providers : [findProvider(catalogue, wanted)];
	const contexts = providers.map((provider) => {
		const events = catalogue.events.filter((event) => event.provider === provider);
		return verdictContext(provider, events, settings, [], context, providers);
	});
	learnSecrets(
		contexts.flatMap(({ events }) => events.slice(0, 1)),
		settings,
		context,
	);
	return contexts;
}

/** Others have their turn; there is none any more once there is no time for it. */
const turnsUntil = (isBusy: () => boolean) => async (): Promise<boolean> => {
	await nextTurn();
	return !isBusy();
};

function refuseUnknownAuth({ auth }: ListenFlags): void {
	if (auth === undefined || ['digest', 'none'].includes(auth)) return;
	throw new Problem('usage', `--auth "${auth}" is unknown`, { hint: 'Use digest or none.' });
}
