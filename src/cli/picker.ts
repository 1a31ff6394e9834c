import type { Catalogue } from '../catalogue/catalogue.ts';
import { fireLine, runLine } from '../engine/command-line.ts';
import { composeAll } from '../engine/composing.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { readDelivery } from '../engine/read-flags.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import { inForce } from '../project/in-force.ts';
import type { CliContext } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import { type AfterFire, askNext, askTarget, askWhat, isPromptExit, type Picked } from './prompts.ts';
import { runCommand } from './run.ts';
import { runDeliveries } from './run-deliveries.ts';

/** Provider, event or scenario, target, send, again. Every delivery is fresh, so that it is not taken for a repeat. */
export async function picker(given: DeliveryFlags, outer: CliContext): Promise<ExitCode> {
	const here = await commandContext(given, outer);
	let code: ExitCode = 0;
	try {
		let picked: Picked | undefined;
		let to: string | undefined;
		for (let next: AfterFire = 'event'; next !== 'quit'; next = await askNext(here.context)) {
			if (next === 'event' || picked === undefined) picked = await askWhat(here.catalogue, here.context);
			if (next === 'target' || to === undefined)
				to = await askTarget(to ?? knownTarget(picked, given, here), here.context);
			code =
				picked.kind === 'event'
					? await fireOne(picked.event, to, given, here)
					: await runOne(picked.id, to, given, outer);
			if (code === 130 || code === 143) return code;
		}
		return code;
	} catch (error) {
		if (isPromptExit(error)) return 130;
		throw error;
	}
}

async function fireOne(
	event: CallbackEvent,
	to: string,
	given: DeliveryFlags,
	{ context, project }: CommandContext,
): Promise<ExitCode> {
	const flags: DeliveryFlags = { ...inForce(given, project, event, context), to, fresh: true };
	const composed = await composeAll([{ event, to, flags }], context);
	context.stderr.write(`${fireLine([event.id], to, flags)}\n`);
	return runDeliveries({ composed, settings: readDelivery(flags), flagsOf: () => flags, quietVerdict: true }, context);
}

async function runOne(id: string, to: string, given: DeliveryFlags, context: CliContext): Promise<ExitCode> {
	context.stderr.write(`${runLine(id, to)}\n`);
	return runCommand([id], { ...given, to }, context);
}

function knownTarget(
	picked: Picked,
	flags: DeliveryFlags,
	{ catalogue, project, context }: CommandContext,
): string | undefined {
	const event = picked.kind === 'event' ? picked.event : firstOf(picked.id, catalogue);
	return event === undefined ? undefined : inForce(flags, project, event, context).to;
}

function firstOf(scenario: string, { scenarios, events }: Catalogue): CallbackEvent | undefined {
	const [first] = scenarios.find(({ id }) => id === scenario)?.events ?? [];
	return events.find(({ id }) => id === first);
}
