import { credentialsFor } from '../compose/credentials.ts';
import type { ProviderFile } from '../model/provider.ts';
import { wrongKeyText } from '../model/secret.ts';
import { credentialSources, learnCredentials } from '../settings/composing.ts';
import type { ComposeTools } from './compose-callback.ts';

export interface Keys {
	secret(name: string): string;
	readonly others: readonly { readonly name: string; readonly text: string }[];
}

/** Those in force of a provider. @throws Problem where they are not whole */
export function keysOf(id: string, { catalogue, settings, context, inPlay }: ComposeTools): Keys {
	const provider = catalogue.providers.find((one) => one.id === id) as ProviderFile;
	const credentials = credentialsFor(provider, credentialSources(settings, context), inPlay);
	learnCredentials(provider, credentials, context);
	const simulators = Object.entries(provider.credentials)
		.filter(([name]) => credentials(name).origin === 'own')
		.map(([name, { simulator }]) => ({
			name: `callsim's simulator key (${name})`,
			text: simulator,
		}));
	return {
		secret: (name) => credentials(name).reveal(),
		others: [...simulators, { name: "callsim's wrong key", text: wrongKeyText }],
	};
}
