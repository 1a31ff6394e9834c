import type { AnswerText } from '../../answer/answer-text.ts';
import { missedField, missedReference, saysNothing } from '../../answer/missed-field.ts';
import { insideText, unparsedText, wireFields } from '../../answer/unparsed-text.ts';
import type { MessageFile, SignatureRule } from '../../model/provider.ts';
import { type AnswerHint, type HintContext, ownKeyWords } from './hint.ts';

/** Who read something of the order has found its way to the fields. */
const hasRead = ({ text }: AnswerText, { reference }: HintContext): boolean =>
	reference !== undefined && reference !== '' && text.includes(reference);

/** The key under which the fields stand: `data`, `mp`. */
const wrapperOf = ({ wrap }: MessageFile): string | undefined =>
	typeof wrap === 'object' && wrap !== null
		? Object.entries(wrap).find(([, inner]) => JSON.stringify(inner).includes('"$"'))?.[0]
		: undefined;

function wrapperSentence(message: MessageFile, wrapper: string, field: string): string {
	if (message.write === 'xml')
		return `The fields stand inside <${wrapper}>: ${field} is looked for there.`;
	return Array.isArray((message.wrap as Record<string, unknown>)[wrapper])
		? `The fields stand in the first entry of ${wrapper}: read ${wrapper}[0].${field}, not ${field}.`
		: `The fields stand inside ${wrapper}: read ${wrapper}.${field}, not ${field}.`;
}

/** The envelope was overlooked: the receiver misses what was sent inside it. */
const wrapper: AnswerHint = (answer, context) => {
	const { message } = context;
	const key = wrapperOf(message);
	if (key === undefined || hasRead(answer, context)) return undefined;
	const reference = message.roles.reference;
	const field =
		missedField(answer, wireFields(message), key) ??
		(missedReference(answer) ? reference : undefined);
	return field === undefined ? undefined : wrapperSentence(message, key, field);
};

const innerText: AnswerHint = (answer, { message }) => unparsedText(answer, message);

const listOf = (rule: SignatureRule | undefined): readonly string[] | undefined =>
	typeof rule?.over === 'object' ? rule.over.fields : undefined;

/** What is signed here is another list than that of the provider's usual message. */
function ownList({ message, usual }: HintContext): string | undefined {
	const own = listOf(message.signature);
	const others = listOf(usual?.message.signature);
	if (own === undefined || others === undefined || own.join() === others.join()) return undefined;
	const fields = own.length > 4 ? '' : ` (${own.join(', ')})`;
	const chosen = message.discriminators?.[0];
	const how = chosen === undefined ? '' : ` Choose the list by ${chosen}.`;
	return `signed over ${own.length} fields${fields}, not over the ${others.length} of a ${usual?.name}.${how}`;
}

/** A field of the usual message is missed in one that has none. */
const otherFields: AnswerHint = (answer, context) => {
	const list = ownList(context);
	if (list === undefined || context.usual === undefined) return undefined;
	const sent = wireFields(context.message);
	const foreign = wireFields(context.usual.message).filter((name) => !sent.includes(name));
	const field = missedField(answer, foreign);
	return field === undefined ? undefined : `A ${context.name} has no ${field}: it is ${list}`;
};

/** Words of a receiver that does not believe a callback. */
export const aboutSignature =
	/signature|checksum|\bsign\b|hash|hmac|digest|tanda tangan|unauthori[sz]ed|forbidden|verif/i;

const otherList: AnswerHint = (answer, context) => {
	const list = ownList(context);
	if (list === undefined || ![400, 401, 403, 406, 422].includes(answer.status)) return undefined;
	if (!aboutSignature.test(answer.text) && !saysNothing(answer)) return undefined;
	const key =
		context.credentials === 'simulator'
			? ` The key is callsim's own (${context.environmentNames.join(' and ')} is yours).`
			: '';
	return `A ${context.name} is ${list}${key}`;
};

/** A signature that was looked for, or made, beside its envelope is refused like a false one. */
const wrappedSignature: AnswerHint = (answer, { message, credentials, environmentNames }) => {
	const key = wrapperOf(message);
	const { signature } = message;
	if (key === undefined || signature === undefined || !('field' in signature.into))
		return undefined;
	if (![400, 401, 403, 422].includes(answer.status) || !aboutSignature.test(answer.text))
		return undefined;
	const inside = `${signature.into.field} and what it is made of stand inside ${key}.`;
	return credentials === 'simulator'
		? `${ownKeyWords} ${environmentNames.join(' and ')}. ${inside}`
		: inside;
};

/** Nothing was said: what is most often overlooked in this message is asked for. */
const overlooked: AnswerHint = (answer, { message }) => {
	if (![400, 422, 500].includes(answer.status) || !saysNothing(answer)) return undefined;
	const inside = insideText(message);
	if (inside !== undefined)
		return `Is ${inside.holder} parsed a second time? It is a text that holds JSON.`;
	const key = wrapperOf(message);
	return key === undefined
		? undefined
		: `Are the fields read from ${message.write === 'xml' ? `<${key}>` : key}? They stand inside it.`;
};

const ofTheShape =
	(hint: AnswerHint): AnswerHint =>
	(answer, context) =>
		answer.status >= 400 && context.faults.length === 0 && !context.raw
			? hint(answer, context)
			: undefined;

/** The answer names what the receiver did not find, so that it looked in another place. */
export const missedHints: readonly AnswerHint[] = [wrapper, innerText, otherFields].map(ofTheShape);

/** A signature was refused that is made, or found, in another way than is usual. */
export const signatureHints: readonly AnswerHint[] = [otherList, wrappedSignature].map(ofTheShape);

export const overlookedHint: AnswerHint = ofTheShape(overlooked);
