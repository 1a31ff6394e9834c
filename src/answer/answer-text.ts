import type { Outcome } from '../model/outcome.ts';

/** An answer as somebody reads it, to tell who gave it and why. */
export interface AnswerText {
	readonly status: number;
	/** The first part of the body. */
	readonly text: string;
	/** One header's value, empty where it is not there. @param name in lower case */
	header(name: string): string;
	readonly isHtml: boolean;
}

/** Error pages say what is wrong near their beginning; a debug page carries half the framework. */
const mostText = 16_384;

export function answerText({
	status,
	headers,
	body,
}: Extract<Outcome, { kind: 'answered' }>): AnswerText {
	const header = (name: string) => [headers[name] ?? []].flat().join(', ');
	const text = Buffer.from(body).toString('utf8').slice(0, mostText);
	const isHtml = /html/i.test(header('content-type')) || /^\s*<(!doctype html|html)\b/i.test(text);
	return { status, text, header, isHtml };
}
