import type { Composed } from '../compose/compose.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { PrintFire, Settings } from '../model/settings.ts';
import { type Help, helpAfter } from '../report/text/answer-help.ts';
import { showLine, verifyLine } from './options/print.ts';

/** An order that was sent before, and is kept: it need not be said again field by field. */
export interface Continues {
	/** What names it: `--order ORD-0060`. */
	readonly named: string;
	/** What was said beside it. */
	readonly given: Settings;
}

/**
 * What to type after this verdict, with the settings of this run; undefined where no command helps.
 *
 * @param last what the last attempt came to
 * @param print writes a `fire` of this run
 * @param continues where the order is one that was sent before
 */
export function nextCommand(
	event: Extract<RunEvent, { type: 'finished' }>,
	composed: Composed,
	given: Settings,
	isKept: boolean,
	last: Outcome | undefined,
	print: PrintFire,
	continues?: Continues,
): string | undefined {
	if (composed.faults.length > 0 || given.rawBody !== undefined) return undefined;
	// What a browser carries went to the page that is named beside the target.
	const isReturn = composed.message.browser === true && given.returnTo !== undefined;
	const whole = isReturn ? given : { ...given, to: new URL(composed.target) };
	const { settings, named } = shortly(whole, continues);
	const fire: PrintFire = (events, said) => `${print(events, said)}${named}`;
	switch (event.why) {
		case 'acknowledged': {
			// The receiver knows this order now.
			const { seed: _, now: __, ...another } = settings;
			const next = given.fresh === true || continues !== undefined ? another : settings;
			return `${fire([event.event], { ...next, duplicate: 2 })}   (two at once must have one effect)`;
		}
		case 'gave-up':
			return afterRefusal(helpAfter(last, composed), composed.message, {
				fire: (more) => fire([event.event], { ...settings, ...more }),
				show: () => `${showLine(event.event, settings)}${named}`,
				verify: (digest) => verifyLine(event.event, whole, digest),
			});
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

/** Where it went, and the ids of its attempt, are kept with the order. */
function shortly(
	whole: Settings,
	continues: Continues | undefined,
): { settings: Settings; named: string } {
	if (continues === undefined) return { settings: whole, named: '' };
	const { to: _, returnTo: __, credentials: ___, newAttempt: ____, ...given } = continues.given;
	const { seed, now } = whole;
	return { settings: { ...given, seed, now }, named: ` ${continues.named}` };
}

/** Lines about the callback that was refused. */
interface Lines {
	fire(more: Settings): string;
	show(): string;
	verify(digest: string): string;
}

function afterRefusal(
	help: Help | undefined,
	message: Composed['message'],
	lines: Lines,
): string | undefined {
	switch (help?.kind) {
		case 'try-json':
			return `${lines.fire({ encoding: 'json' })}   (whether it reads JSON)`;
		case 'explain-digest':
			return `${lines.verify(help.digest)}   (which mistake makes what the receiver computed)`;
		case 'show':
			return message.signature === undefined
				? lines.show()
				: `${lines.show()} --explain   (what was signed, and how)`;
		case undefined:
			return undefined;
		default:
			return help satisfies never;
	}
}
