import { type Challenge, parseChallenges } from '../digest/challenge.ts';
import { digestAnswer, strongestDigest } from '../digest/digest.ts';
import type { Random } from '../model/clock.ts';
import type { DigestLogin } from '../model/request.ts';
import { wrongKeyText } from '../model/secret.ts';

/** As many as an attempt of `fire` answers: the first, and one to a stale nonce. */
const mostAnswers = 2;

/**
 * The Digest challenge of one connection: answered once, its nonce then serves the callbacks that
 * follow, each with the next count. One a connection, because receivers may want counts to rise,
 * and over several connections they would overtake each other.
 */
export class DigestLine {
	readonly #login: DigestLogin;
	readonly #random: Random;
	#challenge: Challenge | undefined;
	#count = 0;
	/** Drawn for many answers at once: asking the system for each costs as much as a hash. */
	#cnonces = '';
	#answers = 0;

	constructor(login: DigestLogin, random: Random) {
		this.#login = login;
		this.#random = random;
	}

	/** Another callback begins. */
	begin(): void {
		this.#answers = 0;
	}

	/** The `Authorization` of the next request; undefined before the first challenge. */
	authorization(method: string, uri: string, body: Uint8Array | null): string | undefined {
		if (this.#challenge === undefined || this.#login.fault === 'unsigned') return undefined;
		const { username, password, fault } = this.#login;
		this.#count++;
		return digestAnswer(this.#challenge, {
			username: username.reveal(),
			password: fault === 'wrong-key' ? wrongKeyText : password.reveal(),
			method,
			uri,
			body: body ?? new Uint8Array(),
			cnonce: this.#cnonce(),
			count: this.#count,
		});
	}

	#cnonce(): string {
		if (this.#cnonces === '') this.#cnonces = Buffer.from(this.#random.bytes(512)).toString('hex');
		const cnonce = this.#cnonces.slice(0, 16);
		this.#cnonces = this.#cnonces.slice(16);
		return cnonce;
	}

	/**
	 * A 401 came back.
	 * @param header its `WWW-Authenticate`
	 * @returns whether the same callback is to be sent again with an answer
	 */
	challenged(header: string | undefined): boolean {
		const challenge = strongestDigest(parseChallenges(header ?? ''));
		const isStale = challenge?.params['stale']?.toLowerCase() === 'true';
		const isNew = challenge?.params['nonce'] !== this.#challenge?.params['nonce'];
		const hadNone = this.#count === 0;
		if (challenge === undefined || this.#login.fault === 'unsigned') return false;
		if (!hadNone && !isStale && !(isNew && this.#answers === 0)) return false;
		this.#challenge = challenge;
		this.#count = 0;
		return this.#answers++ < mostAnswers;
	}
}
