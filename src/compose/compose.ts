import type { Random } from '../model/clock.ts';
import type { CallbackEvent, Claim, MessageFile } from '../model/provider.ts';
import type { ComposedRequest, Header } from '../model/request.ts';
import type { ValueObject } from '../model/value.ts';
import { codeWarnings } from './codes.ts';
import type { Credentials } from './credentials.ts';
import { credentialsUsed } from './credentials-used.ts';
import { eventValues } from './event-values.ts';
import { faultsOf, refuseFaultWithoutSignature } from './faults.ts';
import { missingFieldWarnings } from './missing-fields.ts';
import { choose } from './options.ts';
import { amountWarnings } from './roles.ts';
import { refuseContradictions, type Shaping } from './shaping.ts';
import { signedRequest } from './signed-request.ts';
import { writerFor } from './write.ts';

/** Everything from outside that composing needs. */
export interface ComposeWorld {
	readonly target: URL;
	/** Where browser messages go; the target where it is not given. */
	readonly returnTo?: URL | undefined;
	readonly credentials: Credentials;
	/** Epoch milliseconds, read once: all fresh values agree on it. */
	readonly now: number;
	readonly random: Random;
	readonly userAgent: string;
	readonly headers?: readonly Header[] | undefined;
}

export interface Composed {
	readonly event: CallbackEvent;
	/** Where it goes, without a query of ours. */
	readonly target: string;
	readonly request: ComposedRequest;
	/** The message under the chosen options. */
	readonly message: MessageFile;
	readonly options: readonly string[];
	readonly claims: Readonly<Record<string, Claim>>;
	/** The values before they were written, for rules and hints that need to know what was said. */
	readonly values: ValueObject;
	readonly credentials: 'simulator' | 'own' | 'none';
	/** The flags by which the callback was broken on purpose: a refusal is what is wanted then. */
	readonly faults: readonly string[];
	readonly warnings: readonly string[];
}

/**
 * Values to request, in one direction: options, fresh, set, derive, cast, order, field signature, names, envelope, bytes,
 * header signature.
 *
 * @throws Problem for anything a user can mend; nothing is sent then
 */
export async function compose(event: CallbackEvent, shaping: Shaping, world: ComposeWorld): Promise<Composed> {
	refuseContradictions(shaping);
	const chosen = choose(event, {
		named: shaping.variants ?? [],
		of: { encoding: shaping.encoding, auth: shaping.auth },
	});
	const { message } = chosen;
	refuseFaultWithoutSignature(event, message, shaping);
	const target = (message.browser === true ? world.returnTo : undefined) ?? world.target;
	const values = await eventValues(event, chosen, shaping, {
		credentials: world.credentials,
		target: world.target,
		instant: shaping.fresh === true ? world.now : Date.parse(event.file.clock),
		random: world.random,
	});
	const request = signedRequest({
		event,
		message,
		values,
		shaping,
		target,
		world,
		write: await writerFor(message.write),
	});
	return {
		event,
		target: target.href,
		request,
		message,
		options: chosen.options,
		claims: chosen.claims,
		values: values.values,
		credentials: credentialsUsed(message, shaping, world.credentials),
		faults: faultsOf(shaping),
		warnings: [
			...(shaping.rawBody === undefined ? amountWarnings(message, chosen.values, values.values) : []),
			...codeWarnings(message, values.values, shaping.rawBody !== undefined),
			...(shaping.body === undefined ? [] : missingFieldWarnings(message, values.ordered)),
		],
	};
}
