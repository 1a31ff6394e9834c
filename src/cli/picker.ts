import { loadCatalogue } from '../engine/catalogue.ts';
import { fireLine } from '../engine/command-line.ts';
import { composeAll, secretsOf } from '../engine/composing.ts';
import type { DeliveryFlags } from '../engine/flags.ts';
import { readDelivery } from '../engine/read-flags.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { ExitCode } from '../model/run-event.ts';
import { type AfterFire, askEvent, askNext, askTarget, isPromptExit } from './prompts.ts';
import { runDeliveries } from './run-deliveries.ts';
import type { World } from './world.ts';

/** Provider, event, target, send, again. Every delivery is fresh, so that a receiver does not take it for a repeat. */
export async function picker(given: DeliveryFlags, world: World): Promise<ExitCode> {
	const catalogue = await loadCatalogue(given, world);
	let code: ExitCode = 0;
	try {
		let event: CallbackEvent | undefined;
		let to: string | undefined;
		for (let next: AfterFire = 'event'; next !== 'quit'; next = await askNext(world)) {
			if (next === 'event' || event === undefined) event = await askEvent(catalogue, world);
			if (next !== 'again' || to === undefined)
				to = next === 'event' && to !== undefined ? to : await askTarget(to, world);
			const flags: DeliveryFlags = { ...given, fresh: true };
			world.stderr.write(`${fireLine([event.id], to, flags)}\n`);
			const composed = await composeAll([event], to, flags, world);
			code = await runDeliveries(
				{
					composed,
					settings: readDelivery(flags),
					flags,
					secrets: secretsOf([event], flags, world),
					quietVerdict: true,
				},
				world,
			);
			if (code === 130 || code === 143) return code;
		}
		return code;
	} catch (error) {
		if (isPromptExit(error)) return 130;
		throw error;
	}
}
