import type { Received } from '../capture/received.ts';
import { findEvent, findProvider } from '../catalogue/catalogue.ts';
import { credentialsFor, environmentName } from '../compose/credentials.ts';
import { parseTarget, usualTarget } from '../delivery/target.ts';
import { Problem } from '../model/problem.ts';
import { requestTarget } from '../model/request.ts';
import type { ExitCode } from '../model/run-event.ts';
import type { Settings } from '../model/settings.ts';
import { verdictJson } from '../report/json/callback-json.ts';
import { verdictLines } from '../report/text/verdict-text.ts';
import { composeOne, credentialSources, learnSecrets } from '../settings/composing.ts';
import { holdsDocumentedFields } from '../verify/documented.ts';
import { readReceived } from '../verify/read-received.ts';
import { isUndecided, type Verdict, type VerdictContext } from '../verify/verdict.ts';
import { type VerdictOfSeveral, verdictOfSeveral } from '../verify/verdict-of-several.ts';
import { verdictOf } from '../verify/verify-received.ts';
import { capturedInput } from './captured-input.ts';
import type { CliContext } from './cli-context.ts';
import { commandContext } from './command-context.ts';
import { refuseIdleFlags } from './idle-flags.ts';
import type { CommonFlags } from './options/common-flags.ts';
import { readSettings } from './options/settings-flags.ts';
import { painterFor } from './paint.ts';
import { verdictContext } from './verdict-context.ts';

export interface VerifyFlags extends CommonFlags {
	readonly contentType?: string;
	readonly explain?: boolean;
	/** The signature that the user's own code computed, for a received callback or for an event. */
	readonly expect?: string;
	readonly event?: string;
	readonly otherKey?: readonly string[];
}

/** Is this received callback genuine, and if not, why. Exit code 0 genuine, 1 not, 2 unreadable. */
export async function verify(
	providerId: string,
	file: string | undefined,
	flags: VerifyFlags,
	outer: CliContext,
): Promise<ExitCode> {
	const { context, catalogue } = await commandContext(flags, outer);
	const provider = findProvider(catalogue, providerId);
	const events = catalogue.events.filter((event) => event.provider === provider);
	const settings = readSettings(flags);
	refuseIdleFlags(providerId, file, flags, settings);
	const given: VerdictContext = {
		...verdictContext(provider, events, settings, flags.otherKey ?? [], context),
		signature: flags.expect?.trim(),
	};
	const { verdict, note } =
		flags.expect === undefined || file !== undefined
			? await verdictOfInput(
					readReceived(await capturedInput(file, 'verify', context), flags.contentType),
					given,
				)
			: {
					verdict: await ownComputation(catalogue, providerId, flags, settings, given, context),
					note: undefined,
				};
	learnSecrets(events.slice(0, 1), settings, context);
	const { mask } = context;
	const isOwn = flags.expect !== undefined;
	if (flags.json === true) context.stdout.write(verdictJson(verdict, mask, isOwn));
	else {
		const paint = painterFor(context.stdout, context, flags.color);
		const lines = verdictLines(verdict, paint, flags.explain === true, isOwn);
		context.stdout.write(`${lines.map(mask).join('\n')}\n`);
	}
	if (note !== undefined) context.stderr.write(`note: ${note}\n`);
	const names = Object.keys(provider.credentials);
	const simulated =
		names.length > 0 &&
		credentialsFor(provider, credentialSources(settings, context))(names[0] ?? '').origin ===
			'simulator';
	if (simulated && !verdict.genuine) {
		context.stderr.write(
			`note: checked with callsim's own simulator key; yours goes into ${names.map((name) => environmentName(provider.id, name)).join(' and ')}\n`,
		);
	}
	return verdict.genuine ? 0 : 1;
}

/** @throws Problem `body-invalid` where it is unreadable, or none of the provider's callbacks */
async function verdictOfInput(
	readings: readonly Received[],
	given: VerdictContext,
): Promise<VerdictOfSeveral> {
	const { verdict, note } = await verdictOfSeveral(readings, given);
	if (given.signature !== undefined && verdict.recognised !== undefined && !verdict.signature)
		throw nothingSigned(verdict.recognised.event.id, 'as it was received');
	if (isUndecided(verdict))
		throw new Problem('body-invalid', verdict.explanation, {
			hint: 'Give the one callback alone.',
		});
	if (verdict.recognised !== undefined) return { verdict, note };
	const hint =
		'Give the raw request, or the body alone, with --content-type where it has no look of its own.';
	if (verdict.cause === 'unreadable')
		throw new Problem('body-invalid', verdict.explanation, { hint });
	if (await holdsDocumentedFields(readings, given.events)) return { verdict, note };
	throw new Problem(
		'body-invalid',
		`no documented field of ${given.provider.title} was found where its callback would have it`,
		{ hint },
	);
}

/** The other way round: which mistake yields the signature that the user got for this event. */
async function ownComputation(
	catalogue: Parameters<typeof findEvent>[0],
	provider: string,
	flags: VerifyFlags,
	settings: Settings,
	given: VerdictContext,
	context: CliContext,
): Promise<Verdict> {
	if (flags.event === undefined)
		throw new Problem('usage', '--expect needs the event that the signature was made for', {
			hint: `Give the received callback (a file, or - for stdin), or --event ${provider}/… with --set for your values.`,
		});
	const event = findEvent(
		catalogue,
		flags.event.includes('/') ? flags.event : `${provider}/${flags.event}`,
	);
	if (event.provider.id !== provider) {
		throw new Problem('usage', `${event.id} is no event of ${provider}`, {
			hint: `Write: callsim verify ${event.provider.id} --expect …`,
		});
	}
	const to = settings.to ?? parseTarget(usualTarget);
	const { request, options, message } = await composeOne({ event, to, settings }, context);
	if (message.signature === undefined) throw nothingSigned(event.id, 'under these options');
	const headers = Object.fromEntries(
		request.headersAt(context.clock.now()).map(({ name, value }) => [name.toLowerCase(), value]),
	);
	const received: Received = {
		method: request.method,
		target: requestTarget(request.url),
		headers,
		body: request.body ?? new Uint8Array(),
	};
	return verdictOf(received, {
		...given,
		events: [event, ...given.events.filter((other) => other !== event)],
		options,
	});
}

const nothingSigned = (event: string, when: string): Problem =>
	new Problem('nothing-signed', `${event} carries no signature to compare ${when}`, {
		hint: 'Choose an option that is signed; see: callsim list',
	});
