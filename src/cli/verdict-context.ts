import { credentialsFor, readSource } from '../compose/credentials.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import { Secret, wrongKeyText } from '../model/secret.ts';
import type { Settings } from '../model/settings.ts';
import { credentialSources, learnCredentials } from '../settings/composing.ts';
import { tellExposed } from '../settings/exposed-keys.ts';
import type { VerdictContext } from '../verify/verdict.ts';
import type { CliContext } from './cli-context.ts';
import { parseSource } from './options/credential-flag.ts';

/** What callbacks are judged with: events, credentials in force, keys that may have been used. */
export function verdictContext(
	provider: ProviderFile,
	events: readonly CallbackEvent[],
	settings: Settings,
	otherKeys: readonly string[],
	context: CliContext,
	inPlay: readonly ProviderFile[] = [provider],
): VerdictContext {
	const sources = credentialSources(settings, context);
	const credentials = credentialsFor(provider, sources, inPlay);
	learnCredentials(provider, credentials, context);
	const simulators = Object.entries(provider.credentials).flatMap(([name, { simulator }]) =>
		credentials(name).origin === 'own'
			? [{ name: `callsim's simulator key (${name})`, text: simulator }]
			: [],
	);
	const others = otherKeys.map((source, at) => ({
		name: `the other key ${at + 1} (--other-key)`,
		text: readSource('--other-key', parseSource('other', source), sources),
	}));
	const otherSecrets = others.map(({ text }) => new Secret('other-key', text, 'own'));
	context.learn(otherSecrets);
	tellExposed(otherSecrets, context);
	const wrong = { name: "callsim's --wrong-key", text: wrongKeyText };
	return { provider, events, credentials, otherKeys: [...others, ...simulators, wrong] };
}
