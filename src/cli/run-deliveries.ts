import type { Composed } from '../compose/compose.ts';
import { environmentName } from '../compose/credentials.ts';
import { weakestClaim } from '../compose/options.ts';
import { httpAttempt } from '../delivery/attempt.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { fire, notStarted } from '../delivery/fire.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import type { DeliverySettings } from '../engine/read-flags.ts';
import { runId } from '../engine/run-id.ts';
import { scheduleFor } from '../engine/schedule-for.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import type { Secret } from '../model/secret.ts';
import { diagnostics } from '../report/diagnostics.ts';
import { humanReporter } from '../report/human.ts';
import { maskOf } from '../report/mask.ts';
import { jsonLine } from '../report/ndjson.ts';
import { receiversListen } from './await-receivers.ts';
import { countdownOf } from './countdown.ts';
import { nextCommand } from './next-command.ts';
import { painterFor } from './paint.ts';
import type { World } from './world.ts';

export interface RunInput {
	readonly composed: readonly Composed[];
	readonly settings: DeliverySettings;
	readonly flags: DeliveryFlags;
	readonly secrets: readonly Secret[];
	/** No suggestion behind the verdict: the picker asks itself what comes next. */
	readonly quietVerdict?: boolean;
}

/** Fires, and reports while it does: JSON lines or text on stdout, everything else on stderr. */
export async function runDeliveries(input: RunInput, world: World): Promise<ExitCode> {
	const { composed, settings, flags } = input;
	// From here on a signal ends the run in good order, also while nothing has been sent yet.
	const signal = world.interruption();
	const deliveries = composed.map((item) => deliveryOf(item, settings));
	const countdown = countdownOf(world, flags.json !== true && world.stderr.isTTY);
	const composedOf = (delivery: number) => composed[Math.floor((delivery - 1) / settings.duplicate)] as Composed;
	const result = flags.json === true ? jsonReporter(input) : textReporter(input, composedOf, world);
	const paint = painterFor(world.stderr, world, flags.color);
	const diagnose = diagnostics(paint, maskOf(input.secrets), (delivery) =>
		hintContext(composedOf(delivery), flags, world),
	);
	const say = (lines: readonly string[]) => {
		if (lines.length === 0) return;
		countdown.clear();
		world.stderr.write(`${lines.join('\n')}\n`);
	};
	say(composed.flatMap(({ warnings }) => warnings).map((warning) => paint.yellow(`warning: ${warning}`)));
	say(simulatorNote(composed).map((line) => paint.dim(line)));

	const { timeout, insecure, allowRemote, speed, duplicate, bail, delay, waitFor } = settings;
	const { random } = world;
	const attempt = httpAttempt({ timeout, insecure, allowRemote }, random);
	const ports = { clock: countdown.clock, random, attempt: countdown.during(attempt) };
	const run = runId(world.clock.now(), random);
	const options = {
		run,
		speed,
		duplicate,
		bail,
		delay,
		signal,
	};
	const ready = waitFor === undefined || (await receiversListen(composed, waitFor, allowRemote, world));
	const events = ready ? fire(deliveries, ports, options) : notStarted(run, deliveries.length * duplicate, signal);
	let exitCode: ExitCode = 70;
	try {
		for await (const event of events) {
			countdown.clear();
			world.stdout.write(result(event));
			say(diagnose(event));
			if (event.type === 'waiting') countdown.announce(event.attempt, event.offsetMs);
			if (event.type === 'summary') exitCode = event.exitCode;
		}
	} finally {
		countdown.stop();
	}
	return exitCode;
}

type Reporter = (event: RunEvent) => string;

function jsonReporter({ secrets }: RunInput): Reporter {
	const mask = maskOf(secrets);
	return (event) => jsonLine(event, mask);
}

function textReporter(input: RunInput, composedOf: (delivery: number) => Composed, world: World): Reporter {
	const many = input.composed.length * input.settings.duplicate > 1;
	const tell = humanReporter({
		paint: painterFor(world.stdout, world, input.flags.color),
		mask: maskOf(input.secrets),
		numbered: many,
		claim: (delivery) => weakestClaim(composedOf(delivery).claims),
		next: (finished) =>
			many || input.quietVerdict === true
				? undefined
				: nextCommand(finished, composedOf(finished.delivery), input.flags),
	});
	return (event) =>
		tell(event)
			.map((line) => `${line}\n`)
			.join('');
}

/** The tool says when it signed with its own key: a refusal would be puzzling otherwise. */
function simulatorNote(composed: readonly Composed[]): string[] {
	const names = new Set(
		composed
			.filter(({ credentials, faults }) => credentials === 'simulator' && !faults.includes('wrong-key'))
			.flatMap(environmentNames),
	);
	return names.size === 0 ? [] : [`note: signed with callsim's own simulator key (${[...names].join(', ')} not set)`];
}

function hintContext(item: Composed, flags: DeliveryFlags, world: World) {
	return {
		provider: item.event.provider.id,
		message: item.message,
		credentials: item.credentials,
		target: item.request.url,
		faults: item.faults,
		raw: flags.rawBody !== undefined,
		insideContainer: world.insideContainer(),
		environmentNames: environmentNames(item),
	};
}

function deliveryOf(item: Composed, settings: DeliverySettings): Delivery {
	return {
		event: item.event.id,
		options: item.options,
		target: item.target,
		request: item.request,
		acknowledge: item.message.acknowledge,
		schedule: scheduleFor(item, settings.retry),
		credentials: item.credentials,
		faults: item.faults,
	};
}

function environmentNames({ event }: Composed): string[] {
	return Object.keys(event.provider.credentials).map((name) => environmentName(event.provider.id, name));
}
