import type { Composed } from '../compose/compose.ts';
import { environmentName } from '../compose/credentials.ts';
import { weakestClaim } from '../compose/options.ts';
import { httpAttempt } from '../delivery/attempt.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { fire } from '../delivery/fire.ts';
import type { ExitCode, RunEvent } from '../model/run-event.ts';
import type { Secret } from '../model/secret.ts';
import { hintsFor } from '../report/hints.ts';
import { humanLines } from '../report/human.ts';
import { maskOf } from '../report/mask.ts';
import { jsonLine } from '../report/ndjson.ts';
import { countdownOf } from './countdown.ts';
import type { CommonFlags } from './flags.ts';
import { nextCommand } from './next-command.ts';
import { painterFor } from './paint.ts';
import type { DeliverySettings } from './read-flags.ts';
import { runId } from './run-id.ts';
import { scheduleFor } from './schedule-for.ts';
import type { World } from './world.ts';

export interface RunInput {
	readonly composed: readonly Composed[];
	readonly settings: DeliverySettings;
	readonly flags: CommonFlags;
	readonly secrets: readonly Secret[];
	/** A refusal is what was asked for (--tamper, --unsealed, --wrong-key). */
	readonly faulty: boolean;
	/** No suggestion behind the verdict: the picker asks itself what comes next. */
	readonly quietVerdict?: boolean;
}

/** Fires, and reports while it does: JSON lines or text on stdout, everything else on stderr. */
export async function runDeliveries(input: RunInput, world: World): Promise<ExitCode> {
	const { composed, settings, flags, faulty } = input;
	const json = flags.json === true;
	const signal = world.interruption();
	const countdown = countdownOf(world, !json && world.stderr.isTTY);
	const paint = painterFor(world.stdout, world, flags.color);
	const errorPaint = painterFor(world.stderr, world, flags.color);
	const mask = maskOf(input.secrets);
	const of = (delivery: number): Composed => composed[Math.floor((delivery - 1) / settings.duplicate)] as Composed;
	const many = composed.length * settings.duplicate > 1;
	const note = (line: string) => {
		countdown.clear();
		world.stderr.write(`${line}\n`);
	};

	for (const warning of composed.flatMap(({ warnings }) => warnings)) note(errorPaint.yellow(`warning: ${warning}`));
	const simulated = composed.filter(({ credentials }) => credentials === 'simulator').flatMap(environmentNames);
	if (simulated.length > 0)
		note(
			errorPaint.dim(`note: signed with callsim's own simulator key (${[...new Set(simulated)].join(', ')} not set)`),
		);

	const random = world.random;
	const ports = {
		clock: countdown.clock,
		random,
		attempt: httpAttempt(
			{ timeout: settings.timeout, insecure: settings.insecure, allowRemote: settings.allowRemote },
			random,
		),
	};
	const told = new Set<string>();
	const once = (line: string) => {
		if (!told.has(line)) note(line);
		told.add(line);
	};
	const stderrFor = (event: RunEvent): void => {
		if (event.type === 'waiting') countdown.announce(event.attempt, event.offsetMs);
		if (event.type === 'finished' && event.why === 'refused-target')
			once(
				`error target-remote: ${event.detail}\n  try: Use a local target, or --allow-remote if you own the receiver.`,
			);
		if (event.type !== 'attempt') return;
		for (const warning of event.warnings) once(errorPaint.yellow(`warning: ${warning}`));
		if (event.acknowledged) return;
		const item = of(event.delivery);
		const hints = hintsFor(event.outcome, {
			provider: item.event.provider.id,
			message: item.message,
			options: item.options,
			credentials: item.credentials,
			target: item.request.url,
			faulty,
			insideContainer: world.insideContainer(),
			environmentNames: environmentNames(item),
		});
		for (const hint of hints) once(`${errorPaint.yellow('hint:')} ${hint}`);
	};

	let exitCode: ExitCode = 70;
	try {
		const deliveries = composed.map((item) => deliveryOf(item, settings));
		const run = runId(world.clock.now(), random);
		if (settings.delay > 0) await countdown.clock.sleep(settings.delay, signal).catch(() => undefined);
		for await (const event of fire(deliveries, ports, {
			run,
			speed: settings.speed,
			duplicate: settings.duplicate,
			bail: settings.bail,
			signal,
		})) {
			if (event.type === 'summary') exitCode = event.exitCode;
			countdown.clear();
			if (json) world.stdout.write(jsonLine(event, mask));
			else {
				const lines = humanLines(event, {
					paint,
					mask,
					numbered: many,
					claim: (delivery) => weakestClaim(of(delivery).claims),
					next: (finished) =>
						many || input.quietVerdict === true ? undefined : nextCommand(finished, of(finished.delivery), faulty),
				});
				if (lines.length > 0) world.stdout.write(`${lines.join('\n')}\n`);
			}
			stderrFor(event);
		}
	} finally {
		countdown.stop();
	}
	return exitCode;
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
	};
}

function environmentNames({ event }: Composed): string[] {
	return Object.keys(event.provider.credentials).map((name) => environmentName(event.provider.id, name));
}
