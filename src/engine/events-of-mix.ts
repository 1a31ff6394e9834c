import { Problem } from '../model/problem.ts';
import type { CallbackEvent } from '../model/provider.ts';

/** Events by a word of their name: `failed` beside `bayarcash/transaction-success`. */
export function eventsOfMix(
	names: readonly string[],
	base: CallbackEvent,
	all: readonly CallbackEvent[],
): CallbackEvent[] {
	return names.map((name) => {
		const ofProvider = all.filter(({ provider }) => provider === base.provider);
		const prefix = base.id.replace(/-[^-]*$/, '');
		const found =
			ofProvider.find(({ id }) => id === name || id === `${base.provider.id}/${name}`) ??
			ofProvider.find(({ id }) => id === `${prefix}-${name}`) ??
			ofProvider.find(({ id, message }) => message === base.message && id.endsWith(`-${name}`));
		if (found !== undefined) return found;
		const known = ofProvider
			.filter(({ message }) => message === base.message)
			.map(({ id }) => id.slice(id.indexOf('/') + 1));
		throw new Problem(
			'event-unknown',
			(say) => `${say('mix')}: ${base.id} has no sibling "${name}"`,
			{
				hint: `Its siblings are ${known.join(', ')}.`,
			},
		);
	});
}
