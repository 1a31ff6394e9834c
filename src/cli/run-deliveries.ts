import type { Composed } from '../compose/compose.ts';
import { weakestClaim } from '../compose/options.ts';
import type { Waiting } from '../engine/await-receiver.ts';
import { fireDeliveries, type PreparedFire } from '../engine/fire.ts';
import { formatDuration } from '../model/duration.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import type { Collector } from '../report/collect/collector.ts';
import { deliveryReporter } from '../report/text/delivery-text.ts';
import type { CliContext } from './cli-context.ts';
import { countdownOf } from './countdown.ts';
import { hintContext } from './hint-context.ts';
import { nextCommand } from './next-command.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { painterFor } from './paint.ts';
import { silenceText } from './receiver-watch.ts';
import { eventTeller, type TellOptions } from './tell-events.ts';

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
	const teller = eventTeller(
		{
			flags,
			countdown,
			lines: linesFor(input, context),
			hintOf: (delivery) => hintContext(composedOf(prepared, delivery), saidOf(prepared), context),
		},
		context,
	);
	teller.warn(composed);
	const ports = { clock: countdown.clock, during: countdown.during, waiting: waitingLine(context) };
	let exitCode: ExitCode = 70;
	try {
		for await (const event of fireDeliveries(prepared, context, ports)) {
			collector?.take(event);
			teller.tell(event);
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

function linesFor(
	{ prepared, flags, quietVerdict }: DeliveriesInput,
	context: CliContext,
): TellOptions['lines'] {
	const many = prepared.composed.length * prepared.inForce.duplicate > 1;
	return deliveryReporter({
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
}
