import { nothingListens } from '../delivery/wait-for.ts';
import type { ReceiverWatch } from '../engine/receiver.ts';
import { formatDuration, type Millis } from '../model/duration.ts';
import { printable } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';

const mostLines = 60;

/** @param why what the last try came to */
export function silenceText(host: string, span: Millis, why: string): string {
	const what =
		why === nothingListens ? `nothing listened on ${host}` : `no whole answer from ${host}`;
	const seen = why === nothingListens ? '' : ` (${why})`;
	return `${what} within ${formatDuration(span)}${seen}; nothing was sent\n`;
}

/** Tells of a receiver that is waited for, or started: on stderr. */
export function receiverWatch({
	stderr,
	mask,
}: Pick<CliContext, 'stderr' | 'mask'>): ReceiverWatch {
	return {
		onSilent: (host, span, why) => stderr.write(silenceText(host, span, why)),
		onEnded: (how) => stderr.write(`note: the receiver ended by itself (${how})\n`),
		onLeft: (pids) =>
			stderr.write(
				`warning: what the receiver started could not be stopped: ${pids.length === 1 ? 'process' : 'processes'} ${pids.join(', ')}\n`,
			),
		onOutput(output) {
			const lines = printable(mask(output)).trimEnd().split('\n');
			if (lines.length === 1 && lines[0] === '') return;
			const cut = lines.length > mostLines ? [`… ${lines.length - mostLines} lines before`] : [];
			stderr.write(
				`the receiver printed:\n${[...cut, ...lines.slice(-mostLines)].map((line) => `  │ ${line}`).join('\n')}\n`,
			);
		},
	};
}
