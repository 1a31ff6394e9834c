import type { Received } from '../capture/received.ts';
import { parseChallenges } from '../digest/challenge.ts';
import { digestAnswer } from '../digest/digest.ts';
import type { Verdict, VerdictContext } from './verdict.ts';

type Facts = Pick<Verdict, 'genuine' | 'cause' | 'explanation' | 'signature'>;

/** Whether a Digest answer was made with our credentials over this request; else, over what. */
export function digestVerdict(
	received: Received,
	login: { username: string; password: string },
	context: VerdictContext,
): Facts {
	const header = received.headers['authorization'];
	const given =
		header === undefined
			? undefined
			: parseChallenges(header).find(({ scheme }) => scheme === 'digest');
	const no = (cause: string, explanation: string): Facts => ({
		genuine: false,
		cause,
		explanation,
		signature: null,
	});
	if (header === undefined)
		return no(
			'no-credentials',
			'There is no Authorization header: the first request of a Digest exchange, or a sender that never answers the challenge.',
		);
	if (given === undefined)
		return no('not-digest', `The Authorization header is ${header.split(' ')[0]}, not Digest.`);
	const { params } = given;
	const username = context.credentials(login.username).reveal();
	const password = context.credentials(login.password).reveal();
	const claim: Claim = {
		method: received.method,
		uri: params['uri'] ?? '',
		realm: params['realm'] ?? '',
		username: params['username'] ?? '',
		password,
	};
	const answers = (change: Partial<Claim>) =>
		responseOf({ ...claim, ...change }, params, received.body) === params['response'];
	if (params['username'] !== username)
		return no(
			'wrong-username',
			`It is signed by "${params['username'] ?? ''}", not by the configured ${login.username}.`,
		);
	if (answers({})) {
		if (params['uri'] === received.target)
			return {
				genuine: true,
				cause: null,
				explanation: 'The Digest answer fits the request and the password.',
				signature: null,
			};
		return no(
			'wrong-uri',
			`The answer is made over the uri "${params['uri'] ?? ''}", while "${received.target}" was requested.`,
		);
	}
	const path = received.target.split('?')[0] ?? '';
	const uris = [
		received.target,
		path,
		`http://${received.headers['host'] ?? ''}${received.target}`,
		'/',
	];
	if (uris.some((uri) => answers({ uri })))
		return no('wrong-uri', 'The answer is made over another uri than the one it states.');
	const method = ['GET', 'POST', 'PUT', 'HEAD', 'post'].find((name) => answers({ method: name }));
	if (method !== undefined)
		return no(
			'wrong-method',
			`The answer is made for the method ${method}, while ${received.method} was used.`,
		);
	const realm = [
		'',
		'transfez',
		'Restricted',
		'Protected',
		'api',
		received.headers['host'] ?? '',
	].find((name) => answers({ realm: name }));
	if (realm !== undefined)
		return no(
			'wrong-realm',
			`The answer is made for the realm "${realm}", not for "${claim.realm}".`,
		);
	const others = [
		...context.otherKeys,
		{ name: 'a line break behind the password', text: `${password}\n` },
	];
	const key = others.find(({ text }) => answers({ password: text }));
	if (key !== undefined) return no('wrong-key', `The answer is made with ${key.name}.`);
	if (answers({ username: password, password: username }))
		return no('username-key-swapped', 'The answer is made with username and password swapped.');
	const variant = variants.find(
		({ change }) =>
			responseOf(claim, { ...params, ...change }, received.body) === params['response'],
	);
	if (variant !== undefined) return no(variant.cause, variant.said);
	if (responseOf(claim, params, received.body)?.toUpperCase() === params['response'])
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
