import { formatDuration } from '../../model/duration.ts';
import type { Outcome } from '../../model/outcome.ts';
import { outcomeText } from '../outcome-text.ts';
import type { ReportedAttempt } from '../run-report.ts';
import { icon, markOf } from './marks.ts';
import { html, type Markup } from './markup.ts';

/**
 * One line an attempt: when, what came back, what the receiver said.
 * @param unfolds - whether the page's script makes each line a fold with the exchange in it
 */
export function attemptLines(attempts: readonly ReportedAttempt[], unfolds: boolean): Markup {
	const lines = attempts.map((attempt, at) => {
		const text = answerIn(attempt);
		const isRepeated = text !== '' && at > 0 && text === answerIn(attempts[at - 1]);
		const mark = markOf(attempt);
		const words = line(attempt, isRepeated ? '(the same answer)' : text);
		return unfolds
			? html`<li class="slot" data-mark="${mark}">${words}</li>`
			: html`<li class="tried">${icon(mark)} ${words}</li>`;
	});
	return html`<ol class="attempts">${lines}</ol>`;
}

function line(attempt: ReportedAttempt, answer: string): Markup {
	const { attempt: number, offsetMs, outcome, acknowledged, reason } = attempt;
	const words = outcomeText(outcome);
	const verdict = acknowledged ? 'acknowledged' : (reason ?? 'not acknowledged');
	const time = `+${formatDuration(offsetMs)}`;
	const more = [verdict === words ? '' : verdict, answer].filter((text) => text !== '').join('  ');
	return html`attempt ${number} <b>${time}</b> ${words}${more !== '' && html` <i>${more}</i>`}`;
}

const mostOfAnswer = 120;

/** The beginning of an answer that is no acknowledgement: mostly the reason stands there. */
function answerIn(attempt: ReportedAttempt | undefined): string {
	return attempt === undefined || attempt.acknowledged ? '' : beginningOf(attempt.outcome);
}

function beginningOf(outcome: Outcome): string {
	if (outcome.kind !== 'answered') return '';
	const text = Buffer.from(outcome.body.subarray(0, 4 * mostOfAnswer))
		.toString('utf8')
		.replace(/\s+/g, ' ')
		.trim();
	return text.length > mostOfAnswer ? `${text.slice(0, mostOfAnswer)}…` : text;
}
