import type { CheckContext } from '../check/check-context.ts';
import { patienceFor } from '../check/patience.ts';
import type { TrialOptions } from '../check/run-check.ts';
import { subjectOf } from '../check/subject.ts';
import { atItsPace } from '../check/throttle.ts';
import type { Gate } from '../check/verdicts.ts';
import { credentialsFor, environmentName } from '../compose/credentials.ts';
import { credentialsUsed } from '../compose/credentials-used.ts';
import { seedFor } from '../compose/seeded-random.ts';
import { type Reach, reachOf } from '../delivery/reach.ts';
import { remoteRefusal } from '../delivery/remote-problem.ts';
import { parseTarget } from '../delivery/target.ts';
import { type Millis, millis } from '../model/duration.ts';
import { formsOf } from '../model/message-forms.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { PrintFire } from '../model/settings.ts';
import type { OrderAccess } from '../order/access.ts';
import { OrderPool } from '../order/pool.ts';
import { OrderReader } from '../order/reader.ts';
import { referenceForm } from '../order/reference-form.ts';
import type { CheckSettings } from '../settings/check-settings.ts';
import {
	credentialSources,
	headersOf,
	learnCredentials,
	ofProvider,
} from '../settings/composing.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import { runInstant, runSeed } from '../settings/shaping.ts';
import { userAgentOf } from '../settings/user-agent.ts';
import { networkPorts } from './ports.ts';

/** A `check` with everything it needs, before anything is sent. */
export interface CheckSetting {
	readonly checkContext: CheckContext;
	readonly options: TrialOptions;
	readonly gate: Gate;
	readonly waitFor: Millis | undefined;
	readonly reach: Reach;
	/** Environment names of the credentials that were not given. */
	readonly simulatorKeys: readonly string[];
}

/** @throws Problem for anything a user can fix, also where anything would go to is remote */
export async function checkSetting(
	provider: ProviderFile,
	events: readonly CallbackEvent[],
	to: URL,
	settings: CheckSettings,
	print: PrintFire,
	context: EngineContext,
): Promise<CheckSetting> {
	const { returnTo, auth, encoding, amount, settle = millis(500), failOn = 'must' } = settings;
	const reach = reachOf(settings);
	const patience = patienceFor(settings.timeout);
	const signal = context.interruption();
	const connection = {
		...reach,
		get timeout() {
			return patience.span;
		},
		signal,
	};
	const credentials = credentialsFor(provider, credentialSources(settings, context), [provider]);
	const secrets = ofProvider(provider, credentials);
	const headers = headersOf(settings, context);
	learnCredentials(provider, credentials, context);
	const keys = secrets.filter(({ name }) => isKey(provider, name)).map((secret) => secret.reveal());
	const subject = subjectOf(provider, events, {
		auth,
		encoding,
		amount,
		target: to,
		returnTo,
		secrets: keys,
		reference: settings.reference,
		headers: headers.map(({ name }) => name),
	});
	const { setup, probe } = settings;
	const places = [to, returnTo ?? [], pageOf('setup', setup), pageOf('probe', probe)].flat();
	for (const access of [setup, probe]) if (access?.kind === 'url') headersOf(access, context);
	const seed = runSeed(settings, context);
	const now = runInstant({}, context);
	const form =
		settings.reference === undefined ? undefined : referenceForm(settings.reference, now);
	await remoteRefusal()(places, reach, signal);
	const { attemptWith, conversationWith, shopWith } = networkPorts(context);
	const ways = { attempt: attemptWith(connection), converse: conversationWith(connection) };
	const shop = shopWith(connection);
	return {
		checkContext: {
			subject,
			settings: {
				target: to,
				returnTo,
				credentials,
				now,
				headers,
				userAgent: userAgentOf(context),
				auth,
				added: settings.add ?? [],
				seed,
				given: settings,
				print,
			},
			orders: new OrderPool({ setup, existing: settings.orders ?? [], form }, shop, (key) =>
				seedFor(seed, key),
			),
			probe: probe === undefined ? undefined : new OrderReader(probe, shop, context.clock, settle),
			...atItsPace(ways, context.clock),
			patience,
			clock: context.clock,
			random: context.random,
			seed,
			signal,
		},
		options: {
			slow: settings.slow === true,
			settle,
			ignored: ignoring(settings.probeIgnore ?? []),
		},
		gate: failOn,
		waitFor: settings.waitFor,
		reach,
		simulatorKeys:
			credentialsUsed(subject.message, {}, credentials) === 'simulator'
				? Object.keys(provider.credentials).map((name) => environmentName(provider.id, name))
				: [],
	};
}

/** Credentials that sign: a receiver must keep them to itself. User names stand in the clear. */
function isKey(provider: ProviderFile, name: string): boolean {
	const forms = Object.values(provider.messages).flatMap(formsOf);
	return forms.some(
		({ signature, digest }) => signature?.key === name || digest?.password === name,
	);
}

/** The page, if it is one, for any order. @throws Problem `usage`, `target-invalid` */
function pageOf(what: 'probe' | 'setup', access: OrderAccess | undefined): URL[] {
	if (access === undefined || access.kind === 'function') return [];
	const [text, setting] =
		access.kind === 'url' ? [access.url, `${what}Url`] : [access.command, `${what}Command`];
	const isNamed = what === 'setup' && access.reference !== undefined;
	if (!isNamed && !text.includes('{reference}'))
		throw new Problem('usage', (say) => `${say(setting)} names no {reference}`, {
			hint: (say) =>
				`Write {reference} where the order's number goes, and {amount} where its sum goes${
					what === 'setup'
						? `; or say where its answer names the order: ${say('setupReference', '/id')}`
						: ''
				}.`,
		});
	return access.kind === 'url'
		? [parseTarget(text.replaceAll(/\{(reference|amount)\}/g, '1'), setting)]
		: [];
}

/** `updated_at`, `data.history`: the whole path, its end, or everything below it. */
function ignoring(names: readonly string[]): (path: string) => boolean {
	return (path) => names.some((name) => `.${path}.`.includes(`.${name}.`));
}
