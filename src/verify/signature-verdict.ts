import type { Received } from '../capture/received.ts';
import { signatureField } from '../compose/find-field.ts';
import { own } from '../model/own.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { credentialsIn } from '../model/template.ts';
import type { Search } from './explain.ts';
import { mistakeContextOf } from './mistake-context.ts';
import { type Recipe, shownCanonical } from './recipe.ts';
import type { Recognised } from './recognise.ts';
import type { SignatureFacts, Verdict, VerdictContext } from './verdict.ts';

export type SignatureVerdict = Pick<Verdict, 'genuine' | 'cause' | 'explanation' | 'signature'>;

/**
 * A message that is signed as a rule is not genuine without its signature, though an old page shows
 * it so.
 */
export function unsigned(event: CallbackEvent): SignatureVerdict {
	const field = signatureField(event.message);
	if (field !== undefined) {
		const explanation = `There is no ${field}. A page of the vendor's shows it so, but who accepts that accepts anybody's.`;
		return { genuine: false, cause: 'signature-missing', explanation, signature: null };
	}
	const explanation = `It has the shape of ${event.id}. This way of sending carries no signature: anybody could have sent it.`;
	return { genuine: true, cause: null, explanation, signature: null };
}

/** The signature fits; beside it, headers that name the sender must name the configured one. */
export function fitting(
	reading: Recognised,
	received: Received,
	facts: SignatureFacts,
	where: string,
	context: VerdictContext,
): SignatureVerdict {
	for (const [name, template] of Object.entries(reading.chosen.message.headers ?? {})) {
		const [credential] = credentialsIn(template);
		if (credential === undefined || template !== `\${cred.${credential}}`) continue;
		if (own(received.headers, name.toLowerCase()) === context.credentials(credential).reveal())
			continue;
		return {
			genuine: false,
			cause: 'wrong-username',
			explanation: `The ${where} fits, but ${name} is not the configured ${credential}.`,
			signature: facts,
		};
	}
	const covered = facts.fields.filter(
		(field) => !Object.hasOwn(context.provider.credentials, field),
	);
	const limits =
		covered.length > 3
			? ''
			: ` It covers ${covered.length === 0 ? 'no field' : covered.join(', ')} and nothing else.`;
	return {
		genuine: true,
		cause: null,
		explanation: `The ${where} fits the values and the key.${limits}`,
		signature: facts,
	};
}

export function explained(
	honest: Recipe,
	reading: Recognised,
	received: Received,
	facts: SignatureFacts,
	where: string,
	context: VerdictContext,
	search: Search,
): SignatureVerdict & Pick<Verdict, 'mistakes'> {
	const given = mistakeContextOf(reading, received, honest, facts.expected, context);
	const found =
		context.unexplained === true ? undefined : search(honest, reading.signature ?? '', given);
	if (found === undefined)
		return {
			...{ genuine: false, ...unexplained(facts, where, context), signature: facts },
			mistakes: [],
		};
	return {
		genuine: false,
		cause: found.mistakes.map(({ code }) => code).join('+'),
		explanation: `The ${where} was made ${found.mistakes.map(({ said }) => said).join(', and ')}.`,
		signature: { ...facts, mistaken: shownCanonical(found.recipe) },
		mistakes: found.mistakes,
	};
}

/** What can still be said of a signature that no known mistake makes. */
function unexplained(
	{ algorithm, expected, received }: SignatureFacts,
	where: string,
	{ unexplained: isUnexplained }: VerdictContext,
): Pick<Verdict, 'cause' | 'explanation'> {
	const given = received ?? '';
	if (given !== '' && expected.startsWith(given)) {
		return {
			cause: 'signature-truncated',
			explanation: `The ${where} is the right one, cut after ${given.length} of ${expected.length} characters.`,
		};
	}
	const shape = (text: string) => `${text.length} ${/^[0-9a-f]*$/.test(text) ? 'hex' : 'other'}`;
	if (shape(given) !== shape(expected) && /^[0-9a-f]+$/.test(expected)) {
		return {
			cause: 'signature-malformed',
			explanation: `The ${where} is not ${expected.length} hexadecimal digits, as ${algorithm} gives them.`,
		};
	}
	if (isUnexplained === true)
		return {
			cause: null,
			explanation: `The ${where} does not fit the values under this key; no mistake was looked for, so as to keep up.`,
		};
	const explanation = `The ${where} fits neither the values under this key nor any known mistake: a value was changed, or another key was used.`;
	return { cause: null, explanation };
}
