import type { Composed } from '../compose/compose.ts';
import { weakestClaim } from '../compose/options.ts';
import type { Waiting } from '../engine/await-receiver.ts';
import { type FirePorts, fireDeliveries, type PreparedFire } from '../engine/fire.ts';
import { formatDuration } from '../model/duration.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import type { PrintFire, Settings } from '../model/settings.ts';
import type { Collector } from '../report/collect/collector.ts';
import { deliveryReporter } from '../report/text/delivery-text.ts';
import type { CliContext } from './cli-context.ts';
import { countdownOf } from './countdown.ts';
import { hintContext } from './hint-context.ts';
import { type Continues, keptLine, nextCommand } from './next-command.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { fireLine } from './options/print.ts';
import { painterFor } from './paint.ts';
import { progressOf } from './progress.ts';
import { silenceText } from './receiver-watch.ts';
import type { Recorder } from './recorder.ts';
import { eventTeller, type TellOptions } from './tell-events.ts';

export interface DeliveriesInput {
	readonly prepared: PreparedFire;
	readonly flags: CommonFlags & { readonly verbose?: boolean };
	/** No suggestion behind the verdict: the picker asks itself what comes next. */
	readonly quietVerdict?: boolean;
	/** Sent before: made again by what was said of it, or known by the bytes that were kept alone. */
	readonly replayed?: 'settings' | 'bytes';
	/** Writes the line that fires the same, where it is not the usual one. */
	readonly print?: PrintFire;
	/** The order that it goes on with, where it was sent before. */
	readonly continues?: Continues | undefined;
	/** For reports, where one was asked for. */
	readonly collector?: Collector | undefined;
	/** Keeps what happens, as it happens. */
	readonly recorder?: Recorder | undefined;
	/** Of the nth delivery, where its callback stands among `prepared`. */
	placeOf?(delivery: number): number;
	/** What delivers, where it is not the whole of `prepared` from its beginning. */
	deliver?(ports: FirePorts): AsyncGenerator<RunEvent>;
}

/** Fires, and reports while it does: JSON lines or text on stdout, everything else on stderr. */
export async function runDeliveries(
	input: DeliveriesInput,
	context: CliContext,
): Promise<ExitCode> {
	const { prepared, flags, collector, recorder } = input;
	const { composed } = prepared;
	const countdown = countdownOf(context, flags.json !== true);
	const teller = eventTeller(
		{
			flags,
			countdown,
			lines: linesFor(input, context),
			hintOf: (delivery) =>
				hintContext(composedOf(input, delivery), saidOf(input, delivery), context),
		},
		context,
	);
	teller.warn(composed);
	const ports = {
		clock: countdown.clock,
		during: countdown.during,
		trying: recorder?.trying,
		waiting: waitingLine(context),
	};
	const events = input.deliver?.(ports) ?? fireDeliveries(prepared, context, ports);
	let exitCode: ExitCode = 70;
	try {
		for await (const event of events) {
			recorder?.event(event);
			collector?.take(event);
			teller.tell(event);
			if (event.type === 'summary') exitCode = event.exitCode;
		}
	} finally {
		recorder?.close();
		countdown.stop();
	}
	return exitCode;
}

/** A line while somebody waits. */
export function waitingLine(context: CliContext): Waiting {
	const { show, clear, stderr } = progressOf(context);
	return {
		onWaiting: (host, span) => show(`waiting up to ${formatDuration(span)} for ${host} …`),
		onSilent: (host, span, why) => stderr.write(silenceText(host, span, why)),
		onEnd: clear,
	};
}

/** Every duplicate is a delivery of its own. */
const placeOf = ({ prepared, placeOf: place }: DeliveriesInput, delivery: number): number =>
	place?.(delivery) ?? Math.floor((delivery - 1) / prepared.inForce.duplicate);

const composedOf = (input: DeliveriesInput, delivery: number): Composed =>
	input.prepared.composed[placeOf(input, delivery)] as Composed;

const saidOf = (input: DeliveriesInput, delivery: number): Settings =>
	input.prepared.said[placeOf(input, delivery)] ?? {};

function linesFor(input: DeliveriesInput, context: CliContext): TellOptions['lines'] {
	const { prepared, flags, quietVerdict, replayed, recorder } = input;
	const many = prepared.composed.length * prepared.inForce.duplicate > 1;
	let last: Outcome | undefined;
	const lines = deliveryReporter({
		paint: painterFor(context.stdout, context, flags.color),
		mask: context.mask,
		numbered: many,
		verbose: flags.verbose === true,
		claim: (delivery) => weakestClaim(composedOf(input, delivery).claims),
		next(finished) {
			if (many || (quietVerdict === true && finished.why !== 'interrupted')) return undefined;
			const isKept = recorder?.isKeeping === true;
			// What comes after a success, or a break, was told when it was sent first.
			if (replayed !== undefined && finished.why !== 'gave-up') return undefined;
			if (replayed === 'bytes') return isKept ? keptLine : undefined;
			const { delivery } = finished;
			return nextCommand(
				finished,
				composedOf(input, delivery),
				saidOf(input, delivery),
				isKept,
				last,
				input.print ?? fireLine,
				isKept ? input.continues : undefined,
			);
		},
	});
	return (event) => {
		if (event.type === 'attempt') last = event.outcome;
		return lines(event);
	};
}
