import type { Composed } from '../compose/compose.ts';
import { weakestClaim } from '../compose/options.ts';
import type { Waiting } from '../engine/await-receiver.ts';
import { fireDeliveries, type PreparedFire } from '../engine/fire.ts';
import { formatDuration } from '../model/duration.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { told } from '../model/words.ts';
import type { Collector } from '../report/collect/collector.ts';
import { jsonLine } from '../report/json/event-json.ts';
import { deliveryReporter } from '../report/text/delivery-text.ts';
import { diagnostics } from '../report/text/diagnostics.ts';
import { providerTime } from '../report/time-text.ts';
import type { CliContext } from './cli-context.ts';
import { countdownOf } from './countdown.ts';
import { hintContext, simulatorNote } from './hint-context.ts';
import { nextCommand } from './next-command.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { flagWords } from './options/words.ts';
import { painterFor } from './paint.ts';
import { silenceText } from './receiver-watch.ts';

export interface DeliveriesInput {
	readonly prepared: PreparedFire;
	readonly flags: CommonFlags & { readonly verbose?: boolean };
	/** No suggestion behind the verdict: the picker asks itself what comes next. */
	readonly quietVerdict?: boolean;
	/** For reports, where one was asked for. */
	readonly collector?: Collector | undefined;
}

/** Fires, and reports while it does: JSON lines or text on stdout, everything else on stderr. */
export async function runDeliveries(
	input: DeliveriesInput,
	context: CliContext,
): Promise<ExitCode> {
	const { prepared, flags, collector } = input;
	const { composed } = prepared;
	const countdown = countdownOf(context, flags.json !== true && context.stderr.isTTY);
	const result = flags.json === true ? jsonReporter(context) : textReporter(input, context);
	const paint = painterFor(context.stderr, context, flags.color);
	const diagnose = diagnostics(paint, context.mask, (delivery) =>
		hintContext(composedOf(prepared, delivery), saidOf(prepared), context),
	);
	const say = (lines: readonly string[]) => {
		if (lines.length === 0) return;
		countdown.clear();
		context.stderr.write(`${lines.join('\n')}\n`);
	};
	const warnings = composed.flatMap((item) => item.warnings);
	say(warnings.map((warning) => paint.yellow(`warning: ${told(warning, flagWords)}`)));
	say(simulatorNote(composed).map((line) => paint.dim(line)));
	const ports = { clock: countdown.clock, during: countdown.during, waiting: waitingLine(context) };
	let exitCode: ExitCode = 70;
	try {
		for await (const event of fireDeliveries(prepared, context, ports)) {
			collector?.take(event);
			countdown.clear();
			context.stdout.write(result(event));
			say(diagnose(event));
			if (event.type === 'waiting')
				countdown.announce(`attempt ${event.attempt} (${providerTime(event.offsetMs)})`);
			if (event.type === 'summary') exitCode = event.exitCode;
		}
	} finally {
		countdown.stop();
	}
	return exitCode;
}

/** A line while somebody waits, in a terminal alone. */
function waitingLine({ stderr }: CliContext): Waiting {
	return {
		onWaiting(host, span) {
			if (stderr.isTTY) stderr.write(`waiting up to ${formatDuration(span)} for ${host} …`);
		},
		onSilent: (host, span, why) => stderr.write(`\n${silenceText(host, span, why)}`),
		onEnd() {
			if (stderr.isTTY) stderr.write('\r\u001b[K');
		},
	};
}

/** Of the nth delivery; every duplicate is one of its own. */
function composedOf({ composed, inForce }: PreparedFire, delivery: number): Composed {
	return composed[Math.floor((delivery - 1) / inForce.duplicate)] as Composed;
}

const saidOf = ({ said }: PreparedFire): Settings => said[0] ?? {};

type Reporter = (event: RunEvent) => string;

function jsonReporter({ mask }: CliContext): Reporter {
	return (event) => jsonLine(event, mask);
}

function textReporter(
	{ prepared, flags, quietVerdict }: DeliveriesInput,
	context: CliContext,
): Reporter {
	const many = prepared.composed.length * prepared.inForce.duplicate > 1;
	const tell = deliveryReporter({
		paint: painterFor(context.stdout, context, flags.color),
		mask: context.mask,
		numbered: many,
		verbose: flags.verbose === true,
		claim: (delivery) => weakestClaim(composedOf(prepared, delivery).claims),
		next: (finished) =>
			many || quietVerdict === true
				? undefined
				: nextCommand(finished, composedOf(prepared, finished.delivery), saidOf(prepared)),
	});
	return (event) =>
		tell(event)
			.map((line) => `${line}\n`)
			.join('');
}
