import { parseChallenges } from '../digest/challenge.ts';

/** Older ones are forgotten: their answers are told on their own. */
const most = 1_000;

/** Which request answers which challenge, whoever gave it out: by its nonce. */
export class ChallengePairs<T> {
	readonly #asked = new Map<string, T>();

	/** Whether an answer with these `WWW-Authenticate` headers asks for Digest. */
	ask(who: T, headers: readonly string[]): boolean {
		const nonces = headers.flatMap((header) =>
			parseChallenges(header).flatMap(({ scheme, params: { nonce } }) =>
				scheme === 'digest' && nonce !== undefined ? [nonce] : [],
			),
		);
		for (const nonce of nonces) {
			this.#asked.set(nonce, who);
			const [oldest] = this.#asked.keys();
			if (this.#asked.size > most && oldest !== undefined) this.#asked.delete(oldest);
		}
		return nonces.length > 0;
	}

	/** Who was asked for what these credentials answer. The first answer counts. */
	meet(authorization: string | undefined): T | undefined {
		const { nonce } = parseChallenges(authorization ?? '')[0]?.params ?? {};
		const who = nonce === undefined ? undefined : this.#asked.get(nonce);
		if (nonce !== undefined) this.#asked.delete(nonce);
		return who;
	}
}
