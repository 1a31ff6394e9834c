import type { CheckContext } from '../check/check-context.ts';
import type { CheckOptions } from '../check/run-check.ts';
import { subjectOf } from '../check/subject.ts';
import type { Gate } from '../check/verdicts.ts';
import { credentialsFor, environmentName } from '../compose/credentials.ts';
import { credentialsUsed } from '../compose/credentials-used.ts';
import { headerSecrets } from '../compose/header-secrets.ts';
import { seedFor } from '../compose/seeded-random.ts';
import { httpAttempt, httpConversation } from '../delivery/attempt.ts';
import { parseTarget } from '../delivery/target.ts';
import { type Millis, millis, parseDuration } from '../model/duration.ts';
import type { CallbackEvent, ProviderFile } from '../model/provider.ts';
import type { OrderAccess } from '../order/access.ts';
import { OrderPool } from '../order/pool.ts';
import { OrderReader } from '../order/reader.ts';
import { credentialSources, ofProvider } from './composing.ts';
import type { EngineContext } from './engine-context.ts';
import type { CheckFlags } from './flags.ts';
import { networkPorts } from './ports.ts';
import { ignoring, listed, pageOf, readAccess, readCheckSeed, readGate, repeated } from './read-check.ts';
import { readHeaders } from './read-flags.ts';
import { remoteRefusal } from './remote-problem.ts';

/** A `check` with everything it needs, before anything is sent. */
export interface CheckSetting {
	readonly checkContext: CheckContext;
	readonly options: CheckOptions;
	readonly gate: Gate;
	readonly waitFor: Millis | undefined;
	readonly allowRemote: boolean;
	/** Environment names of the credentials that were not given. */
	readonly simulatorKeys: readonly string[];
}

/** What a program that uses the library gives in the place of flags. */
export interface OwnAccess {
	readonly setup?: OrderAccess | undefined;
	readonly probe?: OrderAccess | undefined;
}

/** @throws Problem for anything a user can fix, also where anything would go to is remote */
export async function checkSetting(
	provider: ProviderFile,
	events: readonly CallbackEvent[],
	to: string,
	flags: CheckFlags,
	context: EngineContext,
	own: OwnAccess = {},
): Promise<CheckSetting> {
	const target = parseTarget(to);
	const returnTo = flags.returnTo === undefined ? undefined : parseTarget(flags.returnTo, '--return-to');
	const allowRemote = flags.allowRemote === true;
	const duration = (text: string | undefined, flag: string, usual: number) =>
		text === undefined ? millis(usual) : parseDuration(text, flag);
	const settle = duration(flags.settle, '--settle', 500);
	const connection = {
		timeout: duration(flags.timeout, '--timeout', 10_000),
		insecure: flags.insecure === true,
		allowRemote,
	};
	const credentials = credentialsFor(provider, credentialSources(flags, context), [provider]);
	const secrets = ofProvider(provider, credentials);
	const headers = readHeaders(flags);
	context.learn([...secrets, ...headerSecrets(headers)]);
	const keys = secrets.filter(({ name }) => isKey(provider, name)).map((secret) => secret.reveal());
	const subject = subjectOf(provider, events, {
		auth: flags.auth,
		amount: flags.amount,
		target,
		returnTo,
		secrets: keys,
	});
	const setup = own.setup ?? readAccess('setup', flags.setupUrl, flags.setupCommand);
	const probe = own.probe ?? readAccess('probe', flags.probeUrl, flags.probeCommand);
	const places = [target, returnTo ?? [], pageOf('setup', setup), pageOf('probe', probe)].flat();
	const gate = readGate(flags.failOn);
	const seed = readCheckSeed(flags, context);
	const signal = context.interruption();
	await remoteRefusal()(places, allowRemote, signal);
	const userAgent = `callsim/${context.version} (callback simulator)`;
	const shop = networkPorts(context).shopWith({ ...connection, signal });
	return {
		checkContext: {
			subject,
			settings: {
				target,
				returnTo,
				credentials,
				// Whole seconds: a command line that repeats a case names the instant.
				now: Math.floor(context.clock.now() / 1_000) * 1_000,
				headers,
				userAgent,
				auth: flags.auth,
				seed,
				flags: repeated(flags),
			},
			orders: new OrderPool({ setup, existing: listed(flags.orders) }, shop, (key) => seedFor(seed, key)),
			probe: probe === undefined ? undefined : new OrderReader(probe, shop, context.clock, settle),
			attempt: httpAttempt(connection, context.random),
			converse: httpConversation(connection, context.random),
			clock: context.clock,
			random: context.random,
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

/** The credentials a receiver must keep to itself: those that sign. A user name stands in the clear anyway. */
function isKey(provider: ProviderFile, name: string): boolean {
	const forms = Object.values(provider.messages).flatMap((message) => [
		message,
		...Object.values(message.choices ?? {}).flatMap((choice) => Object.values(choice)),
	]);
	return forms.some(({ signature, digest }) => signature?.key === name || digest?.password === name);
}
