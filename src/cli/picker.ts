import type { Catalogue } from '../catalogue/catalogue.ts';
import { parseTarget } from '../delivery/target.ts';
import { prepareFire } from '../engine/fire.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import { inForce } from '../project/in-force.ts';
import type { CliContext } from './cli-context.ts';
import { type CommandContext, commandContext } from './command-context.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { fireLine, runLine } from './options/print.ts';
import type { RunFlags } from './options/run-flags.ts';
import {
	type AfterFire,
	askNext,
	askTarget,
	askWhat,
	isPromptExit,
	type Picked,
} from './prompts.ts';
import { runCommand } from './run.ts';
import { runDeliveries } from './run-deliveries.ts';

/**
 * Provider, event or scenario, target, send, again. Every delivery is fresh, so that it is not
 * taken for a repeat.
 */
export async function picker(given: CommonFlags, outer: CliContext): Promise<ExitCode> {
	const here = await commandContext(given, outer);
	let code: ExitCode = 0;
	try {
		let picked: Picked | undefined;
		let to: URL | undefined;
		for (let next: AfterFire = 'event'; next !== 'quit'; next = await askNext(here.context)) {
			if (next === 'event' || picked === undefined)
				picked = await askWhat(here.catalogue, here.context);
			if (next === 'target' || to === undefined)
				to = parseTarget(await askTarget((to ?? knownTarget(picked, here))?.href, here.context));
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
	to: URL,
	given: CommonFlags,
	{ context, project }: CommandContext,
): Promise<ExitCode> {
	const settings = { ...inForce({}, project, event, context), to, fresh: true };
	const prepared = await prepareFire([{ event, to, settings }], context);
	context.stderr.write(`${fireLine([event.id], settings)}\n`);
	return runDeliveries({ prepared, flags: given, quietVerdict: true }, context);
}

async function runOne(
	id: string,
	to: URL,
	given: CommonFlags,
	context: CliContext,
): Promise<ExitCode> {
	context.stderr.write(`${runLine(id, to)}\n`);
	return runCommand([id], { ...given, to: to.href } as RunFlags, context);
}

function knownTarget(
	picked: Picked,
	{ catalogue, project, context }: CommandContext,
): URL | undefined {
	const event = picked.kind === 'event' ? picked.event : firstOf(picked.id, catalogue);
	return event === undefined ? undefined : inForce({}, project, event, context).to;
}

function firstOf(scenario: string, { scenarios, events }: Catalogue): CallbackEvent | undefined {
	const [first] = scenarios.find(({ id }) => id === scenario)?.events ?? [];
	return events.find(({ id }) => id === first);
}
