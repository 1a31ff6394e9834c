import { continued } from '../../engine/continued.ts';
import { unlessEmpty } from '../../model/if-given.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import type { Settings } from '../../model/settings.ts';
import { inForce } from '../../project/in-force.ts';
import { defined, layered } from '../../settings/layered.ts';
import { waySettings, waysSaid, withoutWays } from './offer-ways.ts';
import type { Picks } from './picks.ts';
import type { PickerContext } from './walk.ts';

/** What is said beside the picks: flags, environment, project file. */
export function saidFor(event: CallbackEvent, { given, here }: PickerContext): Settings {
	return inForce(given, here.project, event, here.context);
}

/** The ways in which it is sent as long as nobody takes others. */
export const firstWays = (event: CallbackEvent, picker: PickerContext) =>
	waysSaid(event, saidFor(event, picker));

/** Everything that is picked of an event, as `fire` would be told it. @throws Problem */
export function settingsFor({ what, to, ...picks }: Picks, picker: PickerContext): Settings {
	if (what?.kind !== 'event') throw new Error('an event has settings, a scenario has flags');
	const { event } = what;
	const { order, amount, ways, keys, set, newAttempt } = picks;
	const { ref, ...said } = withoutWays(saidFor(event, picker));
	const picked = defined<Settings>({
		...waySettings(event, ways, amount),
		...{ to, amount },
		credentials: unlessEmpty(keys),
		set: unlessEmpty(set),
		newAttempt: newAttempt || undefined,
	});
	// An order that is picked later on takes the place of the one that flags named.
	const isRefMeant = order?.kind === 'given' || picker.flags.order !== undefined;
	const all = layered(isRefMeant && ref !== undefined ? { ...said, ref } : said, picked, event);
	switch (order?.kind) {
		case 'typed':
			return { ...all, ref: order.reference, fresh: true };
		case 'known':
			return continued(event, order.order, all, `${event.provider.id}/${order.order.sent.at(-1)}`);
		case 'given':
			return all;
		default:
			return { ...all, fresh: true };
	}
}
