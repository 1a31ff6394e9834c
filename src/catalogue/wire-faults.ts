import type { Violation } from '../documents/violation.ts';
import { isHeaderName, notToBeSet } from '../model/header-name.ts';
import type { OptionPatch } from '../model/message-forms.ts';
import type { MessageFile } from '../model/provider.ts';

/** Every way of sending is tried where a callback is recognised. */
const mostWays = 500;

/** What the schema cannot say of a message, and without which it is not written or recognised. */
export function* wireFaults(message: MessageFile): Generator<Violation> {
	yield* partFaults(message, '', message.signature);
	const choices = Object.entries(message.choices ?? {});
	const ways = choices.reduce((count, [, options]) => count * Object.keys(options).length, 1);
	if (ways > mostWays)
		yield { pointer: '/choices', what: `makes ${ways} ways of sending; ${mostWays} are too many` };
	for (const [choice, options] of choices) {
		if (Object.keys(options).length === 0)
			yield { pointer: `/choices/${choice}`, what: 'has no option' };
		const isSigned =
			message.signature !== undefined &&
			!choices.some(
				([other, all]) =>
					other !== choice && Object.values(all).some(({ signature }) => signature === null),
			);
		for (const [option, patch] of Object.entries(options)) {
			const at = `/choices/${choice}/${option}`;
			const lacking = isSigned ? undefined : missingIn(patch.signature);
			if (lacking !== undefined)
				yield {
					pointer: `${at}/signature`,
					what: `lacks "${lacking}": without the option there is no signature to complete it`,
				};
			yield* partFaults(
				patch,
				at,
				patch.signature == null ? undefined : { ...message.signature, ...patch.signature },
			);
		}
	}
}

const signatureParts = ['algorithm', 'over', 'as', 'into'] as const;

const missingIn = (signature: OptionPatch['signature']): string | undefined =>
	signature == null ? undefined : signatureParts.find((part) => signature[part] === undefined);

function* partFaults(
	part: MessageFile | OptionPatch,
	at: string,
	signature: OptionPatch['signature'],
): Generator<Violation> {
	// An option removes the envelope with null; the message itself leaves it out.
	const isRemoved = at !== '' && part.wrap === null;
	if (part.wrap !== undefined && !isRemoved && placesIn(part.wrap) !== 1)
		yield { pointer: `${at}/wrap`, what: 'needs "$" once, where the fields go' };
	if (/^(hmac|rsa)-/.test(signature?.algorithm ?? '') && signature?.key === undefined)
		yield { pointer: `${at}/signature`, what: `lacks "key", which ${signature?.algorithm} needs` };
	for (const name of Object.keys(part.headers ?? {})) {
		const what = headerFault(name);
		if (what !== undefined) yield { pointer: `${at}/headers/${name}`, what };
	}
	const into = part.signature?.into;
	const what = into !== undefined && 'header' in into ? headerFault(into.header) : undefined;
	if (what !== undefined) yield { pointer: `${at}/signature/into/header`, what };
}

function headerFault(name: string): string | undefined {
	if (!isHeaderName(name)) return 'is no name that a header can have';
	return notToBeSet(name);
}

/** How often the fields would stand in an envelope. */
function placesIn(wrap: unknown): number {
	if (typeof wrap !== 'object' || wrap === null) return wrap === '$' ? 1 : 0;
	return Object.values(wrap).reduce<number>((count, inner) => count + placesIn(inner), 0);
}
