import { parseChallenges } from '../digest/challenge.ts';
import { digestAnswer, strongestDigest } from '../digest/digest.ts';
import type { Random } from '../model/clock.ts';
import type { Outcome } from '../model/outcome.ts';
import {
	type ComposedRequest,
	type DigestLogin,
	type Header,
	requestTarget,
} from '../model/request.ts';
import type { SentRequest } from '../model/run-event.ts';
import { wrongKeyText } from '../model/secret.ts';
import { type Connection, type ConnectionOptions, connect } from './http.ts';

export interface AttemptResult {
	readonly outcome: Outcome;
	/** The last request of the attempt: behind a Digest challenge, the one with the answer. */
	readonly request: SentRequest;
	readonly warnings: readonly string[];
	/** Whether anybody was reached, also where a later request of the exchange was not. */
	readonly reached: boolean;
}

/**
 * A port: tests and other shells may attempt in their own way.
 * @throws RemoteAddress, or the signal's reason
 */
export type Attempt = (
	request: ComposedRequest,
	at: number,
	signal: AbortSignal | undefined,
) => Promise<AttemptResult>;

/**
 * More rounds than a first answer and one to a stale nonce would be a receiver that never agrees.
 */
const mostAnswers = 2;

export function httpAttempt(options: Omit<ConnectionOptions, 'signal'>, random: Random): Attempt {
	return async (request, at, signal) => {
		const connection = await connect(request.url, { ...options, signal });
		try {
			return await exchangeOnce(connection, request, request.headersAt(at), random);
		} finally {
			await connection.close();
		}
	};
}

/**
 * Several requests over one connection, one after the other, as long as the receiver keeps it open.
 */
export type Conversation = (
	requests: readonly ComposedRequest[],
	at: number,
	signal: AbortSignal | undefined,
) => Promise<AttemptResult[]>;

/** @throws RemoteAddress, or the signal's reason */
export function httpConversation(
	options: Omit<ConnectionOptions, 'signal'>,
	random: Random,
): Conversation {
	return async (requests, at, signal) => {
		const [first] = requests;
		if (first === undefined) return [];
		// The deadline counts from the connection: every request has a share of its own.
		const connection = await connect(first.url, {
			...options,
			timeout: options.timeout * requests.length,
			signal,
		});
		try {
			const results: AttemptResult[] = [];
			for (const request of requests)
				results.push(await exchangeOnce(connection, request, request.headersAt(at), random));
			return results;
		} finally {
			await connection.close();
		}
	};
}

async function exchangeOnce(
	connection: Connection,
	request: ComposedRequest,
	headers: readonly Header[],
	random: Random,
): Promise<AttemptResult> {
	const { method, url, body, digest, pace } = request;
	const result = (
		outcome: Outcome,
		all: readonly Header[],
		warnings: readonly string[] = [],
	): AttemptResult => ({
		outcome,
		request: { method, url: url.href, headers: all, body },
		warnings: [...warnings, ...defectWarnings(outcome)],
		reached: connection.isConnected(),
	});
	let outcome = await connection.send({ method, url, headers, body, pace });
	if (digest === undefined) return result(outcome, headers);
	if (outcome.kind === 'answered' && outcome.status < 300) {
		return result(outcome, headers, [
			'the receiver accepted the callback without asking for credentials',
		]);
	}
	let all = headers;
	const counts = new Map<string, number>();
	for (let answers = 0; answers < mostAnswers && digest.fault !== 'unsigned'; answers++) {
		const challenge = challengeIn(outcome);
		if (
			challenge === undefined ||
			(answers > 0 && challenge.params['stale']?.toLowerCase() !== 'true')
		)
			break;
		const nonce = challenge.params['nonce'] ?? '';
		const count = (counts.get(nonce) ?? 0) + 1;
		counts.set(nonce, count);
		const value = digestAnswer(challenge, {
			username: digest.username.reveal(),
			password: digest.fault === 'wrong-key' ? wrongKeyText : digest.password.reveal(),
			method,
			uri: requestTarget(url),
			body: body ?? new Uint8Array(),
			cnonce: Buffer.from(random.bytes(8)).toString('hex'),
			count,
		});
		all = [
			...headers.filter(({ name }) => name.toLowerCase() !== 'authorization'),
			authorization(value, digest),
		];
		outcome = await connection.send({ method, url, headers: all, body, pace });
	}
	return result(outcome, all);
}

/** The provider's client is lenient; what stands between, or another provider's, may not be. */
function defectWarnings(outcome: Outcome): string[] {
	const defects = outcome.kind === 'answered' ? (outcome.defects ?? []) : [];
	return defects.map(
		(defect) => `the answer is read as the provider's client reads it, but ${defect}`,
	);
}

/** The Digest challenge of a 401 that can be answered, or undefined. */
export function challengeIn(outcome: Outcome) {
	if (outcome.kind !== 'answered' || outcome.status !== 401) return undefined;
	const header = outcome.headers['www-authenticate'];
	// Several header lines are one list (RFC 9110, section 5.3).
	return strongestDigest(
		parseChallenges(typeof header === 'string' ? header : (header ?? []).join(', ')),
	);
}

function authorization(value: string, { username }: DigestLogin): Header {
	const shown = username.origin === 'own' ? 'Digest [masked]' : value;
	return { name: 'authorization', value, shown, shell: shown };
}
