import { setMaxListeners } from 'node:events';
import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath } from 'node:url';
import packageFile from '../../package.json' with { type: 'json' };
import type { OuterContext, Sink } from '../../src/cli/cli-context.ts';
import { main } from '../../src/cli/main.ts';
import { systemClock } from '../../src/delivery/clock.ts';
import type { Clock } from '../../src/model/clock.ts';
import { Interruption } from '../../src/model/interruption.ts';
import { callsimProcess, inherited } from './cli-process.ts';
import { hurriedClock } from './hurried-clock.ts';

export interface CliResult {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface CliOptions {
	readonly env?: Record<string, string> | undefined;
	readonly input?: string | Buffer | undefined;
	readonly cwd?: string | undefined;
	/** A signal to send when something in the test has happened. */
	readonly signalWhen?: readonly [happened: AbortSignal, signal: NodeJS.Signals] | undefined;
	/** A signal to send as soon as this text stands on stderr. */
	readonly signalAfter?: readonly [text: string, signal: NodeJS.Signals] | undefined;
	/** Called with everything on stdout so far, to act at the right moment without sleeping. */
	readonly onStdout?: ((text: string, kill: (signal: NodeJS.Signals) => void) => void) | undefined;
	/** How large a terminal stdout and stderr are; without it they are pipes. */
	readonly terminal?: { readonly columns: number; readonly rows?: number } | undefined;
	/** The real one, a hurried one for `check`, unless a test brings its own. */
	readonly clock?: Clock | undefined;
}

/**
 * One command line, run in this process from its sources: a process of its own would cost the time of ten tests. What only
 * a process shows (real signals and streams, its end, the bundle) is asked of `callsimProcess`. It is one as well where
 * the environment means Node itself (NODE_OPTIONS and the like), and with CALLSIM_NODE, as a process of that Node.
 */
export async function callsim(
	args: readonly string[],
	options: CliOptions = {},
): Promise<CliResult> {
	const isForNode = Object.keys(options.env ?? {}).some((name) => name.startsWith('NODE_'));
	const isOtherNode = process.env['CALLSIM_NODE'] !== undefined && options.clock === undefined;
	if (isForNode || isOtherNode) return callsimProcess(args, options);
	const signals = signalsTo();
	// As through a pipe: what was written is read a moment later.
	const stdout = sink(
		(text) => setImmediate(() => options.onStdout?.(text, signals.send)),
		options.terminal,
	);
	const [awaited, signal] = options.signalAfter ?? [];
	const stderr = sink((text) => {
		if (awaited !== undefined && signal !== undefined && text.includes(awaited))
			setImmediate(() => signals.send(signal));
	}, options.terminal);
	const [happened, signalThen] = options.signalWhen ?? [];
	happened?.addEventListener('abort', () => signals.send(signalThen ?? 'SIGINT'), { once: true });
	const context: OuterContext = {
		env: { ...inherited(), ...options.env },
		cwd: options.cwd ?? process.cwd(),
		stdin: Readable.from(options.input === undefined ? [] : [Buffer.from(options.input)]),
		stdout,
		stderr,
		clock: options.clock ?? (args[0] === 'check' ? hurriedClock() : systemClock),
		random: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
		interruption: signals.caught,
		version: packageFile.version,
		cataloguePath,
		insideContainer: () => false,
	};
	const code = await Promise.race([main(args, context), signals.uncaught]);
	return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Packed by the build, as the command reads it. */
const cataloguePath = fileURLToPath(new URL('../../dist/catalogue.json', import.meta.url));

/** A pipe, or a terminal; and everything that was written. */
function sink(
	onText: (text: string) => void,
	terminal: CliOptions['terminal'],
): Sink & { text(): string } {
	const decoder = new StringDecoder('utf8');
	let all = '';
	return {
		isTTY: terminal !== undefined,
		columns: terminal?.columns,
		rows: terminal?.rows,
		write(text) {
			all += typeof text === 'string' ? text : decoder.write(Buffer.from(text));
			onText(all);
		},
		text: () => all,
	};
}

/** Only the first counts: a second signal means "at once", which is another thing to test, with a process. */
function signalsTo() {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	let isCaught = false;
	let die: (reason: Error) => void = () => undefined;
	const uncaught = new Promise<never>((_resolve, reject) => {
		die = reject;
	});
	return {
		caught: () => {
			isCaught = true;
			return controller.signal;
		},
		send: (signal: NodeJS.Signals) => {
			if (controller.signal.aborted) return;
			if (isCaught) controller.abort(new Interruption(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM'));
			else die(new Error(`${signal} would have ended the command: nothing catches it yet`));
		},
		uncaught,
	};
}

export type Json = Record<string, unknown> & { type?: string };

export const jsonLines = (text: string): Json[] =>
	text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Json);
