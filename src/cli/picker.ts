import type { Catalogue } from '../catalogue/catalogue.ts';
import { parseTarget } from '../delivery/target.ts';
import { prepareFire } from '../engine/fire.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
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

/** Provider, event or scenario, target, send. Again means the same bytes, else another order. */
export async function picker(given: CommonFlags, outer: CliContext): Promise<ExitCode> {
	const here = await commandContext(given, outer);
	let code: ExitCode = 0;
	try {
		let picked: Picked | undefined;
		let to: URL | undefined;
		let sent: Settings | undefined;
		for (let next: AfterFire = 'event'; next !== 'quit'; next = await askNext(here.context)) {
			if (next === 'event' || picked === undefined)
				picked = await askWhat(here.catalogue, here.context);
			if (next === 'target' || to === undefined)
				to = parseTarget(await askTarget((to ?? knownTarget(picked, here))?.href, here.context));
			if (picked.kind === 'event') {
				const { event } = picked;
				const settings = next === 'again' && sent !== undefined ? sent : fresh(event, to, here);
				const prepared = await prepareFire([{ event, to, settings }], here.context);
				[sent] = prepared.said;
				here.context.stderr.write(`${fireLine([event.id], sent ?? settings)}\n`);
				code = await runDeliveries({ prepared, flags: given, quietVerdict: true }, here.context);
			} else code = await runOne(picked.id, to, given, outer);
			if (code === 130 || code === 143) return code;
		}
		return code;
	} catch (error) {
		if (isPromptExit(error)) return 130;
		throw error;
	}
}

/** An order of its own, so that it is not taken for a repeat. */
const fresh = (event: CallbackEvent, to: URL, { context, project }: CommandContext): Settings => ({
	...inForce({}, project, event, context),
	to,
	fresh: true,
});

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
