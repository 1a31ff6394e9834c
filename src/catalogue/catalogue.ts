import { own } from '../model/own.ts';
import type { CallbackEvent, EventFile, ProviderFile } from '../model/provider.ts';
import { unknownEvent, unknownProvider } from './unknown-names.ts';

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
export function findProvider({ providers }: Catalogue, id: string): ProviderFile {
	const found = providers.find((provider) => provider.id === id);
	if (found !== undefined) return found;
	throw unknownProvider(
		id,
		providers.map((provider) => provider.id),
	);
}

/** @throws Problem `event-unknown`, or `provider-unknown` where already the provider is */
export function findEvent(catalogue: Catalogue, id: string): CallbackEvent {
	const found = catalogue.events.find((event) => event.id === id);
	if (found === undefined) throw unknownEvent(catalogue, id);
	return found;
}
