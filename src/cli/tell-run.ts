import type { RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import type { HintContext } from '../report/text/hints.ts';
import { runReporter } from '../report/text/run-text.ts';
import type { StepCallback } from '../scenario/run-ports.ts';
import type { CliContext } from './cli-context.ts';
import { hintContext } from './hint-context.ts';
import { painterFor } from './paint.ts';
import { eventTeller, type TellOptions } from './tell-events.ts';

interface RunTellOptions extends Pick<TellOptions, 'flags' | 'countdown'> {
	readonly settings: Settings;
	/** Flags that repeat the run. */
	readonly again: string;
	readonly sideBySide: boolean;
}

/** Tells a run while it goes on. */
export interface RunTeller {
	/** Told of every callback before it is delivered. */
	composed(delivery: number, callback: StepCallback): void;
	tell(event: RunEvent): void;
}

export function tellRun(
	{ flags, settings, countdown, again, sideBySide }: RunTellOptions,
	context: CliContext,
): RunTeller {
	const paint = painterFor(context.stdout, context, flags.color);
	const lines = runReporter({ paint, mask: context.mask, sideBySide, again });
	const hints = new Map<number, HintContext>();
	const hintOf = (delivery: number) => {
		const hint = hints.get(delivery);
		if (hint === undefined) throw new Error(`delivery ${delivery} was not announced`);
		return hint;
	};
	const teller = eventTeller({ flags, countdown, lines, hintOf }, context);
	return {
		composed(delivery, { item, said, failsAtFirst }) {
			// That is what such a step is about: no hint.
			if (!failsAtFirst) hints.set(delivery, hintContext(item, { ...settings, ...said }, context));
			teller.warn([item]);
		},
		tell(event) {
			teller.tell(event, 'delivery' in event && hints.has(event.delivery));
			if (event.type === 'step') countdown.announce('the next step');
			if (event.type === 'finished') hints.delete(event.delivery);
		},
	};
}
