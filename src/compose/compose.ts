import type { OrderShown } from '../model/contract/run-events.ts';
import type { CallbackEvent, Claim, MessageFile } from '../model/provider.ts';
import type { ComposedRequest, Statement } from '../model/request.ts';
import type { ValueObject } from '../model/value.ts';
import type { Told } from '../model/words.ts';
import { codeWarnings } from './codes.ts';
import type { ComposeContext } from './compose-context.ts';
import { credentialsUsed } from './credentials-used.ts';
import { eventValues } from './event-values.ts';
import { faultNames, refuseFaultWithoutSignature } from './faults.ts';
import { lastingIds } from './identity.ts';
import { missingFieldWarnings } from './missing-fields.ts';
import { choose } from './options.ts';
import { orderShown } from './order-shown.ts';
import { amountWarnings } from './roles.ts';
import { refuseContradictions, type Shaping } from './shaping.ts';
import { signedRequest } from './signed-request.ts';
import { writerFor } from './write.ts';

export interface Composed {
	readonly event: CallbackEvent;
	/** Where it goes, without a query of ours. */
	readonly target: string;
	readonly request: ComposedRequest;
	/** The message under the chosen options. */
	readonly message: MessageFile;
	readonly options: readonly string[];
	readonly claims: Readonly<Record<string, Claim>>;
	/** What the message says of its order; undefined where raw bytes are sent. */
	readonly order: OrderShown | undefined;
	/** Path → value of what stays over the order's life, or over this attempt at paying it. */
	readonly ids: ValueObject;
	/** The values before they were written, for rules and hints that need to know what was said. */
	readonly values: ValueObject;
	readonly credentials: 'simulator' | 'own' | 'none';
	/** The settings by which the callback was broken on purpose: a refusal is what is wanted then. */
	readonly faults: readonly string[];
	readonly warnings: readonly Told[];
}

/**
 * Values to request, in one direction: options, fresh, set, derive, cast, order, field signature,
 * names, envelope, bytes, header signature.
 * @throws Problem for anything a user can fix; nothing is sent then
 */
export async function compose(
	event: CallbackEvent,
	shaping: Shaping,
	context: ComposeContext,
): Promise<Composed> {
	refuseContradictions(shaping);
	const chosen = choose(event, {
		named: shaping.variants ?? [],
		of: { encoding: shaping.encoding, auth: shaping.auth },
	});
	const { message } = chosen;
	refuseFaultWithoutSignature(event, message, shaping);
	const target = (message.browser === true ? context.returnTo : undefined) ?? context.target;
	const values = await eventValues(event, chosen, shaping, {
		credentials: context.credentials,
		target: context.target,
		instant: shaping.fresh === true ? context.now : Date.parse(event.file.clock),
		random: context.random,
	});
	const made = signedRequest({
		event,
		message,
		values,
		shaping,
		target,
		context,
		write: await writerFor(message.write),
	});
	const faults = faultNames(shaping);
	const isGenuine = faults.length === 0 && shaping.rawBody === undefined;
	return {
		event,
		target: target.href,
		request: isGenuine ? { ...made, states: statementOf(event, values.values) } : made,
		message,
		options: chosen.options,
		claims: chosen.claims,
		order: shaping.rawBody === undefined ? orderShown(event, message, values.values) : undefined,
		ids: lastingIds(message, values.scope),
		values: values.values,
		credentials: credentialsUsed(message, shaping, context.credentials),
		faults,
		warnings: [
			...(shaping.rawBody === undefined
				? amountWarnings(message, chosen.values, values.values)
				: []),
			...codeWarnings(message, values.values, shaping.rawBody !== undefined),
			...(shaping.body === undefined ? [] : missingFieldWarnings(message, values.ordered)),
		],
	};
}

const statementOf = ({ provider, file }: CallbackEvent, values: ValueObject): Statement => ({
	provider: provider.id,
	message: file.message,
	values,
});
