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
		const hint = catalogue.providers.some((p) => p.id === provider)
			? `Name an event of it, see: callsim list ${provider}`
			: sameName.length > 0
				? `Did you mean ${sameName.join(' or ')}?`
				: didYouMean(
						id,
						catalogue.events.map((event) => event.id),
					);
		throw new Problem(
			'event-unknown',
			`"${id}" is not an event: events are named <provider>/<event>`,
			{ hint: hint ?? 'See: callsim list' },
		);
	}
	const { lifecycle } = findProvider(catalogue, provider);
	const ids = catalogue.events
		.filter((event) => event.provider.id === provider)
		.map((event) => event.id);
	const names = ids.map((one) => one.slice(provider.length + 1));
	// What the payment itself comes to is meant rather than a receipt, or a mandate, that ends alike.
	const usual = [lifecycle?.success, lifecycle?.failure, ...(lifecycle?.pending ?? [])].filter(
		(one) => one !== undefined,
	);
	const near = usual.find((one) => one.endsWith(`-${name}`)) ?? nearestName(name, names);
	throw new Problem('event-unknown', `${provider} has no event "${name}"`, {
		hint:
			near === undefined ? `See: callsim list ${provider}` : `Did you mean "${provider}/${near}"?`,
	});
}
