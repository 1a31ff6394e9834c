import type { AnswerText } from '../../answer/answer-text.ts';
import { frontDoorOf } from '../../answer/front-door.ts';
import { missedField, missedReference } from '../../answer/missed-field.ts';
import { wireFields } from '../../answer/unparsed-text.ts';
import type { MessageFile } from '../../model/provider.ts';
import type { Schedule } from '../../model/schedule.ts';
import { type AnswerHint, type HintContext, ownKeyWords, unknownOrderWords } from './hint.ts';
import { aboutSignature, missedHints, overlookedHint, signatureHints } from './shape-hints.ts';

const alreadyKnown: AnswerHint = ({ text }) =>
	/already (been )?(processed|paid|exists?)|duplicate|sudah (di)?proses/i.test(text)
		? 'The receiver knows this callback already: --fresh makes new ids and times.'
		: undefined;

const refusedFault: AnswerHint = ({ status }, { faults, isSentOnce }) =>
	faults.length > 0 && status >= 400 && status < 500
		? `Refused, as a broken callback should be.${isSentOnce ? '' : ' --retry none sends it once.'}`
		: undefined;

/** What Digest needs before anything can be said of a key. */
const challenge: AnswerHint = (
	{ status, header },
	{ message, hasAnsweredChallenge, environmentNames },
) => {
	if (message.digest === undefined || status !== 401) return undefined;
	const asked = header('www-authenticate');
	const right = 'WWW-Authenticate: Digest realm="…", nonce="…"';
	if (!/digest/i.test(asked))
		return `The 401 carries no Digest challenge: answer with ${right}, or fire with --auth none.`;
	if (!/nonce=/i.test(asked))
		return `The Digest challenge has no nonce, so nobody can answer it: ${right}.`;
	return hasAnsweredChallenge
		? `The challenge was answered, and came again: the key is another (${environmentNames.join(', ')}), or a server takes the Authorization header away (Apache: CGIPassAuth On).`
		: undefined;
};

const otherSuccess: AnswerHint = ({ status }, { message }) =>
	status >= 200 && status < 300 && !message.acknowledge.status.includes('2xx')
		? `This provider counts ${message.acknowledge.status.join(' or ')} and nothing else as acknowledged.`
		: undefined;

const redirect: AnswerHint = ({ status, header }) =>
	status >= 300 && status < 400
		? `A redirect is an answer here and is not followed (to ${header('location') || 'nowhere'}).`
		: undefined;

const returnPage: AnswerHint = ({ status }, { message, isReturnNamed }) =>
	status >= 400 && message.browser === true && !isReturnNamed
		? "This is what the payer's browser carries; its page is not the callback's URL: name it with --return-to."
		: undefined;

const comesAgain = ({ pauses, retriesAfter }: Schedule, status: number): boolean =>
	pauses.length > 0 && retriesAfter?.[String(status)] !== 0;

/** A receiver that answers "not found" in words of its own has looked for the order. */
const unknownOrder: AnswerHint = ({ status, text, isHtml }, { message, schedule }) =>
	message.roles.reference !== undefined &&
	[400, 404, 409, 410, 422].includes(status) &&
	!isHtml &&
	/\b(order|invoice|payment|transaction|reference|pesanan|tagihan|transaksi|ref_?id)\b.{0,60}\b(not (be )?found|unknown|(does not|doesn't) exist|tidak (di)?temukan)|\b(unknown|no such)\b.{0,10}\b(order|invoice|payment|transaction|reference)/is.test(
		text,
	)
		? `${unknownOrderWords}: name one of its own with --ref${comesAgain(schedule, status) ? ', or make it before the next attempt' : ''}.`
		: undefined;

const path: AnswerHint = ({ status, header }, { message, target }) => {
	const allowed = header('allow');
	if (status === 405 && allowed !== '')
		return `${target.pathname} takes ${allowed}; the provider sends ${message.method}.`;
	return status === 404 || status === 405
		? `Check the path: ${message.method} ${target.pathname} is what was asked.`
		: undefined;
};

const unparsed =
	/unsupported media type|unexpected token|unexpected end of (json|input)|(json|body|syntax)[\w ]{0,20} error|(invalid|malformed|not valid|cannot parse|failed to parse|could not parse)[\w ]{0,20}(json|body|payload)|(json|body|payload)[\w ]{0,20}(invalid|malformed|empty|required)|JSONDecodeError|missing (required )?(fields|parameters|data)/i;

/** Whether a form was sent, JSON is documented, too, and the answer speaks of not reading it. */
export const speaksOfParsing = (answer: AnswerText, message: MessageFile): boolean =>
	message.write === 'form' &&
	message.choices?.['encoding']?.['json'] !== undefined &&
	(answer.status === 415 ||
		(answer.status >= 400 &&
			(unparsed.test(answer.text) ||
				missedField(answer, wireFields(message)) !== undefined ||
				missedReference(answer))));

const encoding: AnswerHint = (answer, { message, faults, raw }) =>
	faults.length === 0 && !raw && speaksOfParsing(answer, message)
		? 'The wire carries a form while the docs show JSON: compare with --encoding json, and accept both.'
		: undefined;

const senderAddress: AnswerHint = ({ status, text }, { provider }) =>
	status === 403 &&
	provider === 'iak' &&
	/\bip\b|address|whitelist|allow-?list|not allowed/i.test(text)
		? "IAK receivers often check the sender's address: --header 'x-forwarded-for: 52.76.169.212' is IAK's sandbox."
		: undefined;

const simulatorKey: AnswerHint = ({ status }, { credentials, faults, environmentNames }) =>
	[400, 401, 403].includes(status) && credentials === 'simulator' && faults.length === 0
		? `${ownKeyWords} ${environmentNames.join(' and ')}.`
		: undefined;

const ownKey: AnswerHint = ({ status, text }, { credentials, faults, message }) =>
	[401, 403].includes(status) &&
	credentials === 'own' &&
	faults.length === 0 &&
	message.signature !== undefined &&
	aboutSignature.test(text)
		? 'It was signed with the key that you gave: is it the one that the receiver has?'
		: undefined;

/** A stack or the like: the receiver speaks of itself, not of what was sent. */
export const isOwnFailure = ({ status, text }: AnswerText): boolean =>
	status === 500 && /exception|traceback|sqlstate|fatal error|stack trace/i.test(text);

const ownFailure: AnswerHint = (answer) =>
	isOwnFailure(answer)
		? 'The receiver failed while it worked on it: its log says where.'
		: undefined;

/** The most certain first: who answered, what the answer says, what is usual for its status. */
const refusals: readonly AnswerHint[] = [
	(answer, { target }) => frontDoorOf(answer, target)?.sentence,
	refusedFault,
	challenge,
	otherSuccess,
	...missedHints,
	encoding,
	alreadyKnown,
	redirect,
	returnPage,
	unknownOrder,
	path,
	senderAddress,
	...signatureHints,
	simulatorKey,
	ownKey,
	ownFailure,
	overlookedHint,
];

/** What is certain enough to be said of an answer that the provider does not count. */
export function refusalHint(answer: AnswerText, context: HintContext): string | undefined {
	for (const hint of refusals) {
		const sentence = hint(answer, context);
		if (sentence !== undefined) return sentence;
	}
	return undefined;
}

/** What is worth saying of an answer that counts. */
export const acknowledgedHint = alreadyKnown;
