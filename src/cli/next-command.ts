import type { Composed } from '../compose/compose.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { PrintFire, Settings } from '../model/settings.ts';
import { type Help, helpAfter } from '../report/text/answer-help.ts';
import { showLine, verifyLine } from './options/print.ts';

/**
 * What to type after this verdict, with the settings of this run; undefined where no command helps.
 *
 * @param last what the last attempt came to
 * @param print writes a `fire` of this run
 */
export function nextCommand(
	event: Extract<RunEvent, { type: 'finished' }>,
	composed: Composed,
	given: Settings,
	isKept: boolean,
	last: Outcome | undefined,
	print: PrintFire,
): string | undefined {
	if (composed.faults.length > 0 || given.rawBody !== undefined) return undefined;
	// What a browser carries went to the page that is named beside the target.
	const isReturn = composed.message.browser === true && given.returnTo !== undefined;
	const settings = isReturn ? given : { ...given, to: new URL(composed.target) };
	switch (event.why) {
		case 'acknowledged': {
			// The receiver knows this order now.
			const { seed: _, now: __, ...another } = settings;
			const next = given.fresh === true ? another : settings;
			return `${print([event.event], { ...next, duplicate: 2 })}   (two at once must have one effect)`;
		}
		case 'gave-up':
			return afterRefusal(event.event, helpAfter(last, composed), composed, settings, print);
		case 'interrupted':
			return isKept ? 'callsim resume   (goes on where it stopped)' : undefined;
		case 'never-reached':
		case 'refused-target':
			return undefined;
		default:
			return event.why satisfies never;
	}
}

/** Where kept bytes were refused: what they were, and the line that made them. */
export const keptLine = 'callsim history --show last   (what was sent, and the line that makes it)';

function afterRefusal(
	event: string,
	help: Help | undefined,
	{ message }: Composed,
	settings: Settings,
	print: PrintFire,
): string | undefined {
	switch (help?.kind) {
		case 'try-json':
			return `${print([event], { ...settings, encoding: 'json' })}   (whether it reads JSON)`;
		case 'explain-digest':
			return `${verifyLine(event, settings, help.digest)}   (which mistake makes what the receiver computed)`;
		case 'show': {
			const show = showLine(event, settings);
			return message.signature === undefined
				? show
				: `${show} --explain   (what was signed, and how)`;
		}
		case undefined:
			return undefined;
		default:
			return help satisfies never;
	}
}
