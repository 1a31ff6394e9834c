import type { Outcome } from '../model/outcome.ts';
import { answerText } from './answer-text.ts';

/**
 * Whether there is HTML in an answer. PHP says so of whatever it prints: a header of its own is no
 * sign.
 */
export function isPage(outcome: Extract<Outcome, { kind: 'answered' }>): boolean {
	const { text } = answerText(outcome);
	return tag.test(text) && !/^\s*[{[]/.test(text);
}

const tag =
	/<(!doctype html|html|head|title|body|h[1-6]|p|pre|div|form|table|center|script)\b[^<>]*>/i;
