import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { systemClock } from '../delivery/clock.ts';
import { mayTune } from '../delivery/v8-flags.ts';
import type { Random } from '../model/clock.ts';
import { Interruption } from '../model/interruption.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { Sink } from './cli-context.ts';
import { main } from './main.ts';

/** Hands the real process to the command line: its arguments, environment, streams and signals. */
export async function start(version: string, cataloguePath: string): Promise<ExitCode> {
	mayTune();
	return main(process.argv.slice(2), {
		env: process.env,
		cwd: process.cwd(),
		// Opening it costs 3 ms, and few commands read it.
		get stdin() {
			return process.stdin;
		},
		stdout: sinkOf('stdout'),
		stderr: sinkOf('stderr'),
		clock: systemClock,
		random: systemRandom,
		interruption,
		version,
		cataloguePath,
		insideContainer: () => existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
	});
}

/** Loaded at the first use: lists and help need none, and it costs a tenth of their start-up. */
const systemRandom: Random = {
	bytes: (count) => process.getBuiltinModule('node:crypto').randomBytes(count),
};

let controller: AbortController | undefined;

/** The first signal stops the run in good order, the second ends the process at once. */
function interruption(): AbortSignal {
	if (controller !== undefined) return controller.signal;
	const created = new AbortController();
	controller = created;
	// Every attempt under way listens, and --duplicate has many under way.
	setMaxListeners(0, created.signal);
	// A terminal that closes hangs up: what was started must not be left behind.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			const reason = new Interruption(signal);
			if (created.signal.aborted) process.exit(reason.exitCode);
			created.abort(reason);
		});
	}
	return created.signal;
}

/** A reader that goes away (`| head`) ends the output, not the run: the exit code stays true. */
function sinkOf(name: 'stdout' | 'stderr'): Sink {
	let isOpen = true;
	let stream: NodeJS.WriteStream | undefined;
	const opened = () => {
		stream ??= process[name].on('error', ({ code }: NodeJS.ErrnoException) => {
			isOpen = false;
			if (code === 'EPIPE') return;
			// A full disk: what was to be read there is lost, and the exit code must not say otherwise.
			process.exitCode = 2;
			if (name === 'stdout')
				process.stderr.write(
					`error output-unwritable: cannot write the output (${code})\n  try: Check where it goes.\n`,
				);
		});
		return stream;
	};
	return {
		get isTTY() {
			return opened().isTTY === true;
		},
		get columns() {
			return opened().columns;
		},
		get rows() {
			return opened().rows;
		},
		write(text) {
			if (isOpen && text.length > 0) opened().write(text);
		},
	};
}
