import { readFileSync } from 'node:fs';
import { type Catalogue, catalogueOf, type ProviderBundle } from './catalogue.ts';

/** The built-in providers: validated and packed into one file when the package is built, so that start-up reads one file. */
export function packedCatalogue(file: string): Catalogue {
	return catalogueOf(JSON.parse(readFileSync(file, 'utf8')) as ProviderBundle[]);
}
