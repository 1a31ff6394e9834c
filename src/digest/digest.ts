import { hash as hashOnce } from 'node:crypto';
import type { Challenge } from './challenge.ts';

/** RFC 7616 names → Node's. The order is from the strongest to the weakest. */
const hashes: ReadonlyMap<string, string> = new Map([
	['sha-512-256', 'sha512-256'],
	['sha-256', 'sha256'],
	['md5', 'md5'],
]);

export interface DigestRequest {
	readonly username: string;
	readonly password: string;
	readonly method: string;
	/** The request target as sent, query included. */
	readonly uri: string;
	readonly body: Uint8Array;
	readonly cnonce: string;
	/** How often this nonce has been used, this time included. */
	readonly count: number;
}

/** The strongest challenge that can be answered, wherever it stands; undefined without one. */
export function strongestDigest(challenges: readonly Challenge[]): Challenge | undefined {
	const known = [...hashes.keys()];
	const rank = (challenge: Challenge) => known.indexOf(algorithmOf(challenge).name);
	return challenges
		.filter(
			(challenge) =>
				challenge.scheme === 'digest' &&
				challenge.params['nonce'] !== undefined &&
				rank(challenge) >= 0 &&
				qopOf(challenge) !== 'unknown',
		)
		.sort((a, b) => rank(a) - rank(b))[0];
}

/** The `Authorization` value that answers a challenge (RFC 7616; without qop as in RFC 2069). */
export function digestAnswer(challenge: Challenge, request: DigestRequest): string {
	const { params } = challenge;
	const { name, session } = algorithmOf(challenge);
	const hash = (bytes: string | Uint8Array) =>
		hashOnce(
			hashes.get(name) ?? 'md5',
			typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
			'hex',
		);
	const username = byteString(request.username);
	const realm = params['realm'] ?? '';
	const nonce = params['nonce'] ?? '';
	const nc = request.count.toString(16).padStart(8, '0');
	const qop = qopOf(challenge);

	const secret = hash(`${username}:${realm}:${byteString(request.password)}`);
	const a1 = session ? hash(`${secret}:${nonce}:${request.cnonce}`) : secret;
	const a2 = hash(
		`${request.method}:${request.uri}${qop === 'auth-int' ? `:${hash(request.body)}` : ''}`,
	);
	const response = hash(
		qop === undefined
			? `${a1}:${nonce}:${a2}`
			: `${a1}:${nonce}:${nc}:${request.cnonce}:${qop}:${a2}`,
	);

	const fields = [
		`username=${quote(username)}`,
		`realm=${quote(realm)}`,
		`nonce=${quote(nonce)}`,
		`uri=${quote(request.uri)}`,
		`response="${response}"`,
		...(params['algorithm'] === undefined ? [] : [`algorithm=${params['algorithm']}`]),
		...(params['opaque'] === undefined ? [] : [`opaque=${quote(params['opaque'])}`]),
		...(qop === undefined ? [] : [`qop=${qop}`, `nc=${nc}`]),
		...(qop === undefined && !session ? [] : [`cnonce=${quote(request.cnonce)}`]),
	];
	return `Digest ${fields.join(', ')}`;
}

function algorithmOf({ params }: Challenge): { name: string; session: boolean } {
	const text = (params['algorithm'] ?? 'MD5').toLowerCase();
	return { name: text.replace(/-sess$/, ''), session: text.endsWith('-sess') };
}

/** An empty qop means the same as none: lighttpd and others have sent it so. */
function qopOf({ params }: Challenge): 'auth' | 'auth-int' | 'unknown' | undefined {
	const offered = (params['qop'] ?? '')
		.split(',')
		.map((word) => word.trim().toLowerCase())
		.filter((word) => word !== '');
	if (offered.length === 0) return undefined;
	if (offered.includes('auth')) return 'auth';
	return offered.includes('auth-int') ? 'auth-int' : 'unknown';
}

/** Headers are bytes, which travel as Latin-1 here; what the user wrote joins them as UTF-8. */
function byteString(text: string): string {
	return Buffer.from(text, 'utf8').toString('latin1');
}

function quote(text: string): string {
	return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
