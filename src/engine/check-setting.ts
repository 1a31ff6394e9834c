import type { Lab } from '../check/lab.ts';
import { OrderBook, type SetupTemplate, type ShopPort } from '../check/orders.ts';
import { Probe, type ProbePort } from '../check/probe.ts';
import type { CheckOptions } from '../check/run-check.ts';
import { subjectOf } from '../check/subject.ts';
import type { Gate } from '../check/verdicts.ts';
import { credentialsFor, environmentName } from '../compose/credentials.ts';
import { credentialsUsed } from '../compose/credentials-used.ts';
import { headerSecrets } from '../compose/header-secrets.ts';
import { httpAttempt, httpConversation } from '../delivery/attempt.ts';
import type { ConnectionOptions } from '../delivery/http.ts';
import { parseTarget } from '../delivery/target.ts';
import { type Millis, millis, parseDuration } from '../model/duration.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import { credentialSources, ofProvider } from './composing.ts';
import type { CheckFlags } from './flags.ts';
import { networkPorts } from './ports.ts';
import { ignoring, listed, readCheckSeed, readGate, readTemplate, repeated } from './read-check.ts';
import { readHeaders } from './read-flags.ts';
import { refuseRemote } from './remote-problem.ts';
import type { EngineWorld } from './world.ts';

/** A `check` with everything it needs, before anything is sent. */
export interface CheckSetting {
	readonly lab: Lab;
	readonly options: CheckOptions;
	readonly gate: Gate;
	readonly waitFor: Millis | undefined;
	readonly allowRemote: boolean;
	/** Environment names of the credentials that were not given. */
	readonly simulatorKeys: readonly string[];
}

/** What a program that uses the library puts in the place of URLs and commands. */
export interface OwnShop {
	readonly setup?: SetupTemplate | undefined;
	readonly probe?: SetupTemplate | undefined;
	shopWith?(options: ConnectionOptions): ShopPort & ProbePort;
}

/** @throws Problem for anything a user can mend */
export function checkSetting(
	provider: ProviderFile,
	events: readonly CallbackEvent[],
	to: string,
	flags: CheckFlags,
	world: EngineWorld,
	own: OwnShop = {},
): CheckSetting {
	const target = parseTarget(to);
	const returnTo = flags.returnTo === undefined ? undefined : parseTarget(flags.returnTo, '--return-to');
	const allowRemote = flags.allowRemote === true;
	for (const url of [target, returnTo]) if (url !== undefined) refuseRemote(url, allowRemote);
	const duration = (text: string | undefined, flag: string, usual: number) =>
		text === undefined ? millis(usual) : parseDuration(text, flag);
	const settle = duration(flags.settle, '--settle', 500);
	const connection = {
		timeout: duration(flags.timeout, '--timeout', 10_000),
		insecure: flags.insecure === true,
		allowRemote,
	};
	const credentials = credentialsFor(provider, credentialSources(flags, world), [provider]);
	const secrets = ofProvider(provider, credentials);
	const headers = readHeaders(flags);
	world.learn([...secrets, ...headerSecrets(headers)]);
	const keys = secrets.filter(({ name }) => isKey(provider, name)).map((secret) => secret.reveal());
	const subject = subjectOf(provider, events, {
		auth: flags.auth,
		amount: flags.amount,
		target,
		returnTo,
		secrets: keys,
	});
	const setup = own.setup ?? readTemplate('setup', flags.setupUrl, flags.setupCommand, allowRemote);
	const probe = own.probe ?? readTemplate('probe', flags.probeUrl, flags.probeCommand, allowRemote);
	const gate = readGate(flags.failOn);
	const seed = readCheckSeed(flags, world);
	const signal = world.interruption();
	const userAgent = `callsim/${world.version} (callback simulator)`;
	const shop = (own.shopWith ?? networkPorts(world).shopWith)({ ...connection, signal });
	return {
		lab: {
			subject,
			settings: {
				target,
				returnTo,
				credentials,
				// Whole seconds: a command line that repeats a case names the instant.
				now: Math.floor(world.clock.now() / 1_000) * 1_000,
				headers,
				userAgent,
				auth: flags.auth,
				seed,
				flags: repeated(flags),
			},
			orders: new OrderBook({ setup, existing: listed(flags.orders) }, shop, seed),
			probe: probe === undefined ? undefined : new Probe(probe, shop, world.clock, settle),
			attempt: httpAttempt(connection, world.random),
			converse: httpConversation(connection, world.random),
			clock: world.clock,
			random: world.random,
			seed,
			signal,
		},
		options: { slow: flags.slow === true, settle, ignored: ignoring(listed(flags.probeIgnore)) },
		gate,
		waitFor: flags.waitFor === undefined ? undefined : parseDuration(flags.waitFor, '--wait-for'),
		allowRemote,
		simulatorKeys:
			credentialsUsed(subject.message, {}, credentials) === 'simulator'
				? Object.keys(provider.credentials).map((name) => environmentName(provider.id, name))
				: [],
	};
}

/** The credentials a receiver must keep to itself: those that seal. A user name stands in the clear anyway. */
function isKey(provider: ProviderFile, name: string): boolean {
	const forms = Object.values(provider.messages).flatMap((message) => [
		message,
		...Object.values(message.choices ?? {}).flatMap((choice) => Object.values(choice)),
	]);
	return forms.some(({ seal, digest }) => seal?.key === name || digest?.password === name);
}
