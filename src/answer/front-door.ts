import type { AnswerText } from './answer-text.ts';
import { csrfDoors } from './front-doors/csrf.ts';
import { hostDoors } from './front-doors/hosts.ts';
import { loginDoors } from './front-doors/logins.ts';
import { proxyDoors } from './front-doors/proxies.ts';

/** Something that answers before the receiver's own code runs: what it says proves nothing about that code. */
export interface FrontDoor {
	/** What kind it is, stable: `csrf`, `host`, `login`, `throttle`, `tls`, `proxy`. */
	readonly kind: 'csrf' | 'host' | 'login' | 'throttle' | 'tls' | 'proxy';
	/** Who answered, and how it lets the callback through: one sentence or two. */
	readonly sentence: string;
}

/** How one of them is told by its answer. */
export interface FrontDoorSign {
	readonly kind: FrontDoor['kind'];
	readonly is: (answer: AnswerText) => boolean;
	readonly sentence: (answer: AnswerText, target: URL) => string;
}

const signs: readonly FrontDoorSign[] = [...proxyDoors, ...hostDoors, ...csrfDoors, ...loginDoors];

/** Who answered in place of the receiver's own code; undefined where the answer does not tell that anybody did. */
export function frontDoorOf(answer: AnswerText, target: URL): FrontDoor | undefined {
	const found = signs.find(({ is }) => is(answer));
	return found === undefined ? undefined : { kind: found.kind, sentence: found.sentence(answer, target) };
}
