import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts';
import { packedCatalogue } from '../catalogue/packed.ts';
import type { ReadSettings } from '../model/settings.ts';
import type { EngineContext } from '../settings/engine-context.ts';

/** The built-in providers and the user's own; one of the same id takes the other's place. */
export async function loadCatalogue(
	{ providers }: Pick<ReadSettings, 'providers'>,
	context: EngineContext,
): Promise<Catalogue> {
	const builtIn = packedCatalogue(context.cataloguePath);
	if (providers === undefined) return builtIn;
	const { readProviders } = await import('../catalogue/read-folder.ts');
	const own = catalogueOf(readProviders(providers));
	const replaced = new Set(own.providers.map((provider) => provider.id));
	for (const { id } of builtIn.providers.filter((provider) => replaced.has(provider.id))) {
		context.note(`${id} of ${providers} takes the place of the built-in one`);
	}
	return {
		providers: [
			...builtIn.providers.filter((provider) => !replaced.has(provider.id)),
			...own.providers,
		],
		events: [...builtIn.events.filter((event) => !replaced.has(event.provider.id)), ...own.events],
		scenarios: [
			...builtIn.scenarios.filter((scenario) => !replaced.has(scenario.provider)),
			...own.scenarios,
		],
	};
}
