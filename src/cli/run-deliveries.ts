import type { Composed } from '../compose/compose.ts';
import { weakestClaim } from '../compose/options.ts';
import { httpAttempt } from '../delivery/attempt.ts';
import { fire, notStarted } from '../delivery/fire.ts';
import { deliveryOf } from '../engine/delivery-of.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import type { DeliverySettings } from '../engine/read-flags.ts';
import { runId } from '../engine/run-id.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import type { Collector } from '../report/collect/collector.ts';
import { jsonLine } from '../report/json/run-event.ts';
import { humanReporter, providerTime } from '../report/text/delivery-text.ts';
import { diagnostics } from '../report/text/diagnostics.ts';
import { receiversListen } from './await-receivers.ts';
import type { CliContext } from './cli-context.ts';
import { countdownOf } from './countdown.ts';
import { hintContext, simulatorNote } from './hint-context.ts';
import { nextCommand } from './next-command.ts';
import { painterFor } from './paint.ts';

export interface RunInput {
	readonly composed: readonly Composed[];
	readonly settings: DeliverySettings;
	/** Of the nth event, everything that is in force included: what a line that repeats it says. */
	flagsOf(at: number): DeliveryFlags;
	/** No suggestion behind the verdict: the picker asks itself what comes next. */
	readonly quietVerdict?: boolean;
	/** For reports, where one was asked for. */
	readonly collector?: Collector | undefined;
}

/** Fires, and reports while it does: JSON lines or text on stdout, everything else on stderr. */
export async function runDeliveries(input: RunInput, context: CliContext): Promise<ExitCode> {
	const { composed, settings } = input;
	const flags = input.flagsOf(0);
	// From here on a signal ends the run in good order, also while nothing has been sent yet.
	const signal = context.interruption();
	const deliveries = composed.map((item) => deliveryOf(item, settings.retry));
	const countdown = countdownOf(context, flags.json !== true && context.stderr.isTTY);

	const composedOf = (delivery: number) => composed[Math.floor((delivery - 1) / settings.duplicate)] as Composed;
	const result = flags.json === true ? jsonReporter(context) : textReporter(input, composedOf, context);
	const paint = painterFor(context.stderr, context, flags.color);
	const diagnose = diagnostics(paint, context.mask, (delivery) => hintContext(composedOf(delivery), flags, context));
	const say = (lines: readonly string[]) => {
		if (lines.length === 0) return;
		countdown.clear();
		context.stderr.write(`${lines.join('\n')}\n`);
	};
	say(composed.flatMap(({ warnings }) => warnings).map((warning) => paint.yellow(`warning: ${warning}`)));
	say(simulatorNote(composed).map((line) => paint.dim(line)));

	const { timeout, insecure, allowRemote, speed, duplicate, bail, delay, waitFor } = settings;
	const { random } = context;
	const attempt = httpAttempt({ timeout, insecure, allowRemote }, random);
	const ports = { clock: countdown.clock, random, attempt: countdown.during(attempt) };
	const run = runId(context.clock.now(), random);
	const options = {
		run,
		speed,
		duplicate,
		bail,
		delay,
		signal,
	};
	const ready = waitFor === undefined || (await receiversListen(composed, waitFor, allowRemote, context));
	const events = ready ? fire(deliveries, ports, options) : notStarted(run, deliveries.length * duplicate, signal);
	let exitCode: ExitCode = 70;
	try {
		for await (const event of events) {
			input.collector?.take(event);
			countdown.clear();
			context.stdout.write(result(event));
			say(diagnose(event));
			if (event.type === 'waiting') countdown.announce(`attempt ${event.attempt} (${providerTime(event.offsetMs)})`);
			if (event.type === 'summary') exitCode = event.exitCode;
		}
	} finally {
		countdown.stop();
	}
	return exitCode;
}

type Reporter = (event: RunEvent) => string;

function jsonReporter({ mask }: CliContext): Reporter {
	return (event) => jsonLine(event, mask);
}

function textReporter(input: RunInput, composedOf: (delivery: number) => Composed, context: CliContext): Reporter {
	const many = input.composed.length * input.settings.duplicate > 1;
	const tell = humanReporter({
		paint: painterFor(context.stdout, context, input.flagsOf(0).color),
		mask: context.mask,
		numbered: many,
		claim: (delivery) => weakestClaim(composedOf(delivery).claims),
		next: (finished) =>
			many || input.quietVerdict === true
				? undefined
				: nextCommand(finished, composedOf(finished.delivery), input.flagsOf(0)),
	});
	return (event) =>
		tell(event)
			.map((line) => `${line}\n`)
			.join('');
}
