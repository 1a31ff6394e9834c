import type { Composed } from '../compose/compose.ts';
import type { RunEvent } from '../model/run-event.ts';
import { told } from '../model/words.ts';
import { jsonLine } from '../report/json/event-json.ts';
import { diagnostics } from '../report/text/diagnostics.ts';
import type { HintContext } from '../report/text/hints.ts';
import { providerTime } from '../report/time-text.ts';
import type { CliContext } from './cli-context.ts';
import type { Countdown } from './countdown.ts';
import { simulatorNote } from './hint-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';

export interface TellOptions {
	readonly flags: CommonFlags;
	readonly countdown: Countdown;
	/** An event as lines for a person. */
	readonly lines: (event: RunEvent) => string[];
	readonly hintOf: (delivery: number) => HintContext;
}

export interface EventTeller {
	/** Warnings about what will be sent, and whose key signs it. */
	warn(items: readonly Composed[]): void;
	/** @param isDiagnosed whether hints are wanted */
	tell(event: RunEvent, isDiagnosed?: boolean): void;
}

/** Tells events as they come: results on stdout, everything else on stderr, each text once. */
export function eventTeller(
	{ flags, countdown, lines, hintOf }: TellOptions,
	{ stdout, stderr, mask, env }: CliContext,
): EventTeller {
	const paint = painterFor(stderr, { env }, flags.color);
	const diagnose = diagnostics(paint, mask, hintOf);
	const said = new Set<string>();
	const say = (texts: readonly string[]) => {
		const fresh = [...new Set(texts)].filter((text) => !said.has(text));
		for (const text of fresh) said.add(text);
		if (fresh.length === 0) return;
		countdown.clear();
		stderr.write(`${fresh.join('\n')}\n`);
	};
	return {
		warn(items) {
			const warnings = items.flatMap((item) => item.warnings);
			say(warnings.map((warning) => paint.yellow(`warning: ${told(warning, flagWords)}`)));
			say(simulatorNote(items).map((line) => paint.dim(line)));
		},
		tell(event, isDiagnosed = true) {
			countdown.clear();
			const text = () => lines(event).map((line) => `${line}\n`);
			stdout.write(flags.json === true ? jsonLine(event, mask) : text().join(''));
			if (isDiagnosed) say(diagnose(event));
			if (event.type === 'waiting')
				countdown.announce(`attempt ${event.attempt} (${providerTime(event.offsetMs)})`);
		},
	};
}
