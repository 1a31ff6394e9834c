import { continued } from '../engine/continued.ts';
import { knownOrder } from '../journal/known-order.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Settings } from '../model/settings.ts';
import { defined } from '../settings/layered.ts';
import type { CommandContext } from './command-context.ts';
import { knownDeliveries } from './known-deliveries.ts';
import type { JournalFlags } from './options/journal-flags.ts';
import { word } from './options/print.ts';
import { recalled } from './recalled.ts';

/** An order that was sent before. */
export interface Before {
	/** Where it went, and with whose credentials. */
	readonly settings: Settings;
	/** What names it once more: `--order ORD-0060`. */
	readonly named: string;
	/** The settings of the next message about it. @throws Problem `option-conflict` */
	next(event: CallbackEvent, given: Settings): Settings;
}

/** An order that was sent before; where it went, and with whose credentials, unless said anew. */
export function orderNamed(
	wanted: string,
	events: readonly CallbackEvent[],
	flags: JournalFlags,
	{ context }: CommandContext,
): Before {
	const providers = new Set(events.map(({ provider }) => provider.id));
	if (providers.size > 1)
		throw new Problem(
			'option-conflict',
			'--order is one order, and the events are of several providers',
			{
				hint: 'Fire the events of each provider by themselves.',
			},
		);
	const order = knownOrder(knownDeliveries(flags, context), wanted, [...providers][0]);
	const { to, returnTo, credentials } = recalled(order.last).settings;
	const named = [
		'--order',
		order.reference,
		...(typeof flags.journal === 'string' ? ['--journal', flags.journal] : []),
	];
	return {
		named: named.map(word).join(' '),
		settings: defined({ to, returnTo, credentials }),
		next: (event, given) => continued(event, order, given, order.last.record.event),
	};
}
