import type { Received } from '../capture/received.ts';
import { parseChallenges } from '../digest/challenge.ts';
import { digestAnswer } from '../digest/digest.ts';
import type { Verdict, VerdictContext } from './verdict.ts';

type Facts = Pick<Verdict, 'genuine' | 'cause' | 'explanation' | 'signature'>;

const no = (cause: string, explanation: string): Facts => ({
	genuine: false,
	cause,
	explanation,
	signature: null,
});

/** Whether a Digest answer was made with our credentials over this request; else, over what. */
export function digestVerdict(
	received: Received,
	login: { username: string; password: string },
	context: VerdictContext,
): Facts {
	const header = received.headers['authorization'];
	if (header === undefined)
		return no(
			'no-credentials',
			'There is no Authorization header: the first request of a Digest exchange, or a sender that never answers the challenge.',
		);
	const given = parseChallenges(header).find(({ scheme }) => scheme === 'digest');
	if (given === undefined)
		return no('not-digest', `The Authorization header is ${header.split(' ')[0]}, not Digest.`);
	const { username = '', realm = '', uri = '' } = given.params;
	if (given.params['username'] !== context.credentials(login.username).reveal())
		return no(
			'wrong-username',
			`It is signed by "${username}", not by the configured ${login.username}.`,
		);
	const password = context.credentials(login.password).reveal();
	const { method, body, target } = received;
	const claim = { method, uri, realm, username, password };
	const answer: Answer = { claim, params: given.params, body };
	if (!fits(answer)) return mistakeOf(answer, received, context);
	if (uri !== target)
		return no(
			'wrong-uri',
			`The answer is made over the uri "${uri}", while "${target}" was requested.`,
		);
	const explanation = 'The Digest answer fits the request and the password.';
	return { genuine: true, cause: null, explanation, signature: null };
}

/** What was signed in place of what is claimed. */
function mistakeOf(answer: Answer, { target, headers }: Received, context: VerdictContext): Facts {
	const { claim, params, body } = answer;
	const { method, realm, username, password } = claim;
	const host = headers['host'] ?? '';
	const uris = [target, target.split('?')[0] ?? '', `http://${host}${target}`, '/'];
	if (uris.some((uri) => fits(answer, { uri })))
		return no('wrong-uri', 'The answer is made over another uri than the one it states.');
	const methods = ['GET', 'POST', 'PUT', 'HEAD', 'post'];
	const otherMethod = methods.find((name) => fits(answer, { method: name }));
	if (otherMethod !== undefined)
		return no(
			'wrong-method',
			`The answer is made for the method ${otherMethod}, while ${method} was used.`,
		);
	const realms = ['', 'transfez', 'Restricted', 'Protected', 'api', host];
	const otherRealm = realms.find((name) => fits(answer, { realm: name }));
	if (otherRealm !== undefined)
		return no(
			'wrong-realm',
			`The answer is made for the realm "${otherRealm}", not for "${realm}".`,
		);
	const broken = { name: 'a line break behind the password', text: `${password}\n` };
	const key = [...context.otherKeys, broken].find(({ text }) => fits(answer, { password: text }));
	if (key !== undefined) return no('wrong-key', `The answer is made with ${key.name}.`);
	if (fits(answer, { username: password, password: username }))
		return no('username-key-swapped', 'The answer is made with username and password swapped.');
	const variant = variants.find(({ change }) => fits(answer, {}, change));
	if (variant !== undefined) return no(variant.cause, variant.said);
	if (responseOf(claim, params, body)?.toUpperCase() === params['response'])
		return no('signature-upper-case', 'The answer is right, but in upper-case letters.');
	return no('wrong-answer', 'The Digest answer fits neither the password nor any known mistake.');
}

/** Answers that were computed under other terms than they state. */
const variants: readonly { cause: string; said: string; change: Record<string, string> }[] = [
	...['MD5', 'SHA-256', 'SHA-512-256', 'MD5-sess', 'SHA-256-sess'].map((algorithm) => ({
		cause: 'wrong-algorithm',
		said: `The answer is computed with ${algorithm}, which is not what it states.`,
		change: { algorithm },
	})),
	{
		cause: 'qop-ignored',
		said: 'The answer is computed without qop, nc and cnonce, though it states them.',
		change: { qop: '' },
	},
	{
		cause: 'qop-ignored',
		said: 'The answer is computed with qop auth-int, though it states another.',
		change: { qop: 'auth-int' },
	},
];

interface Claim {
	readonly method: string;
	readonly uri: string;
	readonly realm: string;
	readonly username: string;
	readonly password: string;
}

/** A Digest answer, and what it has to be made over. */
interface Answer {
	readonly claim: Claim;
	readonly params: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
}

/** Whether it is what comes of the claim with these changes. */
const fits = (
	{ claim, params, body }: Answer,
	change: Partial<Claim> = {},
	terms: Readonly<Record<string, string>> = {},
): boolean =>
	responseOf({ ...claim, ...change }, { ...params, ...terms }, body) === params['response'];

function responseOf(
	claim: Claim,
	params: Readonly<Record<string, string>>,
	body: Uint8Array,
): string | undefined {
	const challenge = { scheme: 'digest', params: { ...params, realm: claim.realm } };
	const answer = digestAnswer(challenge, {
		username: claim.username,
		password: claim.password,
		method: claim.method,
		uri: claim.uri,
		body,
		cnonce: params['cnonce'] ?? '',
		count: Number.parseInt(params['nc'] ?? '1', 16),
	});
	return /response="([0-9a-f]+)"/.exec(answer)?.[1];
}
