import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock, systemRandom } from '../delivery/clock.ts';
import { Interruption } from '../delivery/fire.ts';
import type { ExitCode } from '../model/run-event.ts';
import { main } from './main.ts';
import type { Sink } from './world.ts';

/** Hands the real process to the command line. The only place that knows `process`. */
export async function start(version: string): Promise<ExitCode> {
	return main(process.argv.slice(2), {
		env: process.env,
		stdin: process.stdin,
		stdout: sinkOf(process.stdout),
		stderr: sinkOf(process.stderr),
		clock: systemClock,
		random: systemRandom,
		interruption,
		version,
		cataloguePath: fileURLToPath(new URL('./catalogue.json', import.meta.url)),
		insideContainer: () => existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
	});
}

let controller: AbortController | undefined;

/** The first signal stops the run in good order, the second ends the process at once. */
function interruption(): AbortSignal {
	if (controller !== undefined) return controller.signal;
	const created = new AbortController();
	controller = created;
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			const reason = new Interruption(signal);
			if (created.signal.aborted) process.exit(reason.exitCode);
			created.abort(reason);
		});
	}
	return created.signal;
}

/** A reader that goes away (`| head`) ends the output, not the run: its exit code must stay true. */
function sinkOf(stream: NodeJS.WriteStream): Sink {
	let open = true;
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		open = false;
	});
	return {
		get isTTY() {
			return stream.isTTY === true;
		},
		get columns() {
			return stream.columns;
		},
		write(text) {
			if (open && text.length > 0) stream.write(text);
		},
	};
}
