import { findEvent } from '../catalogue/catalogue.ts';
import { eventsOfMix } from '../engine/events-of-mix.ts';
import type { BurstShare } from '../engine/prepare-burst.ts';
import { inForce } from '../project/in-force.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { noTarget, orInProject } from './no-target.ts';
import { type BurstFlags, readBurst } from './options/burst-flags.ts';
import { readSettings } from './options/settings-flags.ts';

/** The events of a burst with their settings, as flags and project say. @throws Problem */
export async function burstOrders(id: string, flags: BurstFlags, outer: CliContext) {
	const { mix, workers, ...burst } = readBurst(flags);
	const { context, project, catalogue } = await commandContext(flags, outer);
	const shares = mix ?? [{ name: id, weight: 1 }];
	const events = eventsOfMix(
		shares.map(({ name }) => name),
		findEvent(catalogue, id),
		catalogue.events,
	);
	const given = readSettings(flags);
	const orders = events.map((event, at): BurstShare => {
		// A project's schedule is for one payment that is looked at.
		const { retry: _, ...settings } = inForce(given, project, event, context);
		if (settings.to === undefined) throw noTarget('no target to send to', orInProject);
		const weight = shares[at]?.weight ?? 0;
		return { event, to: settings.to, settings: { ...settings, retry: given.retry }, weight };
	});
	return { context, orders, burst, workers };
}
