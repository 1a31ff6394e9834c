import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProviders } from '../src/catalogue/read-folder.ts';
import { ProviderSchema } from '../src/model/provider-schema.ts';
import { EventSchema, VectorsSchema } from '../src/model/sample-schema.ts';

/** Validates the built-in providers and writes the index that start-up reads, and the JSON Schemas for editors. */
export function packCatalogue(fixtures: string, dist: string): void {
	writeFileSync(join(dist, 'catalogue.json'), JSON.stringify(readProviders(fixtures)));
	mkdirSync(join(dist, 'schema'), { recursive: true });
	for (const [name, schema] of Object.entries({
		provider: ProviderSchema,
		event: EventSchema,
		vectors: VectorsSchema,
	})) {
		writeFileSync(
			join(dist, 'schema', `${name}.json`),
			`${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, null, 2)}\n`,
		);
	}
}
