import { usesSimulatorKey } from './ask-ways.ts';
import type { Back, Option } from './asker.ts';
import { nameOf } from './offer-events.ts';
import { type NextInLife, nextInLife } from './order-life.ts';
import { type Picks, trailOf } from './picks.ts';
import type { PickerContext } from './walk.ts';
import type { Helps } from './what-helps.ts';

export type Next =
	| { readonly kind: 'life'; readonly next: NextInLife }
	| {
			readonly kind:
				| 'again'
				| 'duplicate'
				| 'status'
				| 'order'
				| 'key'
				| 'check'
				| 'save'
				| 'else'
				| 'quit';
	  };

/** What may come after a delivery, a key each: what helps with its last answer is the first. */
function nextOptions(picks: Picks, helps: Helps, picker: PickerContext): Option<Next>[] {
	const { what, provider } = picks;
	const isEvent = what?.kind === 'event';
	const next = isEvent ? lifeOf(picks, picker) : undefined;
	const plain = (
		kind: Exclude<Next['kind'], 'life'>,
		key: string,
		name: string,
		about?: string,
	) => ({
		...{ value: { kind } as Next, key, name, about },
	});
	const options: (Option<Next> | undefined)[] = [
		plain('again', 'a', 'again', isEvent ? 'the same bytes' : 'the same scenario'),
		isEvent ? plain('duplicate', 'd', 'duplicate', 'twice at the same moment') : undefined,
		next === undefined
			? undefined
			: {
					value: { kind: 'life', next },
					...{ key: 'n', name: 'next for this order' },
					about: `${nameOf(next.event.id)}: ${next.what}`,
				},
		isEvent && picker.orders.has(provider?.id ?? '')
			? plain('status', 's', 'another status', 'of the same order')
			: undefined,
		isEvent
			? plain('order', 'o', 'another order', 'a new one, or one that your shop knows')
			: undefined,
		isEvent &&
		helps === 'key' &&
		usesSimulatorKey(what.event, picks.ways.options, picker) &&
		picks.keys.length === 0
			? plain('key', 'k', 'with your own key', 'typed now, not shown, not kept')
			: undefined,
		plain('check', 'c', 'check this receiver', 'against the rules'),
		isEvent
			? plain('save', 'w', 'save as a scenario', 'what was sent about this order')
			: undefined,
		plain('else', 'p', 'pick something else'),
		plain('quit', 'q', 'quit'),
	];
	const isHelp = ({ value }: Option<Next>) => Number(value.kind === helps);
	return options
		.filter((option) => option !== undefined)
		.toSorted((one, other) => isHelp(other) - isHelp(one));
}

export const askNext = (picks: Picks, helps: Helps, picker: PickerContext): Promise<Next | Back> =>
	picker.asker.choose<Next>({
		...{ message: 'Next', trail: trailOf(picks) },
		options: nextOptions(picks, helps, picker),
	});

function lifeOf(
	{ provider, what }: Picks,
	{ here, orders }: PickerContext,
): NextInLife | undefined {
	const order = orders.get(provider?.id ?? '');
	if (order === undefined || what?.kind !== 'event') return undefined;
	const { events, scenarios } = here.catalogue;
	return nextInLife(
		events.filter((event) => event.provider.id === provider?.id),
		scenarios.filter((scenario) => scenario.provider === provider?.id),
		order.sent,
	);
}
