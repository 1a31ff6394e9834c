import { type Attempt, type AttemptResult, challengeIn } from '../delivery/attempt.ts';
import { digestAnswer } from '../digest/digest.ts';
import type { Random } from '../model/clock.ts';
import {
	type ComposedRequest,
	type DigestLogin,
	type Header,
	requestTarget,
} from '../model/request.ts';
import type { LoginFault } from './case-step.ts';

export interface LoginTools {
	readonly attempt: Attempt;
	readonly random: Random;
	readonly at: number;
	readonly signal: AbortSignal | undefined;
}

/**
 * Sends a callback with an `Authorization` that is wrong in one way. Everything else about it is
 * right: the challenge is the receiver's own, name and password are those it expects.
 * @param spent a genuine callback that uses up the nonce first, for `used-nonce`
 */
export async function sendWithLogin(
	fault: LoginFault,
	request: ComposedRequest,
	spent: ComposedRequest,
	tools: LoginTools,
): Promise<AttemptResult> {
	const { digest } = request;
	const send = (sent: ComposedRequest, authorization?: string) =>
		tools.attempt(
			withAuthorization({ ...sent, digest: undefined, states: undefined }, authorization),
			tools.at,
			tools.signal,
		);
	if (digest === undefined || fault === 'none') return send(request);
	if (fault === 'basic') {
		const { username, password } = digest;
		const token = Buffer.from(`${username.reveal()}:${password.reveal()}`, 'utf8').toString(
			'base64',
		);
		return send(request, `Basic ${token}`);
	}
	if (fault === 'garbled')
		return send(request, 'Digest username="\\", response=zzz, nonce=, nc=xyz, ,,="');
	const challenged = await send(request);
	const challenge = challengeIn(challenged.outcome);
	if (challenge === undefined) return challenged;
	const answer = (params: Readonly<Record<string, string>>, uri: string) =>
		digestAnswer({ scheme: 'digest', params }, digestLogin(request, digest, uri, tools.random));
	const uri = requestTarget(request.url);
	switch (fault) {
		case 'other-uri':
			return send(request, answer(challenge.params, '/somewhere-else'));
		case 'own-nonce': {
			const nonce = Buffer.from(tools.random.bytes(16)).toString('hex');
			return send(request, answer({ ...challenge.params, nonce }, uri));
		}
		case 'used-nonce': {
			// Made for the body that is sent first: with qop=auth-int it fits no other, and the second is
			// refused for that.
			const authorization = digestAnswer(
				{ scheme: 'digest', params: challenge.params },
				digestLogin(spent, digest, uri, tools.random),
			);
			await send(spent, authorization);
			return send(request, authorization);
		}
		default:
			return fault satisfies never;
	}
}

function digestLogin(request: ComposedRequest, login: DigestLogin, uri: string, random: Random) {
	return {
		username: login.username.reveal(),
		password: login.password.reveal(),
		method: request.method,
		uri,
		body: request.body ?? new Uint8Array(),
		cnonce: Buffer.from(random.bytes(8)).toString('hex'),
		count: 1,
	};
}

function withAuthorization(request: ComposedRequest, value: string | undefined): ComposedRequest {
	if (value === undefined) return request;
	const header: Header = { name: 'authorization', value, shown: '[masked]', shell: '[masked]' };
	return { ...request, headersAt: (now) => [...request.headersAt(now), header] };
}
