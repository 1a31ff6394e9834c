import { hex } from '../../compose/random-text.ts';
import { textIn } from '../fields.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { json, ok, refused } from './answers.ts';
import { facts, simulatorKey } from './facts.ts';

const token = 'auth token';

export const authenticate: Endpoint = {
	title: 'log in: an auth_token and the API key',
	method: 'POST',
	paths: ['/api/v1/authenticate'],
	claim: ['documented', 'auth'],
	answer(call, box) {
		const email = textIn(call.fields, 'email');
		const password = textIn(call.fields, 'password');
		const mistake = wrongLogin(email, password, box);
		if (mistake !== undefined) {
			call.note(mistake);
			return refused('login');
		}
		const authToken = hex(40, box.random);
		box.remember(token, authToken, email);
		return ok({ auth_token: authToken, api_key: box.secret('api_key') });
	},
};

function wrongLogin(
	email: string | undefined,
	password: string | undefined,
	box: Box,
): string | undefined {
	if (email === undefined || password === undefined) return 'email and password belong in it';
	if (password === facts.rules.wrongPassword) return 'a wrong password, on purpose';
	// Whoever reaches the port would be handed a user's own key.
	if (box.secret('api_key') !== simulatorKey && password !== box.secret('api_secret'))
		return 'your own API key is handed out for the password that is its API secret, and no other';
	return undefined;
}

export const ping: Endpoint = {
	title: 'whether it is there',
	method: 'GET',
	paths: ['/api/v1/ping', '/ping'],
	claim: ['documented', 'connectivity'],
	answer: () => json(200, { status: 'up' }),
};

/** Undefined where the right key is there; else 401. */
export function unauthorized(call: Call, box: Box): Reply | undefined {
	const mistake = wrongKey(call.headers['authorization'], box);
	if (mistake === undefined) return undefined;
	call.note(mistake);
	return refused('unauthorized');
}

function wrongKey(given: string | undefined, box: Box): string | undefined {
	const key = box.secret('api_key');
	if (given === key) return undefined;
	if (given === undefined || given === '')
		return 'there is no Authorization header: Authorization: <API key>';
	const [, scheme = '', rest = given] = /^(\w+) +(\S+)$/.exec(given) ?? [];
	if (scheme.toLowerCase() === 'basic') {
		const pair = Buffer.from(rest, 'base64').toString('utf8');
		return pair === `${key}:${box.secret('api_secret')}`
			? undefined
			: 'Authorization: Basic is not made of API key and API secret; samples send the bare key';
	}
	if (rest === key && scheme !== '')
		return `Authorization carries the bare API key, without the word ${scheme}`;
	if (box.remembered(token, rest) !== undefined)
		return 'Authorization carries the auth_token of /authenticate; it takes its api_key';
	if (key !== simulatorKey)
		return 'Authorization carries another API key than the one that callsim was given';
	const how = 'give callsim yours, --credential api_key=env:VARIABLE';
	return `Authorization carries another API key than the sandbox's, ${simulatorKey}: ${how}`;
}
