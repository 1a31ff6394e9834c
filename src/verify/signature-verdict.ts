import type { Received } from '../capture/received.ts';
import { signatureField } from '../compose/find-field.ts';
import { own } from '../model/own.ts';
import type { CallbackEvent } from '../model/provider.ts';
import { credentialsIn, partsOf } from '../model/template.ts';
import type { Search } from './explain.ts';
import { mistakeContextOf } from './mistake-context.ts';
import { type Recipe, shownCanonical } from './recipe.ts';
import type { Recognised } from './recognise.ts';
import type { SignatureFacts, Verdict, VerdictContext } from './verdict.ts';

export type SignatureVerdict = Pick<Verdict, 'genuine' | 'cause' | 'explanation' | 'signature'>;

/** What is signed as a rule is not genuine unsigned, though an old page shows it so. */
function unsigned(event: CallbackEvent): SignatureVerdict {
	const field = signatureField(event.message);
	if (field !== undefined) {
		const explanation = `There is no ${field}. A page of the vendor's shows it so, but who accepts that accepts anybody's.`;
		return { genuine: false, cause: 'signature-missing', explanation, signature: null };
	}
	const explanation = `It has the shape of ${event.id}. This way of sending carries no signature: anybody could have sent it.`;
	return { genuine: true, cause: null, explanation, signature: null };
}

/** Without a signature, a header with a credential in it may still tell who sends. */
export function unsignedVerdict(
	reading: Recognised,
	received: Received,
	context: VerdictContext,
): SignatureVerdict {
	const headers = senderHeaders(reading, context);
	const wrong = headers.find((one) => !one.fits(received));
	const [first] = headers;
	if (first === undefined) return unsigned(reading.event);
	if (wrong === undefined)
		return {
			genuine: true,
			cause: null,
			explanation: `${first.name} is the configured ${first.credential}. Nothing is signed: whoever has seen it once can change every field.`,
			signature: null,
		};
	const isThere = own(received.headers, wrong.name.toLowerCase()) !== undefined;
	return {
		genuine: false,
		cause: isThere ? 'wrong-token' : 'token-missing',
		explanation: isThere
			? `${wrong.name} is not the configured ${wrong.credential}.`
			: `There is no ${wrong.name}, which carries the ${wrong.credential}.`,
		signature: null,
	};
}

/** Headers that are made of credentials and fixed text alone: they name the sender. */
function senderHeaders({ chosen }: Recognised, { credentials }: VerdictContext) {
	return Object.entries(chosen.message.headers ?? {}).flatMap(([name, template]) => {
		const parts = partsOf(template);
		const [credential] = credentialsIn(template);
		const isMade = parts.every(
			(part) => 'literal' in part || (part.source.startsWith('cred.') && part.filters.length === 0),
		);
		if (credential === undefined || !isMade) return [];
		const expected = parts
			.map((part) =>
				'literal' in part ? part.literal : credentials(part.source.slice('cred.'.length)).reveal(),
			)
			.join('');
		const fits = ({ headers }: Received) => own(headers, name.toLowerCase()) === expected;
		return [{ name, credential, fits }];
	});
}

/** The signature fits; beside it, headers that name the sender must name the configured one. */
export function fitting(
	reading: Recognised,
	received: Received,
	facts: SignatureFacts,
	where: string,
	context: VerdictContext,
): SignatureVerdict {
	const [wrong] = senderHeaders(reading, context).filter((one) => !one.fits(received));
	if (wrong !== undefined)
		return {
			genuine: false,
			cause: 'wrong-username',
			explanation: `The ${where} fits, but ${wrong.name} is not the configured ${wrong.credential}.`,
			signature: facts,
		};
	const covered = facts.fields.filter(
		(field) => !Object.hasOwn(context.provider.credentials, field),
	);
	const limits =
		covered.length > 3 || covered.includes('body')
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
