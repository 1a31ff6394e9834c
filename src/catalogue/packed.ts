import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Catalogue, catalogueOf, type ProviderBundle } from './catalogue.ts';

/**
 * The built-in providers: validated and packed into one file when the package is built, so that
 * start-up reads one file. Their scenarios stand beside it.
 */
export function packedCatalogue(file: string): Catalogue {
	const catalogue = catalogueOf(JSON.parse(readFileSync(file, 'utf8')) as ProviderBundle[]);
	const folder = dirname(file);
	return {
		...catalogue,
		scenarios: catalogue.scenarios.map((scenario) => ({
			...scenario,
			file: join(folder, scenario.file),
			isBuiltIn: true,
		})),
	};
}
