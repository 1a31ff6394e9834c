import { fileURLToPath } from 'node:url';
import { catalogueOf, findEvent, type ProviderBundle } from '../../src/catalogue/catalogue.ts';
import { readProviders } from '../../src/catalogue/read-folder.ts';
import { type Composed, compose } from '../../src/compose/compose.ts';
import type { ComposeContext } from '../../src/compose/compose-context.ts';
import { credentialsFor } from '../../src/compose/credentials.ts';
import { seededRandom } from '../../src/compose/seeded-random.ts';
import type { Shaping } from '../../src/compose/shaping.ts';
import type { CallbackEvent } from '../../src/model/provider.ts';

export const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
export const bundles: readonly ProviderBundle[] = readProviders(fixtures);
export const catalogue = catalogueOf(bundles);
export const eventOf = (id: string): CallbackEvent => findEvent(catalogue, id);

export const noEnvironment = { flags: [], env: () => undefined, file: () => '' };

/** Composes with the simulator's credentials and a fixed clock, unless told otherwise. */
export function composed(id: string, shaping: Shaping = {}, context: Partial<ComposeContext> = {}): Promise<Composed> {
	const event = eventOf(id);
	return compose(event, shaping, {
		target: new URL('http://127.0.0.1:3000/callback'),
		credentials: credentialsFor(event.provider, noEnvironment),
		now: Date.parse('2026-01-15T10:30:45+08:00'),
		random: seededRandom('test'),
		userAgent: 'callsim/test',
		...context,
	});
}

export const bodyOf = ({ request }: Composed): string => Buffer.from(request.body ?? []).toString('utf8');
