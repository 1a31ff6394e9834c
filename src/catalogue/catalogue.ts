import { own } from '../model/own.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent, EventFile, ProviderFile } from '../model/provider.ts';
import { didYouMean, nearestName } from '../model/suggest.ts';

/** One provider with its events, as packed into the index or read from a folder. */
export interface ProviderBundle {
	readonly provider: ProviderFile;
	readonly events: Readonly<Record<string, EventFile>>;
	readonly scenarios: Readonly<Record<string, ScenarioEntry>>;
}

/** A shipped scenario; the file itself is read when it is run. */
export interface ScenarioEntry {
	readonly title: string;
	/** `<provider>/<event>`, in order. */
	readonly events: readonly string[];
	/** Where it stands. */
	readonly file: string;
}

/** Everything that can be sent, by name. */
export interface Catalogue {
	readonly providers: readonly ProviderFile[];
	readonly events: readonly CallbackEvent[];
	readonly scenarios: readonly Scenario[];
}

/** A named sequence of events. */
export interface Scenario extends ScenarioEntry {
	/** `<provider>/<name>` */
	readonly id: string;
	readonly provider: string;
	/** It comes with callsim: nobody looks for its file. */
	readonly isBuiltIn?: boolean | undefined;
}

export function catalogueOf(bundles: readonly ProviderBundle[]): Catalogue {
	return {
		providers: bundles.map(({ provider }) => provider),
		scenarios: bundles.flatMap(({ provider, scenarios }) =>
			Object.entries(scenarios).map(([name, entry]) => ({
				id: `${provider.id}/${name}`,
				provider: provider.id,
				...entry,
			})),
		),
		events: bundles.flatMap(({ provider, events }) =>
			Object.entries(events).map(([name, file]) => {
				const message = own(provider.messages, file.message);
				if (message === undefined)
					throw new Error(
						`${provider.id}/${name} names no message; validation should have refused it`,
					);
				return { id: `${provider.id}/${name}`, provider, message, file };
			}),
		),
	};
}

/** @throws Problem `provider-unknown` */
export function findProvider(catalogue: Catalogue, id: string): ProviderFile {
	const found = catalogue.providers.find((provider) => provider.id === id);
	if (found !== undefined) return found;
	const known = catalogue.providers.map((provider) => provider.id);
	throw new Problem('provider-unknown', `there is no provider "${id}"`, {
		hint: didYouMean(id, known) ?? `Choose one of ${known.join(', ')}.`,
	});
}

/** @throws Problem `event-unknown`, or `provider-unknown` where already the provider is */
export function findEvent(catalogue: Catalogue, id: string): CallbackEvent {
	const found = catalogue.events.find((event) => event.id === id);
	if (found !== undefined) return found;
	const [provider = '', name] = id.split('/', 2);
	if (name === undefined) {
		const sameName = catalogue.events
			.filter((event) => event.id.endsWith(`/${id}`))
			.map((event) => `"${event.id}"`);
		const nearest = () =>
			sameName.length > 0
				? `Did you mean ${sameName.join(' or ')}?`
				: didYouMean(
						id,
						catalogue.events.map((event) => event.id),
					);
		const hint = catalogue.providers.some((p) => p.id === provider)
			? `Name an event of it, see: callsim list ${provider}`
			: nearest();
		throw new Problem(
			'event-unknown',
			`"${id}" is not an event: events are named <provider>/<event>`,
			{ hint: hint ?? 'See: callsim list' },
		);
	}
	throw new Problem('event-unknown', `${provider} has no event "${name}"`, {
		hint: meantOf(findProvider(catalogue, provider), name, catalogue.events),
	});
}

/** What is meant by a name that no event has: a typing error, a message, how a payment ends. */
function meantOf(
	{ id, lifecycle }: ProviderFile,
	given: string,
	all: readonly CallbackEvent[],
): string {
	const events = all.filter(({ provider }) => provider.id === id);
	const nameOf = (event: CallbackEvent) => event.id.slice(id.length + 1);
	const asks = (name: string) => `Did you mean "${id}/${name}"?`;
	const { success, failure, pending = [] } = lifecycle ?? {};
	// What the payment itself comes to is meant rather than a receipt, or a mandate, that ends alike.
	const usual = [success, failure, ...pending].filter((one) => one !== undefined);
	const end =
		usual.find((one) => one.endsWith(`-${given}`)) ?? (given === 'success' ? success : undefined);
	if (end !== undefined) return asks(end);
	const family = events
		.filter((event) => event.file.message === given || nameOf(event).startsWith(`${given}-`))
		.map(nameOf);
	const ordinary =
		usual.find((one) => family.includes(one)) ?? (family.length === 1 ? family[0] : undefined);
	if (ordinary !== undefined) return asks(ordinary);
	if (family.length > 0) return `Name one of its events: ${family.join(', ')}.`;
	const near = nearestName(given, events.map(nameOf));
	return near === undefined ? `See: callsim list ${id}` : asks(near);
}
