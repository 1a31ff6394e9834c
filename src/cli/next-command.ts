import type { Composed } from '../compose/compose.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { fireLine, showLine } from './options/print.ts';

/** What to type after this verdict, with the settings of this run. */
export function nextCommand(
	event: Extract<RunEvent, { type: 'finished' }>,
	composed: Composed,
	given: Settings,
	isKept: boolean,
): string | undefined {
	if (composed.faults.length > 0 || given.rawBody !== undefined) return undefined;
	// What a browser carries went to the page that is named beside the target.
	const isReturn = composed.message.browser === true && given.returnTo !== undefined;
	const settings = isReturn ? given : { ...given, to: new URL(composed.target) };
	switch (event.why) {
		case 'acknowledged':
			return `${fireLine([event.event], { ...settings, duplicate: 2 })}   (two at once must have one effect)`;
		case 'gave-up': {
			const show = showLine(event.event, settings);
			return composed.message.signature === undefined
				? show
				: `${show} --explain   (what was signed, and how)`;
		}
		case 'interrupted':
			return isKept ? 'callsim resume   (goes on where it stopped)' : undefined;
		case 'never-reached':
		case 'refused-target':
			return undefined;
		default:
			return event.why satisfies never;
	}
}
