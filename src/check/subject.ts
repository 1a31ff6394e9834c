import { choicesOf, choose } from '../compose/options.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import { Problem } from '../model/problem.ts';
import type { CallbackEvent, MessageFile, ProviderFile } from '../model/provider.ts';
import { isLossless, type Value, type ValueObject } from '../model/value.ts';
import { textOf } from '../model/value-text.ts';

/** What is being proved: a provider's callbacks as this receiver gets them. */
export interface Subject {
	readonly provider: ProviderFile;
	readonly events: ReadonlyMap<string, CallbackEvent>;
	/** The event that settles an order, and what else may become of one. */
	readonly success: string;
	readonly failure: string | undefined;
	readonly pending: readonly string[];
	readonly reversal: string | undefined;
	/** Events that come before an outcome and never decide one. */
	readonly announcements: readonly string[];
	/** Events whose documented body does not parse. */
	readonly unreadable: readonly string[];
	/** No other attempt can settle an order after a failure. */
	readonly failureIsFinal: boolean;
	/** What a success says in the field of its state; undefined where the messages carry none. */
	readonly successState: Value | undefined;
	/** How a success names an outcome that nobody knows yet; undefined where none is named. */
	readonly unknownOutcome: ValueObject | undefined;
	/** The success event's message under the options of the run. */
	readonly message: MessageFile;
	/** The encoding in which everything is proved; undefined for the wire's own. */
	readonly encoding?: string | undefined;
	/** `field`, `header`: where the signature goes. */
	readonly signature: 'field' | 'header' | 'digest' | 'none';
	/** The field or header of the signature. */
	readonly signatureName: string | undefined;
	/** What an order costs, as the provider writes it; undefined where it has no amounts. */
	readonly amount: string | undefined;
	/** It is a number on the wire: zeros behind the point would be lost. */
	readonly isAmountNumber?: boolean | undefined;
	/** `--return-to`: the page to which the payer's browser comes back. */
	readonly returnTo: URL | undefined;
	/** Where callbacks go. */
	readonly target: URL;
	/** The only form of reference that the shop takes, as `--reference` says it. */
	readonly reference: string | undefined;
	/** Names of the headers that the user sends along, in lower case. */
	readonly ownHeaders: readonly string[];
	/** The choice has this option, and it may be asked for. */
	has(event: string, option: string): boolean;
	/** Credential texts that no answer may hold. */
	readonly secrets: readonly string[];
}

export interface SubjectOptions {
	readonly auth?: string | undefined;
	readonly encoding?: string | undefined;
	readonly amount?: string | undefined;
	readonly target: URL;
	readonly returnTo?: URL | undefined;
	readonly secrets: readonly string[];
	readonly reference?: string | undefined;
	readonly headers?: readonly string[] | undefined;
}

/**
 * @throws Problem `fixture-invalid` for a provider that does not say what its events mean,
 * `option-unknown` for what is chosen of no choice
 */
export function subjectOf(
	provider: ProviderFile,
	all: readonly CallbackEvent[],
	{ auth, encoding, amount, target, returnTo, secrets, reference, headers = [] }: SubjectOptions,
): Subject {
	if (amount !== undefined && !(Number(amount) > 0)) {
		throw new Problem('usage', (say) => `${say('amount')} "${amount}" is no sum above zero`, {
			hint: (say) => `Write ${say('amount', '60.00')}.`,
		});
	}
	const { lifecycle } = provider;
	if (lifecycle === undefined) {
		throw new Problem(
			'fixture-invalid',
			`${provider.id} does not say which of its events means success`,
			{
				hint: 'Add "lifecycle" to its provider.json, see docs/provider-format.md.',
			},
		);
	}
	const events = new Map(all.map((event) => [event.id.slice(provider.id.length + 1), event]));
	const success = events.get(lifecycle.success);
	if (success === undefined) throw new Error(`${provider.id} has no event ${lifecycle.success}`);
	const chosen = choose(success, { named: [], of: { auth, encoding } });
	const { message } = chosen;
	const signature = signatureKind(message);
	const { amount: path, state } = message.roles;
	const sample = path === undefined ? undefined : valueAt(chosen.values, segmentsOf(path));
	return {
		provider,
		events,
		success: lifecycle.success,
		failure: lifecycle.failure,
		pending: lifecycle.pending ?? [],
		reversal: lifecycle.reversal,
		announcements: lifecycle.announcements ?? [],
		unreadable: lifecycle.unreadable ?? [],
		failureIsFinal: lifecycle.failureIsFinal === true,
		successState: state === undefined ? undefined : valueAt(chosen.values, segmentsOf(state)),
		// A word that no receiver can expect, where the provider's file has none.
		unknownOutcome:
			lifecycle.unknownOutcome ?? (state === undefined ? undefined : { [state]: 'on_hold' }),
		message,
		encoding,
		signature,
		signatureName: signatureName(message),
		amount: amount ?? (sample == null ? undefined : textOf(sample)),
		isAmountNumber: typeof sample === 'number' || isLossless(sample),
		returnTo,
		target,
		reference,
		ownHeaders: headers.map((name) => name.toLowerCase()),
		has: (event, option) => {
			const found = events.get(event);
			return found !== undefined && Object.values(choicesOf(found.message)).flat().includes(option);
		},
		secrets,
	};
}

/** How a provider signs what settles an order, under what it does as a rule. */
export function signatureOf(
	{ id, lifecycle }: ProviderFile,
	events: readonly CallbackEvent[],
): Pick<Subject, 'signature' | 'signatureName'> {
	const success = events.find((event) => event.id === `${id}/${lifecycle?.success}`);
	if (success === undefined) return { signature: 'none', signatureName: undefined };
	const { message } = choose(success, { named: [], of: {} });
	return { signature: signatureKind(message), signatureName: signatureName(message) };
}

function signatureKind(message: MessageFile): Subject['signature'] {
	if (message.digest !== undefined) return 'digest';
	if (message.signature === undefined) return 'none';
	return 'field' in message.signature.into ? 'field' : 'header';
}

function signatureName({ signature }: MessageFile): string | undefined {
	if (signature === undefined) return undefined;
	return 'field' in signature.into ? signature.into.field : signature.into.header;
}

/** Another amount in the same form: `60.00` → `75.00`, `25000` → `31250`. */
export function otherAmount(
	amount: string,
	{ isAmountNumber }: Pick<Subject, 'isAmountNumber'>,
	factor = 1.25,
): string {
	return sumAs(amount, { isAmountNumber }, Math.round(Number(amount) * factor));
}

/** A sum with as many decimals as another; a number on the wire keeps no zeros behind its point. */
export function sumAs(
	amount: string,
	{ isAmountNumber }: Pick<Subject, 'isAmountNumber'>,
	sum: number,
): string {
	const text = sum.toFixed(/\.(\d+)$/.exec(amount)?.[1]?.length ?? 0);
	return isAmountNumber === true ? String(Number(text)) : text;
}
