import { type Composed, compose } from '../compose/compose.ts';
import { type CredentialSources, credentialsFor } from '../compose/credentials.ts';
import { parseHeader } from '../compose/headers.ts';
import { parseTarget } from '../delivery/target.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import { Secret } from '../model/secret.ts';
import type { EngineContext } from './engine-context.ts';
import { readBytes } from './files.ts';
import type { ShapingFlags } from './flags.ts';
import { readFreshness, readHeaders, readShaping } from './read-flags.ts';

export function credentialSources(flags: ShapingFlags, context: EngineContext): CredentialSources {
	return {
		flags: flags.credential ?? [],
		env: (name) => (Object.hasOwn(context.env, name) ? context.env[name] : undefined),
		file: (path) => Buffer.from(readBytes(path)).toString('utf8'),
		...(context.projectCredential === undefined ? {} : { project: context.projectCredential }),
	};
}

/** One callback to be composed. */
export interface ComposeOrder {
	readonly event: CallbackEvent;
	readonly to: string;
	readonly flags: ShapingFlags;
}

/**
 * Everything is composed before anything is sent: a mistake in the last event must not show after the first went out.
 *
 * @param inPlay the providers of the whole run, among which a `--credential` must be clear
 */
export async function composeAll(
	orders: readonly ComposeOrder[],
	context: EngineContext,
	inPlay: readonly ProviderFile[] = providersOf(orders.map(({ event }) => event)),
): Promise<Composed[]> {
	const composed: Composed[] = [];
	for (const [at, { event, to, flags }] of orders.entries()) {
		const { now, random } = readFreshness(flags, context);
		composed.push(
			await compose(event, await readShaping(flags, context), {
				target: parseTarget(to),
				returnTo: flags.returnTo === undefined ? undefined : parseTarget(flags.returnTo, '--return-to'),
				credentials: credentialsFor(event.provider, credentialSources(flags, context), inPlay),
				now,
				// Each event of a command line is an order of its own.
				random: at === 0 ? random : (random.of?.(String(at)) ?? random),
				headers: readHeaders(flags),
				userAgent: `callsim/${context.version} (callback simulator)`,
			}),
		);
	}
	return composed;
}

export const providersOf = (events: readonly CallbackEvent[]): ProviderFile[] => [
	...new Set(events.map(({ provider }) => provider)),
];

/** Every credential of the providers in play, to be masked in what a receiver says. */
export function secretsOf(events: readonly CallbackEvent[], flags: ShapingFlags, context: EngineContext): Secret[] {
	const providers = providersOf(events);
	const keys = providers.flatMap((provider) => {
		const credentials = credentialsFor(provider, credentialSources(flags, context), providers);
		return Object.keys(provider.credentials).map((name) => credentials(name));
	});
	return [...keys, ...headerSecrets(flags)];
}

/** Header values that came from a reference, to be masked as well. */
export function headerSecrets({ secretHeader = [] }: Pick<ShapingFlags, 'secretHeader'>): Secret[] {
	return secretHeader.map(parseHeader).map(({ name, value }) => new Secret(name, value, 'own'));
}
