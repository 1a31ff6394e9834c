import type { Catalogue, Scenario } from '../../catalogue/catalogue.ts';
import { choose } from '../../compose/options.ts';
import { orderShown } from '../../compose/order-shown.ts';
import { segmentsOf, valueAt } from '../../compose/path.ts';
import { ifGiven } from '../../model/if-given.ts';
import type { CallbackEvent } from '../../model/provider.ts';
import { textOf } from '../../model/value-text.ts';
import type { Option, SearchMenu } from './asker.ts';
import { rankOf } from './matching.ts';

/** What was picked: one event, or a whole scenario. */
export type Picked =
	| { readonly kind: 'event'; readonly event: CallbackEvent }
	| { readonly kind: 'scenario'; readonly scenario: Scenario };

type Offered<T> = Option<T> & { readonly texts: readonly string[] };

/** The usual ones first, then the others a message each, then scenarios; and found by typing. */
export function eventSearch(
	provider: string,
	{ events, scenarios }: Pick<Catalogue, 'events' | 'scenarios'>,
): Pick<SearchMenu<Picked>, 'options' | 'offered'> {
	const own = events.filter((event) => event.provider.id === provider);
	return searchAmong([
		...usualFirst(own).map(
			([event, group]): Offered<Picked> => ({
				...eventOption(event),
				...{ value: { kind: 'event', event }, group },
			}),
		),
		...scenarios
			.filter((scenario) => scenario.provider === provider)
			.map(
				(scenario): Offered<Picked> => ({
					...{ value: { kind: 'scenario', scenario }, name: nameOf(scenario.id) },
					...{ about: scenario.title, group: 'Scenarios' },
					detail: scenario.events.map(nameOf).join(' → '),
					texts: [scenario.id, `scenario ${scenario.title}`],
				}),
			),
	]);
}

/** The same without scenarios, of what it is given. */
export function statusSearch(
	events: readonly CallbackEvent[],
): Pick<SearchMenu<CallbackEvent>, 'options' | 'offered'> {
	return searchAmong(
		usualFirst(events).map(([event, group]) => ({ ...eventOption(event), value: event, group })),
	);
}

function searchAmong<T>(all: readonly Offered<T>[]): Pick<SearchMenu<T>, 'options' | 'offered'> {
	return {
		options: all,
		offered: (typed) =>
			all
				.map((option) => ({ option, rank: rankOf(option.texts, typed) }))
				.filter(({ rank }) => rank !== undefined)
				// Sorting is stable: what answers as well stays in its order.
				.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
				.map(({ option }) => option),
	};
}

function eventOption(event: CallbackEvent): Omit<Offered<never>, 'value'> {
	const about = eventAbout(event);
	const name = nameOf(event.id);
	// The whole id last: what the provider is called is in all of them.
	return {
		name,
		about,
		detail: event.file.title,
		texts: [name, about, event.file.title, meaningOf(event), event.id],
	};
}

/** `Success · 3 · form · checksum`: what happened, as which status, and how it is sent. */
export function eventAbout(event: CallbackEvent): string {
	const chosen = choose(event);
	const { roles, signature, digest, write, method } = chosen.message;
	const state = roles.state === undefined ? null : valueAt(chosen.values, segmentsOf(roles.state));
	const words = outcomeName(event);
	const { status } = orderShown(event, chosen.message, chosen.values);
	const signed = ifGiven(signature?.into, (into) => ('field' in into ? into.field : into.header));
	const parts = [
		words,
		...(state == null ? [status] : [textOf(state)]),
		method === 'GET' ? 'query' : write,
		signed ?? (digest === undefined ? 'unsigned' : 'digest'),
	];
	return [...new Set(parts.filter((part) => part !== undefined && part !== ''))].join(' · ');
}

/** What people look for, whatever the provider calls it. */
function meaningOf({ id, provider }: CallbackEvent): string {
	const name = nameOf(id);
	const { success, failure, pending = [], reversal } = provider.lifecycle ?? {};
	if (name === success) return 'success paid';
	if (name === failure) return 'failure failed';
	if (name === reversal) return 'reversal refund';
	return pending.includes(name) ? 'pending' : '';
}

/** `transaction-second-attempt` of the message `transaction` → `Second attempt` */
function outcomeName({ id, file }: CallbackEvent): string {
	const name = nameOf(id);
	const rest = name.startsWith(`${file.message}-`) ? name.slice(file.message.length + 1) : name;
	return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`.replaceAll('-', ' ');
}

export const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);

/** `Receipt: the payer's browser comes back` → `Receipt` */
const subject = (title: string): string => title.split(':')[0] ?? title;

/** Each with the heading that it stands under. */
function usualFirst(events: readonly CallbackEvent[]): [CallbackEvent, string][] {
	const lifecycle = events[0]?.provider.lifecycle;
	const names = [
		lifecycle?.success,
		lifecycle?.failure,
		...(lifecycle?.pending ?? []),
		lifecycle?.reversal,
	];
	const usual = names.flatMap((name) => events.filter(({ id }) => nameOf(id) === name));
	const rest = events.filter((event) => !usual.includes(event));
	const messages = new Set([...usual, ...rest].map(({ file }) => file.message));
	const grouped = [...messages].flatMap((message) =>
		rest.filter(({ file }) => file.message === message),
	);
	return [
		...usual.map((event): [CallbackEvent, string] => [event, 'The usual ones']),
		...grouped.map((event): [CallbackEvent, string] => [event, subject(event.message.title)]),
	];
}
