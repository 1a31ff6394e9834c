import type { AnswerText } from './answer-text.ts';
import type { FrontDoor, FrontDoorSign } from './front-door-sign.ts';
import { csrfDoors } from './front-doors/csrf.ts';
import { hostDoors } from './front-doors/hosts.ts';
import { loginDoors } from './front-doors/logins.ts';
import { proxyDoors } from './front-doors/proxies.ts';

const signs: readonly FrontDoorSign[] = [...proxyDoors, ...hostDoors, ...csrfDoors, ...loginDoors];

/** Who answered in place of the receiver's own code; undefined where nobody shows. */
export function frontDoorOf(answer: AnswerText, target: URL): FrontDoor | undefined {
	const found = signs.find(({ is }) => is(answer));
	return found === undefined
		? undefined
		: { kind: found.kind, sentence: found.sentence(answer, target) };
}
