import type { Composed } from '../compose/compose.ts';
import { fireLine, showLine } from '../engine/command-line.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import type { RunEvent } from '../model/run-event.ts';

/** What to type after this verdict, with the flags of this run. */
export function nextCommand(
	event: Extract<RunEvent, { type: 'finished' }>,
	composed: Composed,
	flags: DeliveryFlags,
): string | undefined {
	if (composed.faults.length > 0 || flags.rawBody !== undefined) return undefined;
	switch (event.why) {
		case 'acknowledged':
			return `${fireLine([event.event], composed.target, { ...flags, duplicate: '2' })}   (two at once must have one effect)`;
		case 'gave-up': {
			const show = showLine(event.event, composed.target, flags);
			return composed.message.signature === undefined ? show : `${show} --explain   (what was signed, and how)`;
		}
		case 'never-reached':
		case 'interrupted':
		case 'refused-target':
			return undefined;
		default:
			return event.why satisfies never;
	}
}
