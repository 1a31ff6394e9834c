import { type AnswerText, answerText } from '../../answer/answer-text.ts';
import { frontDoorOf } from '../../answer/front-door.ts';
import { isPage } from '../../answer/is-page.ts';
import { saysFailure } from '../../answer/says-failure.ts';
import type { Outcome } from '../../model/outcome.ts';
import { readableHtml } from '../readable-html.ts';
import { shortened } from '../safe/plain.ts';
import type { HintContext } from './hint.ts';

type Answered = Extract<Outcome, { kind: 'answered' }>;

const counts = 'The provider counts this as acknowledged, but';

/** What a receiver may say in HTML to a machine. */
const mostOfReply = 60;
const mostQuoted = 120;

/** What makes an answer doubtful that counts as acknowledged. */
export function doubtOf(outcome: Outcome, context: HintContext): string | undefined {
	if (outcome.kind !== 'answered') return undefined;
	const answer = answerText(outcome);
	const door = frontDoorOf(answer, context.target);
	if (door !== undefined)
		return `${counts} it may not be your receiver that answered. ${door.sentence}`;
	if (saysFailure(answer.text)) {
		const text = isPage(outcome) ? readableHtml(answer.text).join(' ') : answer.text;
		return `${counts} its body reads like a failure: ${quoted(text)}. It is not sent again.`;
	}
	return context.message.browser === true ? undefined : pageDoubt(outcome, answer, context);
}

/** A page is for people; whoever answers a callback in HTML does so in a word. */
function pageDoubt(
	outcome: Answered,
	answer: AnswerText,
	{ target }: HintContext,
): string | undefined {
	if (!isPage(outcome)) return undefined;
	const lines = readableHtml(answer.text);
	const isForm = /<(form|input|script|link|nav)\b/i.test(answer.text);
	if (!isForm && lines.join(' ').length <= mostOfReply) return undefined;
	const title = lines[0] === undefined ? '' : ` (${quoted(lines[0])})`;
	return `${counts} the answer is a web page${title}: is ${target.pathname} the path of your receiver?`;
}

const quoted = (text: string): string =>
	`"${shortened(text.replace(/\s+/g, ' ').trim(), mostQuoted)}"`;
