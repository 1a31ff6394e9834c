import { credentialsFor, readSource } from '../compose/credentials.ts';
import type { VerdictWorld } from '../diagnose/verdict.ts';
import { credentialSources } from '../engine/composing.ts';
import type { ShapingFlags } from '../engine/flags.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import { Secret, wrongKeyText } from '../model/secret.ts';
import type { World } from './world.ts';

/** What a provider's callbacks are judged with: its events, the credentials in force, and keys that may have been used instead. */
export function verdictWorld(
	provider: ProviderFile,
	events: readonly CallbackEvent[],
	flags: ShapingFlags & { readonly otherKey?: readonly string[] },
	world: World,
	inPlay: readonly ProviderFile[] = [provider],
): VerdictWorld {
	const sources = credentialSources(flags, world);
	const credentials = credentialsFor(provider, sources, inPlay);
	const simulators = Object.entries(provider.credentials).flatMap(([name, { simulator }]) =>
		credentials(name).origin === 'own' ? [{ name: `callsim's simulator key (${name})`, text: simulator }] : [],
	);
	const others = (flags.otherKey ?? []).map((source, at) => ({
		name: `the other key ${at + 1} (--other-key)`,
		text: readSource('--other-key', source, sources),
	}));
	world.learn(others.map(({ text }) => new Secret('other-key', text, 'own')));
	const wrong = { name: "callsim's --wrong-key", text: wrongKeyText };
	return { provider, events, credentials, otherKeys: [...others, ...simulators, wrong] };
}
