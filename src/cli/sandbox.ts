import { resolve } from 'node:path';
import { parseTarget } from '../delivery/target.ts';
import { tuneForLongRuns } from '../delivery/v8-flags.ts';
import { runId } from '../engine/run-id.ts';
import { chosenProviders, startSandbox } from '../engine/sandbox.ts';
import type { SandboxLine } from '../model/contract/sandbox.ts';
import { Interruption } from '../model/interruption.ts';
import { Problem } from '../model/problem.ts';
import type { ExitCode } from '../model/run-event.ts';
import { nearestName } from '../model/suggest.ts';
import { safeJson } from '../report/safe/escape.ts';
import { sandboxIds } from '../sandbox/providers.ts';
import { within } from '../settings/engine-context.ts';
import { type CliContext, canAsk } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { gathered } from './gathered.ts';
import { portOf, type SandboxFlags } from './options/sandbox-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { Recorder } from './recorder.ts';
import { controlNames, isControl, sandboxControl } from './sandbox-control.ts';
import { notOpened, tlsOf } from './sandbox-port.ts';
import { sandboxTeller } from './sandbox-teller.ts';
import { portWords, undecided } from './sandbox-undecided.ts';
import { takenUp } from './taken-up.ts';

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
	let howToDecide: (order: string) => readonly string[] = () => [];
	const watch = sandboxTeller(run, flags, said, recorder, context, (order) => howToDecide(order));
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
	tuneForLongRuns();
	recorder.begin(run, 'sandbox', `sandbox on ${running.url}`);
	const { url, providers } = running;
	const { outcome } = flags;
	const isThere = canAsk(context, flags.input);
	const isAsked = outcome === 'ask' || (outcome === undefined && isThere);
	if (isAsked && isThere && flags.json !== true) howToDecide = undecided(running.controls, url);
	const first: SandboxLine = { v: 1, type: 'sandbox', url, providers };
	context.stdout.write(flags.json === true ? `${safeJson(first)}\n` : `sandbox on ${url}\n`);
	if (flags.json !== true)
		context.stderr.write(
			[
				`A simulation of ${providers.join(', ')}, not the provider: what is assumed says callsim sandbox --list.`,
				`Orders, and what to do with them: ${url}/_callsim/`,
				...(isAsked
					? [
							`What no input decides waits for you, there or with callsim sandbox settle <order> <outcome>${portWords(url)}`,
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

/** `orderss` is no provider that was misspelt. @throws Problem `usage` */
function refuseNearControl([word, ...more]: readonly string[]): void {
	if (word === undefined || sandboxIds.includes(word)) return;
	const near = nearestName(word, [...sandboxIds, ...controlNames]);
	if (near === undefined || !isControl(near)) return;
	throw new Problem('usage', `there is no provider and no control "${word}"`, {
		hint: `Did you mean callsim sandbox ${[near, ...more].join(' ')}?`,
	});
}

function stopped(signal: AbortSignal): Promise<ExitCode> {
	return new Promise((resolve) => {
		const end = () => resolve(signal.reason instanceof Interruption ? signal.reason.exitCode : 130);
		if (signal.aborted) end();
		else signal.addEventListener('abort', end, { once: true });
	});
}
