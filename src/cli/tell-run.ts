import type { Composed } from '../compose/compose.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { Interruption } from '../model/interruption.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import { jsonLine } from '../report/json/run-event.ts';
import type { Mask } from '../report/safe/mask.ts';
import { providerTime } from '../report/text/delivery-text.ts';
import { diagnostics } from '../report/text/diagnostics.ts';
import type { HintContext } from '../report/text/hints.ts';
import { runReporter } from '../report/text/run-text.ts';
import type { Scenario } from '../scenario/plan.ts';
import { timesOf } from '../scenario/run-scenario.ts';
import type { CliContext } from './cli-context.ts';
import type { Countdown } from './countdown.ts';
import { hintContext, simulatorNote } from './hint-context.ts';
import { painterFor } from './paint.ts';

export interface TellOptions {
	readonly flags: Pick<DeliveryFlags, 'json' | 'color' | 'returnTo'>;
	readonly mask: Mask;
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
	/** The end of a run in which nothing was sent. */
	nobodyThere(run: string, scenarios: readonly Scenario[]): ExitCode;
}

export function tellRun({ flags, mask, countdown, again, sideBySide }: TellOptions, context: CliContext): RunTeller {
	const lines = runReporter({ paint: painterFor(context.stdout, context, flags.color), mask, sideBySide, again });
	const paint = painterFor(context.stderr, context, flags.color);
	const hints = new Map<number, HintContext>();
	const diagnose = diagnostics(paint, mask, (delivery) => {
		const hint = hints.get(delivery);
		if (hint === undefined) throw new Error(`delivery ${delivery} was not announced`);
		return hint;
	});
	const told = new Set<string>();
	const say = (texts: readonly string[]) => {
		const fresh = texts.filter((text) => !told.has(text));
		for (const text of fresh) told.add(text);
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
		if (event.type === 'waiting') countdown.announce(`attempt ${event.attempt} (${providerTime(event.offsetMs)})`);
		if (event.type === 'finished') hints.delete(event.delivery);
	};
	return {
		composed(delivery, item, stopsReceiver) {
			// Nobody there is what such a step is about: no hint.
			if (!stopsReceiver) hints.set(delivery, hintContext(item, flags, context));
			say(item.warnings.map((warning) => paint.yellow(`warning: ${warning}`)));
			say(simulatorNote([item]).map((line) => paint.dim(line)));
		},
		tell,
		nobodyThere(run, scenarios) {
			const { reason } = context.interruption() as { reason: unknown };
			const exitCode = reason instanceof Interruption ? reason.exitCode : 3;
			const none = { passed: 0, failed: 0 };
			const steps = scenarios.reduce((sum, scenario) => sum + timesOf(scenario.steps), 0);
			tell({
				type: 'summary',
				run,
				deliveries: 0,
				acknowledged: 0,
				skipped: 0,
				scenarios: { ...none, skipped: scenarios.length },
				steps: { ...none, skipped: steps },
				exitCode,
			});
			return exitCode;
		},
	};
}
