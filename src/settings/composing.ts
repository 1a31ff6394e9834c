import { resolve } from 'node:path';
import { type Composed, compose } from '../compose/compose.ts';
import {
	type CredentialSources,
	type Credentials,
	credentialsFor,
} from '../compose/credentials.ts';
import { headerSecrets } from '../compose/header-secrets.ts';
import { headerOf } from '../compose/headers.ts';
import { flawsIn } from '../compose/key-flaws.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { Header } from '../model/request.ts';
import type { Secret } from '../model/secret.ts';
import type { Settings, ShapingSettings } from '../model/settings.ts';
import { textOfFile } from '../model/text-file.ts';
import type { EngineContext } from './engine-context.ts';
import { rememberFile, tellExposed } from './exposed-keys.ts';
import { readBytes } from './files.ts';
import { freshnessOf, shapingOf } from './shaping.ts';
import { userAgentOf } from './user-agent.ts';

export function credentialSources(
	{ credentials = [] }: Pick<ShapingSettings, 'credentials'>,
	context: EngineContext,
): CredentialSources {
	return {
		given: credentials,
		env: (name) => (Object.hasOwn(context.env, name) ? context.env[name] : undefined),
		file(path) {
			const text = textOfFile(readBytes(path, context.cwd), path);
			rememberFile(resolve(context.cwd, path), text.replace(/\r?\n$/, ''), context);
			return text;
		},
		project: (provider, name) => context.projectCredential?.(provider, name),
	};
}

/** One callback to be composed. */
export interface ComposeOrder {
	readonly event: CallbackEvent;
	readonly to: URL;
	readonly settings: Settings;
}

/**
 * Composes all before anything is sent: the last mistake must not show after the first send.
 * @param inPlay the providers of the whole run, among which a credential must be clear
 */
export async function composeAll(
	orders: readonly ComposeOrder[],
	context: EngineContext,
	inPlay: readonly ProviderFile[] = providersOf(orders.map(({ event }) => event)),
): Promise<Composed[]> {
	const composed: Composed[] = [];
	for (const { event, to, settings } of orders) {
		const { now, random } = freshnessOf(settings, context);
		const credentials = credentialsFor(
			event.provider,
			credentialSources(settings, context),
			inPlay,
		);
		const headers = headersOf(settings, context);
		learnCredentials(event.provider, credentials, context);
		composed.push(
			await compose(event, await shapingOf(settings, context), {
				target: to,
				returnTo: settings.returnTo,
				credentials,
				now,
				random,
				headers,
				userAgent: userAgentOf(context),
			}),
		);
	}
	return composed;
}

/** @throws Problem where nothing comes of it */
export async function composeOne(
	order: ComposeOrder,
	context: EngineContext,
	inPlay?: readonly ProviderFile[],
) {
	const [composed] = await composeAll([order], context, inPlay);
	if (composed === undefined) throw new Error('one event composes to one request');
	return composed;
}

export const providersOf = (events: readonly CallbackEvent[]): ProviderFile[] => [
	...new Set(events.map(({ provider }) => provider)),
];

/** As they are sent; those that are not shown are out of sight from here on. @throws Problem */
export function headersOf(
	{ headers = [] }: Pick<ShapingSettings, 'headers'>,
	context: EngineContext,
): Header[] {
	const all = headers.map((header) => headerOf(header, credentialSources({}, context)));
	const secrets = headerSecrets(all);
	context.learn(secrets);
	tellExposed(secrets, context);
	return all;
}

/** Every credential of the providers and headers in play is masked in what a receiver says. */
export function learnSecrets(
	events: readonly CallbackEvent[],
	settings: ShapingSettings,
	context: EngineContext,
): void {
	const providers = providersOf(events);
	for (const provider of providers)
		learnCredentials(
			provider,
			credentialsFor(provider, credentialSources(settings, context), providers),
			context,
		);
	headersOf(settings, context);
}

/** Kept out of sight from here on; what hardly belongs to one of the user's own is told. */
export function learnCredentials(
	provider: ProviderFile,
	credentials: Credentials,
	context: Pick<EngineContext, 'exposed' | 'learn' | 'note'>,
): void {
	const secrets = ofProvider(provider, credentials);
	context.learn(secrets);
	const own = secrets.filter(({ origin }) => origin === 'own');
	// The simulator's are public, wherever they are written.
	const isPublic = (one: Secret) => one.reveal() === provider.credentials[one.name]?.simulator;
	tellExposed(
		own.filter((one) => !isPublic(one)),
		context,
	);
	for (const secret of own) {
		const flaws = flawsIn(secret.reveal());
		if (flaws.length > 0)
			context.note(`${provider.id}'s ${secret.name} has ${flaws.join(', ')}; it is used as given`);
	}
}

export function ofProvider(provider: ProviderFile, credentials: Credentials): Secret[] {
	return Object.keys(provider.credentials).map((name) => credentials(name));
}
