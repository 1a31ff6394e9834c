import { resolve } from 'node:path';
import type { Composed } from '../compose/compose.ts';
import { weakestClaim } from '../compose/options.ts';
import { parseTarget } from '../delivery/target.ts';
import { runId } from '../engine/run-id.ts';
import { chosenProviders, startSandbox } from '../engine/sandbox.ts';
import type { CallLine, SandboxLine, StateLine } from '../model/contract/sandbox.ts';
import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { nearestName } from '../model/suggest.ts';
import { textOfFile } from '../model/text-file.ts';
import { isoTime } from '../report/json/event-json.ts';
import { safeJson } from '../report/safe/escape.ts';
import { deliveryReporter } from '../report/text/delivery-text.ts';
import { callLines, stateLine } from '../report/text/sandbox-text.ts';
import { sandboxIds } from '../sandbox/providers.ts';
import type { SandboxWatch } from '../sandbox/watch.ts';
import { within } from '../settings/engine-context.ts';
import { readBytes } from '../settings/files.ts';
import { bugText } from './bug-text.ts';
import { type CliContext, canAsk } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { countdownOf } from './countdown.ts';
import { gathered } from './gathered.ts';
import { hintContext } from './hint-context.ts';
import { portOf, type SandboxFlags } from './options/sandbox-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { painterFor } from './paint.ts';
import { problemText } from './problem-text.ts';
import { Recorder } from './recorder.ts';
import { controlNames, isControl, sandboxControl } from './sandbox-control.ts';
import { takenUp } from './taken-up.ts';
import { eventTeller } from './tell-events.ts';

/** Runs until it is stopped, or until the shop that it started ends. */
export async function sandbox(
	words: readonly string[],
	flags: SandboxFlags,
	outer: CliContext,
): Promise<ExitCode> {
	if (isControl(words[0])) return sandboxControl(words, flags, outer);
	refuseNearControl(words);
	if (flags.list === true)
		return (await import('./sandbox-list.ts')).sandboxList(
			await chosenProviders(words),
			flags,
			outer,
		);
	const { context: plain, catalogue } = await commandContext(flags, outer);
	const stdout = gathered(plain.stdout);
	const context = within(plain, { stdout });
	const { to: _, ...settings } = readSettings(flags);
	const signal = context.interruption();
	const recorder = new Recorder(flags, context);
	const said = { ...settings, returnTo: settings.returnTo };
	const run = runId(context.clock.now(), context.random);
	const watch = watching(run, flags, said, recorder, context);
	const port = portOf(flags);
	const host = (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
	const running = await startSandbox(
		{
			run,
			providers: words,
			settings: said,
			callbackTo:
				flags.callbackTo === undefined
					? undefined
					: parseTarget(flags.callbackTo, 'callbackTo').href,
			outcome: flags.outcome,
			isAsked: canAsk(context, flags.input),
			...{ host, port, tls: tlsOf(flags, context) },
			state: flags.state === undefined ? undefined : resolve(context.cwd, flags.state),
			isStill: false,
			usualDelay: 2_000,
		},
		catalogue,
		watch,
		context,
	).catch((cause: NodeJS.ErrnoException) => {
		throw cause instanceof Problem || cause.code === undefined
			? cause
			: notOpened(host, port, cause);
	});
	recorder.begin(run, 'sandbox', `sandbox on ${running.url}`);
	const { url, providers } = running;
	const { outcome } = flags;
	const isAsked = outcome === 'ask' || (outcome === undefined && canAsk(context, flags.input));
	const first: SandboxLine = { v: 1, type: 'sandbox', url, providers };
	context.stdout.write(flags.json === true ? `${safeJson(first)}\n` : `sandbox on ${url}\n`);
	if (flags.json !== true)
		context.stderr.write(
			[
				`A simulation of ${providers.join(', ')}, not the provider: what is assumed says callsim sandbox --list.`,
				`Orders, and what to do with them: ${url}/_callsim/`,
				...(isAsked
					? [
							`What no input decides waits for you, there or by: callsim sandbox settle <order> <outcome>`,
						]
					: []),
			]
				.map((line) => `${line}\n`)
				.join(''),
		);
	if (flags.state !== undefined) context.note(`${flags.state}: ${takenUp(running.controls)}`);
	const shop =
		flags.exec === undefined
			? undefined
			: (await import('./shop-process.ts')).shopProcess(flags.exec, url, context);
	const code = await Promise.race([stopped(signal), ...(shop === undefined ? [] : [shop.ended])]);
	await shop?.stop();
	await running.close();
	stdout.flush();
	recorder.close();
	return code;
}

/** What is heard of the sandbox, on stdout as it comes, and into the journal. */
function watching(
	run: string,
	flags: SandboxFlags,
	settings: Settings,
	recorder: Recorder,
	context: CliContext,
): SandboxWatch {
	const { stdout, stderr, mask } = context;
	const paint = painterFor(stdout, context, flags.color);
	const items = new Map<number, Composed>();
	const itemOf = (delivery: number): Composed => {
		const item = items.get(delivery);
		if (item === undefined) throw new Error(`delivery ${delivery} was not announced`);
		return item;
	};
	const teller = eventTeller(
		{
			flags,
			countdown: countdownOf(context, false),
			lines: deliveryReporter({
				...{ paint, mask, numbered: true, verbose: false, next: () => undefined },
				claim: (delivery) => weakestClaim(itemOf(delivery).claims),
			}),
			// How often it is sent, and when, was said when the sandbox was started.
			hintOf: (delivery) => ({
				...hintContext(itemOf(delivery), settings, context),
				...{ isSentOnce: true, canWait: false },
			}),
		},
		context,
	);
	const write = (line: CallLine | StateLine, text: () => readonly string[]) =>
		stdout.write(
			flags.json === true
				? `${safeJson(line)}\n`
				: text()
						.map((one) => `${one}\n`)
						.join(''),
		);
	return {
		composed(item, said, delivery) {
			items.set(delivery, item);
			recorder.delivery(item, said, { run, delivery });
			teller.warn([item]);
		},
		trying: recorder.trying,
		event(event) {
			recorder.event(event);
			teller.tell(event);
			if (event.type === 'finished') items.delete(event.delivery);
		},
		failed: (error) =>
			stderr.write(error instanceof Problem ? problemText(error) : bugText(error, context.version)),
		call({ at, provider = null, method, target, status = null, order, notes }) {
			const line: CallLine = {
				v: 1,
				type: 'call',
				run,
				at: isoTime(at),
				provider,
				method: mask(method),
				path: mask(target),
				status,
				order: order && { id: mask(order.id), reference: mask(order.reference) },
				notes: notes.map(mask),
			};
			write(line, () => callLines(line, paint, mask));
		},
		state({ id, reference, provider }, from = null as never, to) {
			const line: StateLine = {
				v: 1,
				type: 'state',
				run,
				provider,
				order: id,
				reference,
				from,
				to,
			};
			write(line, () => [stateLine(line, paint)]);
		},
	};
}

/** `orderss` is no provider that was misspelt. @throws Problem `usage` */
function refuseNearControl([word, ...more]: readonly string[]): void {
	if (word === undefined || sandboxIds.includes(word)) return;
	const near = nearestName(word, [...sandboxIds, ...controlNames]);
	if (near === undefined || !isControl(near)) return;
	throw new Problem('usage', `there is no provider and no control "${word}"`, {
		hint: `Did you mean callsim sandbox ${[near, ...more].join(' ')}?`,
	});
}

function tlsOf({ cert, key }: SandboxFlags, { cwd }: CliContext) {
	if (cert === undefined && key === undefined) return undefined;
	if (cert === undefined || key === undefined)
		throw new Problem('usage', '--cert and --key belong together', { hint: 'Give both, or none.' });
	const read = (path: string) => textOfFile(readBytes(resolve(cwd, path), path), path);
	return { cert: read(cert), key: read(key) };
}

function notOpened(host: string, port: number, cause: NodeJS.ErrnoException): Problem {
	const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
	if (/^ERR_(OSSL|SSL)/.test(cause.code ?? ''))
		return new Problem(
			'file-unreadable',
			`--cert and --key are no certificate and its key (${cause.code})`,
			{
				hint: 'Give PEM files: -----BEGIN CERTIFICATE-----, -----BEGIN PRIVATE KEY-----.',
				cause,
			},
		);
	return new Problem('port-unavailable', `cannot listen on ${where} (${cause.code})`, {
		hint:
			cause.code === 'EADDRINUSE'
				? 'Is another sandbox running? Use --port 0 for any free port.'
				: 'Check --host and --port.',
		cause,
	});
}

function stopped(signal: AbortSignal): Promise<ExitCode> {
	return new Promise((resolve) => {
		const end = () => resolve(signal.reason instanceof Interruption ? signal.reason.exitCode : 130);
		if (signal.aborted) end();
		else signal.addEventListener('abort', end, { once: true });
	});
}
