import type { Composed } from '../compose/compose.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { Interruption } from '../model/interruption.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import { diagnostics } from '../report/diagnostics.ts';
import type { HintContext } from '../report/hints.ts';
import { providerTime } from '../report/human.ts';
import type { Mask } from '../report/mask.ts';
import { jsonLine } from '../report/ndjson.ts';
import { runReporter } from '../report/run-text.ts';
import type { Scenario } from '../scenario/plan.ts';
import { timesOf } from '../scenario/run-scenario.ts';
import type { Countdown } from './countdown.ts';
import { hintContext, simulatorNote } from './hint-context.ts';
import { painterFor } from './paint.ts';
import type { World } from './world.ts';

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

export function tellRun({ flags, mask, countdown, again, sideBySide }: TellOptions, world: World): RunTeller {
	const lines = runReporter({ paint: painterFor(world.stdout, world, flags.color), mask, sideBySide, again });
	const paint = painterFor(world.stderr, world, flags.color);
	const contexts = new Map<number, HintContext>();
	const diagnose = diagnostics(paint, mask, (delivery) => {
		const context = contexts.get(delivery);
		if (context === undefined) throw new Error(`delivery ${delivery} was not announced`);
		return context;
	});
	const told = new Set<string>();
	const say = (texts: readonly string[]) => {
		const fresh = texts.filter((text) => !told.has(text));
		for (const text of fresh) told.add(text);
		if (fresh.length === 0) return;
		countdown.clear();
		world.stderr.write(`${fresh.join('\n')}\n`);
	};
	const tell = (event: RunEvent) => {
		countdown.clear();
		if (flags.json === true) world.stdout.write(jsonLine(event, mask));
		else
			world.stdout.write(
				lines(event)
					.map((line) => `${line}\n`)
					.join(''),
			);
		if (event.type === 'step') countdown.announce('the next step');
		if (!('delivery' in event)) return;
		if (contexts.has(event.delivery)) say(diagnose(event));
		if (event.type === 'waiting') countdown.announce(`attempt ${event.attempt} (${providerTime(event.offsetMs)})`);
		if (event.type === 'finished') contexts.delete(event.delivery);
	};
	return {
		composed(delivery, item, stopsReceiver) {
			// Nobody there is what such a step is about: no hint.
			if (!stopsReceiver) contexts.set(delivery, hintContext(item, flags, world));
			say(item.warnings.map((warning) => paint.yellow(`warning: ${warning}`)));
			say(simulatorNote([item]).map((line) => paint.dim(line)));
		},
		tell,
		nobodyThere(run, scenarios) {
			const { reason } = world.interruption() as { reason: unknown };
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
