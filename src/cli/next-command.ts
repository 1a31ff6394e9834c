import type { Composed } from '../compose/compose.ts';
import type { RunEvent } from '../model/run-event.ts';
import { quoted } from '../report/request-text.ts';

/** What to type after this verdict. */
export function nextCommand(
	event: Extract<RunEvent, { type: 'finished' }>,
	composed: Composed,
	faulty: boolean,
): string | undefined {
	const fire = `callsim fire ${event.event} --to ${quoted(composed.target)}`;
	switch (event.why) {
		case 'acknowledged':
			if (faulty) return undefined;
			return `${fire} --duplicate 2   (two at once must have one effect)`;
		case 'gave-up':
			return composed.message.seal === undefined
				? `callsim show ${event.event}`
				: `callsim show ${event.event} --explain   (what was signed, and how)`;
		case 'never-reached':
			return `${fire} --wait-for 30s`;
		case 'interrupted':
		case 'refused-target':
			return undefined;
		default:
			return event.why satisfies never;
	}
}
