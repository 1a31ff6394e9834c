import { type Composed, compose } from '../compose/compose.ts';
import { type CredentialSources, type Credentials, credentialsFor } from '../compose/credentials.ts';
import { headerSecrets } from '../compose/header-secrets.ts';
import { parseTarget } from '../delivery/target.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { Secret } from '../model/secret.ts';
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
		const credentials = credentialsFor(event.provider, credentialSources(flags, context), inPlay);
		const headers = readHeaders(flags);
		context.learn([...ofProvider(event.provider, credentials), ...headerSecrets(headers)]);
		composed.push(
			await compose(event, await readShaping(flags, context), {
				target: parseTarget(to),
				returnTo: flags.returnTo === undefined ? undefined : parseTarget(flags.returnTo, '--return-to'),
				credentials,
				now,
				// Each event of a command line is an order of its own.
				random: at === 0 ? random : (random.of?.(String(at)) ?? random),
				headers,
				userAgent: `callsim/${context.version} (callback simulator)`,
			}),
		);
	}
	return composed;
}

export const providersOf = (events: readonly CallbackEvent[]): ProviderFile[] => [
	...new Set(events.map(({ provider }) => provider)),
];

/** Every credential of the providers in play, and of the headers, is masked in what a receiver says. */
export function learnSecrets(events: readonly CallbackEvent[], flags: ShapingFlags, context: EngineContext): void {
	const providers = providersOf(events);
	for (const provider of providers)
		context.learn(ofProvider(provider, credentialsFor(provider, credentialSources(flags, context), providers)));
	context.learn(headerSecrets(readHeaders(flags)));
}

export function ofProvider(provider: ProviderFile, credentials: Credentials): Secret[] {
	return Object.keys(provider.credentials).map((name) => credentials(name));
}
