import { findEvent, findProvider } from '../catalogue/catalogue.ts';
import { credentialsFor, environmentName } from '../compose/credentials.ts';
import { usualTarget } from '../delivery/target.ts';
import { readReceived } from '../diagnose/read-received.ts';
import type { Received } from '../diagnose/received.ts';
import { type Verdict, type VerdictWorld, verdictOf, verdictOfAny } from '../diagnose/verdict.ts';
import { composeAll, credentialSources, learnSecrets } from '../engine/composing.ts';
import { readBytes, readGiven } from '../engine/files.ts';
import type { ShapingFlags } from '../engine/flags.ts';
import { Problem } from '../model/problem.ts';
import { requestTarget } from '../model/request.ts';
import type { ExitCode } from '../model/run-event.ts';
import { safeJson } from '../report/escape.ts';
import { maskedStrings } from '../report/masked.ts';
import { verdictJson, verdictLines } from '../report/verdict.ts';
import { painterFor } from './paint.ts';
import { surroundingsOf } from './surroundings.ts';
import { verdictWorld } from './verdict-world.ts';
import type { World } from './world.ts';

export interface VerifyFlags extends ShapingFlags {
	readonly contentType?: string;
	readonly explain?: boolean;
	/** The seal that the user's own code computed. */
	readonly expect?: string;
	readonly event?: string;
	readonly otherKey?: readonly string[];
}

/** Is this received callback genuine, and if not, why. Exit code 0 genuine, 1 not, 2 unreadable. */
export async function verify(
	providerId: string,
	file: string | undefined,
	flags: VerifyFlags,
	outer: World,
): Promise<ExitCode> {
	const { world, catalogue } = await surroundingsOf(flags, outer);
	const provider = findProvider(catalogue, providerId);
	const events = catalogue.events.filter((event) => event.provider === provider);
	const given = verdictWorld(provider, events, flags, world);
	const verdict =
		flags.expect === undefined
			? await verdictOfAny(readReceived(await input(file, world), flags.contentType), given)
			: await ownComputation(catalogue, providerId, flags, given, world);
	if (verdict.cause === 'unreadable')
		throw new Problem('body-invalid', verdict.explanation, {
			hint: 'Give the raw request, or the body with --content-type.',
		});
	learnSecrets(events.slice(0, 1), flags, world);
	const { mask } = world;
	if (flags.json === true)
		world.stdout.write(`${safeJson({ v: 1, type: 'verdict', ...maskedStrings(verdictJson(verdict), mask) })}\n`);
	else {
		const lines = verdictLines(verdict, painterFor(world.stdout, world, flags.color), flags.explain === true);
		world.stdout.write(`${lines.map(mask).join('\n')}\n`);
	}
	const names = Object.keys(provider.credentials);
	const simulated =
		names.length > 0 &&
		credentialsFor(provider, credentialSources(flags, world))(names[0] ?? '').origin === 'simulator';
	if (simulated && !verdict.genuine) {
		world.stderr.write(
			`note: checked with callsim's own simulator key; yours goes into ${names.map((name) => environmentName(provider.id, name)).join(' and ')}\n`,
		);
	}
	return verdict.genuine ? 0 : 1;
}

async function input(file: string | undefined, world: World): Promise<Uint8Array> {
	if (file !== undefined && file !== '-') return readBytes(file);
	return readGiven('-', 'verify', world.stdin, false);
}

/** The other way round: which mistake in the user's own computation yields the seal they got for this event. */
async function ownComputation(
	catalogue: Parameters<typeof findEvent>[0],
	provider: string,
	flags: VerifyFlags,
	given: VerdictWorld,
	world: World,
): Promise<Verdict> {
	if (flags.event === undefined)
		throw new Problem('usage', '--expect needs the event that the seal was made for', {
			hint: `Add --event ${provider}/…, and --set for your values; see: callsim list ${provider}`,
		});
	const event = findEvent(catalogue, flags.event.includes('/') ? flags.event : `${provider}/${flags.event}`);
	if (event.provider.id !== provider) {
		throw new Problem('usage', `${event.id} is no event of ${provider}`, {
			hint: `Write: callsim verify ${event.provider.id} --expect …`,
		});
	}
	const [composed] = await composeAll([{ event, to: flags.to ?? usualTarget, flags }], world);
	if (composed === undefined) throw new Error('one event composes to one request');
	const { request, options, message } = composed;
	if (message.seal === undefined) {
		throw new Problem('nothing-sealed', `${event.id} carries no seal to compare under these options`, {
			hint: 'Choose an option that is sealed; see: callsim list',
		});
	}
	const headers = Object.fromEntries(
		request.headersAt(world.clock.now()).map(({ name, value }) => [name.toLowerCase(), value]),
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
		seal: flags.expect,
		options,
	});
}
