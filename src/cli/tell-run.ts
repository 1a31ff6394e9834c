import type { Composed } from '../compose/compose.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { told } from '../model/words.ts';
import { jsonLine } from '../report/json/event-json.ts';
import { diagnostics } from '../report/text/diagnostics.ts';
import type { HintContext } from '../report/text/hints.ts';
import { runReporter } from '../report/text/run-text.ts';
import { providerTime } from '../report/time-text.ts';
import type { CliContext } from './cli-context.ts';
import type { Countdown } from './countdown.ts';
import { hintContext, simulatorNote } from './hint-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';

export interface TellOptions {
	readonly flags: CommonFlags;
	readonly settings: Settings;
	readonly countdown: Countdown;
	/** Flags that repeat the run. */
	readonly again: string;
	readonly sideBySide: boolean;
}

/** Tells a run while it goes on: results on stdout, everything else on stderr. */
export interface RunTeller {
	/** Told of every callback before it is delivered. */
	composed(delivery: number, item: Composed, stopsReceiver: boolean): void;
	tell(event: RunEvent): void;
}

export function tellRun(
	{ flags, settings, countdown, again, sideBySide }: TellOptions,
	context: CliContext,
): RunTeller {
	const { mask } = context;
	const lines = runReporter({
		paint: painterFor(context.stdout, context, flags.color),
		mask,
		sideBySide,
		again,
	});
	const paint = painterFor(context.stderr, context, flags.color);
	const hints = new Map<number, HintContext>();
	const diagnose = diagnostics(paint, mask, (delivery) => {
		const hint = hints.get(delivery);
		if (hint === undefined) throw new Error(`delivery ${delivery} was not announced`);
		return hint;
	});
	const said = new Set<string>();
	const say = (texts: readonly string[]) => {
		const fresh = texts.filter((text) => !said.has(text));
		for (const text of fresh) said.add(text);
		if (fresh.length === 0) return;
		countdown.clear();
		context.stderr.write(`${fresh.join('\n')}\n`);
	};
	const tell = (event: RunEvent) => {
		countdown.clear();
		if (flags.json === true) context.stdout.write(jsonLine(event, mask));
		else
			context.stdout.write(
				lines(event)
					.map((line) => `${line}\n`)
					.join(''),
			);
		if (event.type === 'step') countdown.announce('the next step');
		if (!('delivery' in event)) return;
		if (hints.has(event.delivery)) say(diagnose(event));
		if (event.type === 'waiting')
			countdown.announce(`attempt ${event.attempt} (${providerTime(event.offsetMs)})`);
		if (event.type === 'finished') hints.delete(event.delivery);
	};
	return {
		composed(delivery, item, stopsReceiver) {
			// Nobody there is what such a step is about: no hint.
			if (!stopsReceiver) hints.set(delivery, hintContext(item, settings, context));
			say(item.warnings.map((warning) => paint.yellow(`warning: ${told(warning, flagWords)}`)));
			say(simulatorNote([item]).map((line) => paint.dim(line)));
		},
		tell,
	};
}
