import type { Catalogue } from '../../catalogue/catalogue.ts';
import { knownOrder } from '../../journal/known-order.ts';
import type { ProviderFile } from '../../model/provider.ts';
import { projectProviders } from '../../project/project-providers.ts';
import { knownDeliveries } from '../known-deliveries.ts';
import { back, type Option } from './asker.ts';
import type { Memory } from './memory.ts';
import { nameOf, type Picked } from './offer-events.ts';
import { asUsual } from './offer-ways.ts';
import { firstWays } from './picked-settings.ts';
import type { Picks } from './picks.ts';
import { asked, known, type PickerContext, type Step } from './walk.ts';

/** Whose callback it is: not asked where the project speaks of one alone. The last one is first. */
export const askProvider: Step = async (picks, picker) => {
	const { catalogue } = picker.here;
	const all = providersOffered(picker);
	const [only] = all;
	if (all.length === 1 && only !== undefined) return known({ ...picks, provider: only });
	const last = picker.memory?.provider;
	const options: Option<string>[] = [
		...[...all]
			.sort((a, b) => Number(b.id === last) - Number(a.id === last))
			.map(({ id, title, country }) => ({ value: id, name: id, about: `${title}, ${country}` })),
		...againOption(picker, 'again' as string),
	];
	const answer = await picker.asker.choose({ message: 'Provider', options });
	if (answer === back) return back;
	if (answer === 'again') return asked(asLastTime(picks, picker));
	return asked({ ...picks, provider: catalogue.providers.find(({ id }) => id === answer) });
};

/** Those that have the order a flag names, else those that the project speaks of, else all. */
export function providersOffered(picker: PickerContext): readonly ProviderFile[] {
	const { catalogue, project } = picker.here;
	const having = providersOfOrder(picker);
	if (having.length > 0) return catalogue.providers.filter(({ id }) => having.includes(id));
	const named = projectProviders(project);
	const own = catalogue.providers.filter(({ id }) => named.includes(id));
	return own.length > 0 ? own : catalogue.providers;
}

/** Before anything is asked: that the order is unknown. @throws Problem `usage` */
function providersOfOrder({ flags, here }: PickerContext): string[] {
	if (flags.order === undefined) return [];
	const all = knownDeliveries(flags, here.context);
	const { provider, reference } = knownOrder(all, flags.order, undefined);
	if (flags.order === 'last') return [provider];
	const sent = all.filter(({ record }) => record.order?.reference === reference);
	return [...new Set(sent.map(({ record }) => record.event.split('/')[0] ?? ''))];
}

/** One key, instead of all questions. */
export function againOption<T>({ memory, here, given }: PickerContext, value: T): Option<T>[] {
	if (memory === undefined || pickedIn(memory, here.catalogue) === undefined) return [];
	const to = given.to?.href ?? memory.targets[0];
	const options = memory.options.length === 0 ? '' : ` · ${memory.options.join(' ')}`;
	const about = `${nameOf(memory.id)}${options}${to === undefined ? '' : ` → ${to}`}`;
	return [{ value, name: 'as last time', about, key: 'a' }];
}

export function asLastTime(picks: Picks, picker: PickerContext): Picks {
	const { memory, here } = picker;
	const what = memory && pickedIn(memory, here.catalogue);
	const said = what?.kind === 'event' ? firstWays(what.event, picker) : asUsual;
	const [to] = memory?.targets ?? [];
	return {
		...picks,
		provider: here.catalogue.providers.find(({ id }) => id === memory?.provider),
		what,
		to: to === undefined ? picks.to : new URL(to),
		order: { kind: 'new' },
		ways: { ...said, options: said.options.length > 0 ? said.options : (memory?.options ?? []) },
		isQuick: true,
	};
}

/** Undefined where it is gone from the catalogue. */
function pickedIn({ kind, id }: Memory, { events, scenarios }: Catalogue): Picked | undefined {
	if (kind === 'event') {
		const event = events.find((one) => one.id === id);
		return event && { kind, event };
	}
	const scenario = scenarios.find((one) => one.id === id);
	return scenario && { kind, scenario };
}
