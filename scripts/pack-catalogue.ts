import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProviderBundle } from '../src/catalogue/catalogue.ts';
import { packedBeside, packedScenario } from '../src/catalogue/read-built-in.ts';
import { readProviders } from '../src/catalogue/read-folder.ts';
import { readScenario } from '../src/catalogue/read-scenario.ts';
import { jsonText } from '../src/compose/write-json.ts';
import { ProjectSchema } from '../src/model/project-schema.ts';
import { ProviderSchema } from '../src/model/provider-schema.ts';
import { EventSchema, VectorsSchema } from '../src/model/sample-schema.ts';
import { ScenarioSchema } from '../src/model/scenario-schema.ts';

/**
 * Validates the built-in providers and writes the index that start-up reads, and the JSON Schemas
 * for editors.
 */
export function packCatalogue(fixtures: string, dist: string): void {
	const bundles = readProviders(fixtures).map((bundle) => withScenarios(bundle, dist));
	writeFileSync(join(dist, 'catalogue.json'), JSON.stringify(bundles));
	mkdirSync(join(dist, 'schema'), { recursive: true });
	for (const [name, schema] of Object.entries({
		provider: ProviderSchema,
		event: EventSchema,
		vectors: VectorsSchema,
		scenario: ScenarioSchema,
		project: ProjectSchema,
	})) {
		writeFileSync(
			join(dist, 'schema', `${name}.json`),
			`${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, null, 2)}\n`,
		);
	}
}

/**
 * Scenarios are shipped as the files that they are, to be read and copied, and beside each what it
 * says, to be run.
 */
function withScenarios(bundle: ProviderBundle, dist: string): ProviderBundle {
	const scenarios = Object.entries(bundle.scenarios).map(([name, entry]) => {
		const file = join('scenarios', bundle.provider.id, basename(entry.file));
		mkdirSync(dirname(join(dist, file)), { recursive: true });
		copyFileSync(entry.file, join(dist, file));
		const document = readScenario(file, readFileSync(entry.file, 'utf8'));
		writeFileSync(packedBeside(join(dist, file)), jsonText(packedScenario(document)));
		return [name, { ...entry, file }] as const;
	});
	return { ...bundle, scenarios: Object.fromEntries(scenarios) };
}
