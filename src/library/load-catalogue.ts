import { loadCatalogue as load } from '../engine/catalogue.ts';
import { eventJson } from '../report/json/listing-json.ts';
import { scheduleFor } from '../settings/schedule-for.ts';
import { libraryContext } from './library-context.ts';
import type { Catalogue, SetupOptions } from './types.ts';

/**
 * Everything that can be sent: providers, events with their choices and claims, scenarios.
 * @throws Problem `file-unreadable`, `fixture-invalid` for a folder of providers of one's own
 */
export async function loadCatalogue(
	options: Pick<SetupOptions, 'providers' | 'cwd'> = {},
): Promise<Catalogue> {
	const { providers } = options;
	const catalogue = await load(
		providers === undefined ? {} : { providers },
		libraryContext(options, undefined),
	);
	return {
		providers: catalogue.providers.map(({ id, title, country }) => ({ id, title, country })),
		events: catalogue.events.map((event) => eventJson(event, scheduleFor)),
		scenarios: catalogue.scenarios.map(({ id, title, events: order, file }) => ({
			id,
			title,
			events: order,
			file,
		})),
	};
}
