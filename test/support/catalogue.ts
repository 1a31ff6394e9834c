import { fileURLToPath } from 'node:url';
import { catalogueOf, findEvent, type ProviderBundle } from '../../src/catalogue/catalogue.ts';
import { readProviders } from '../../src/catalogue/read-folder.ts';
import { assignmentsOf } from '../../src/compose/assignment.ts';
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

export const noEnvironment = { given: [], env: () => undefined, file: () => '' };

/** As a test writes it: `path=text`, `path:=json`. */
export interface TextShaping extends Omit<Shaping, 'set' | 'add' | 'tamper'> {
	readonly set?: readonly string[];
	readonly add?: readonly string[];
	readonly tamper?: readonly string[];
}

/** Composes with the simulator's credentials and a fixed clock, unless told otherwise. */
export async function composed(
	id: string,
	shaping: TextShaping = {},
	context: Partial<ComposeContext> = {},
): Promise<Composed> {
	const event = eventOf(id);
	const { set, add, tamper, ...rest } = shaping;
	const read = (texts: readonly string[] | undefined, what: string) => assignmentsOf(texts, what);
	const typed = {
		...rest,
		set: read(set, 'set'),
		add: read(add, 'add'),
		tamper: read(tamper, 'tamper'),
	};
	return compose(event, typed, {
		target: new URL('http://127.0.0.1:3000/callback'),
		credentials: credentialsFor(event.provider, noEnvironment),
		now: Date.parse('2026-01-15T10:30:45+08:00'),
		random: seededRandom('test'),
		userAgent: 'callsim/test',
		...context,
	});
}

export const bodyOf = ({ request }: Composed): string =>
	Buffer.from(request.body ?? []).toString('utf8');
