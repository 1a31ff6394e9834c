import { parseChallenges } from '../digest/challenge.ts';
import type { Random } from '../model/clock.ts';

/** Challenges a sender with HTTP Digest, and knows which nonces it gave out. */
export interface DigestDoor {
	/** One header for each algorithm, the stronger first (RFC 7616, section 3.7). */
	challenge(): string[];
	/** Why this answer must not be let in though its hash may fit, or undefined. */
	objection(authorization: string): string | undefined;
}

/** Older nonces are forgotten, and refused as never given out. */
const mostNonces = 10_000;

export function digestDoor(realm: string, random: Random): DigestDoor {
	const counts = new Map<string, number>();
	return {
		challenge() {
			const nonce = Buffer.from(random.bytes(16)).toString('hex');
			counts.set(nonce, 0);
			const [oldest] = counts.keys();
			if (counts.size > mostNonces && oldest !== undefined) counts.delete(oldest);
			return ['SHA-256', 'MD5'].map(
				(algorithm) =>
					`Digest realm="${realm}", qop="auth", algorithm=${algorithm}, nonce="${nonce}"`,
			);
		},
		objection(authorization) {
			const params = parseChallenges(authorization)[0]?.params ?? {};
			const before = counts.get(params['nonce'] ?? '');
			if (before === undefined) return 'The nonce was never given out here.';
			const count = Number.parseInt(params['nc'] ?? String(before + 1), 16);
			if (count <= before) return 'The nonce was used before (its count does not rise): a replay.';
			counts.set(params['nonce'] ?? '', count);
			return undefined;
		},
	};
}
