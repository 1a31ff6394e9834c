import type { Catalogue } from '../catalogue/catalogue.ts';
import { fireLine, runLine } from '../engine/command-line.ts';
import { composeAll } from '../engine/composing.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { readDelivery } from '../engine/read-flags.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import { inForce } from '../project/in-force.ts';
import { type AfterFire, askNext, askTarget, askWhat, isPromptExit, type Picked } from './prompts.ts';
import { runCommand } from './run.ts';
import { runDeliveries } from './run-deliveries.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import type { World } from './world.ts';

/** Provider, event or scenario, target, send, again. Every delivery is fresh, so that it is not taken for a repeat. */
export async function picker(given: DeliveryFlags, outer: World): Promise<ExitCode> {
	const here = await surroundingsOf(given, outer);
	let code: ExitCode = 0;
	try {
		let picked: Picked | undefined;
		let to: string | undefined;
		for (let next: AfterFire = 'event'; next !== 'quit'; next = await askNext(here.world)) {
			if (next === 'event' || picked === undefined) picked = await askWhat(here.catalogue, here.world);
			if (next === 'target' || to === undefined)
				to = await askTarget(to ?? knownTarget(picked, given, here), here.world);
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
	{ world, project }: Surroundings,
): Promise<ExitCode> {
	const flags: DeliveryFlags = { ...inForce(given, project, event, world), to, fresh: true };
	const composed = await composeAll([{ event, to, flags }], world);
	world.stderr.write(`${fireLine([event.id], to, flags)}\n`);
	return runDeliveries({ composed, settings: readDelivery(flags), flagsOf: () => flags, quietVerdict: true }, world);
}

async function runOne(id: string, to: string, given: DeliveryFlags, world: World): Promise<ExitCode> {
	world.stderr.write(`${runLine(id, to)}\n`);
	return runCommand([id], { ...given, to }, world);
}

function knownTarget(
	picked: Picked,
	flags: DeliveryFlags,
	{ catalogue, project, world }: Surroundings,
): string | undefined {
	const event = picked.kind === 'event' ? picked.event : firstOf(picked.id, catalogue);
	return event === undefined ? undefined : inForce(flags, project, event, world).to;
}

function firstOf(scenario: string, { scenarios, events }: Catalogue): CallbackEvent | undefined {
	const [first] = scenarios.find(({ id }) => id === scenario)?.events ?? [];
	return events.find(({ id }) => id === first);
}
