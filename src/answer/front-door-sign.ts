import type { AnswerText } from './answer-text.ts';

/** What answers before the receiver's own code runs, and so proves nothing about that code. */
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
