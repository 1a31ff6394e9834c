import type { ReceiverWatch } from '../engine/receiver.ts';
import { formatDuration } from '../model/duration.ts';
import { printable } from '../report/safe/escape.ts';
import type { CliContext } from './cli-context.ts';

const mostLines = 60;

/** Tells of a receiver that is waited for, or started: on stderr. */
export function receiverWatch({ stderr, mask }: CliContext): ReceiverWatch {
	return {
		onSilent: (host, span) =>
			stderr.write(`nothing listened on ${host} within ${formatDuration(span)}; nothing was sent\n`),
		onEnded: (how) => stderr.write(`note: the receiver ended by itself (${how})\n`),
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
