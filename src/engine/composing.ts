import { type Composed, compose } from '../compose/compose.ts';
import { type CredentialSources, credentialsFor } from '../compose/credentials.ts';
import { parseTarget } from '../delivery/target.ts';
import type { CallbackEvent } from '../model/provider.ts';
import type { Secret } from '../model/secret.ts';
import { readBytes } from './files.ts';
import type { ShapingFlags } from './flags.ts';
import { readFreshness, readHeaders, readShaping } from './read-flags.ts';
import type { EngineWorld } from './world.ts';

export function credentialSources(flags: ShapingFlags, world: EngineWorld): CredentialSources {
	return {
		flags: flags.credential ?? [],
		env: (name) => (Object.hasOwn(world.env, name) ? world.env[name] : undefined),
		file: (path) => Buffer.from(readBytes(path)).toString('utf8'),
	};
}

/** Everything is composed before anything is sent: a mistake in the last event must not show after the first went out. */
export async function composeAll(
	events: readonly CallbackEvent[],
	to: string,
	flags: ShapingFlags,
	world: EngineWorld,
): Promise<Composed[]> {
	const target = parseTarget(to);
	const returnTo = flags.returnTo === undefined ? undefined : parseTarget(flags.returnTo, '--return-to');
	const shaping = await readShaping(flags, world);
	const { now, random } = readFreshness(flags, world);
	const headers = readHeaders(flags);
	const providers = [...new Set(events.map((event) => event.provider))];
	const sources = credentialSources(flags, world);
	const credentials = new Map(providers.map((provider) => [provider, credentialsFor(provider, sources, providers)]));
	const composed: Composed[] = [];
	for (const [at, event] of events.entries()) {
		const own = credentials.get(event.provider) ?? credentialsFor(event.provider, sources);
		composed.push(
			await compose(event, shaping, {
				target,
				returnTo,
				credentials: own,
				now,
				// Each event of a command line is an order of its own.
				random: at === 0 ? random : (random.of?.(String(at)) ?? random),
				headers,
				userAgent: `callsim/${world.version} (callback simulator)`,
			}),
		);
	}
	return composed;
}

/** Every credential of the providers in play, to be masked in what a receiver says. */
export function secretsOf(events: readonly CallbackEvent[], flags: ShapingFlags, world: EngineWorld): Secret[] {
	const providers = [...new Set(events.map((event) => event.provider))];
	return providers.flatMap((provider) => {
		const credentials = credentialsFor(provider, credentialSources(flags, world), providers);
		return Object.keys(provider.credentials).map((name) => credentials(name));
	});
}
