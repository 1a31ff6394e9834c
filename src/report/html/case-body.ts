import type { Evidence } from '../../model/rule-record.ts';
import { answerBeginning } from '../outcome-text.ts';
import type { Case, CollectedDelivery } from '../run-report.ts';
import { isFailure } from '../tally.ts';
import { attemptLines } from './attempt-lines.ts';
import { sideBySide, whatChanged } from './differences.ts';
import { hasExchange } from './exchange-lines.ts';
import { linked } from './linked.ts';
import { html, type Markup } from './markup.ts';
import type { PlacedCase, Places } from './places.ts';

/** Everything that is known of a case: what was expected, the evidence, how to do it again. */
export function caseBody({ id, judged }: PlacedCase, places: Places): Markup {
	const { expected, got, details, evidence, reproduce } = judged;
	return html`
		${(expected !== undefined || got !== undefined) && pair('expected', expected ?? '', 'got', got ?? '')}
		${lines(details.filter((line) => line !== expected))}
		${isFailure(judged) && judged.deliveries.slice(0, mostTried).map((number) => tried(places.deliveries.get(number)))}
		${evidence.map((one) => evidenceOf(one, judged))}
		${reproduce !== undefined && reproduce !== '' && commands(reproduce)}
		${links(id, judged, places)}`;
}

/** Whether there is anything to unfold. */
export const hasBody = (one: Case): boolean =>
	[one.expected, one.got, one.reproduce].some((text) => text !== undefined && text !== '') ||
	[one.details, one.evidence, one.deliveries].some(({ length }) => length > 0);

const labelled = /^(also|why|fix|source): (.*)$/s;

/** Every other failure, why it matters, how to fix it. */
function lines(details: readonly string[]): Markup {
	const items = details.map((line) => {
		const [, label, text] = labelled.exec(line) ?? [];
		return label === undefined
			? html`<li>${line}</li>`
			: html`<li class="labelled"><span class="label">${label}</span> ${label === 'source' ? linked(text ?? '') : text}</li>`;
	});
	return html`${items.length > 0 && html`<ul class="details">${items}</ul>`}`;
}

const mostTried = 3;

/** What the receiver answered, next to what was expected of it. */
function tried(record: CollectedDelivery | undefined): Markup {
	if (record === undefined) return html``;
	const { delivery, event, faults, attempts } = record;
	const name = [event, ...faults.map((fault) => `--${fault}`)].join(' ');
	return html`<div><p class="label"><a href="#d-${delivery}">#${delivery}</a> ${name}</p>${attemptLines(attempts, false)}</div>`;
}

function pair(leftName: string, left: string, rightName: string, right: string): Markup {
	const [one, other] = sideBySide(left, right);
	return html`<div class="pair">
		<div><p class="label">${leftName}</p><pre>${one}</pre></div>
		<div><p class="label">${rightName}</p><pre>${other}</pre></div>
	</div>`;
}

/** An order's state before and after: what went, and what came. */
function difference(before: string, after: string): Markup {
	const isSame = before === after;
	return html`<div class="difference">
		<p class="label">${isSame ? 'before and after, the same' : 'before (-) and after (+)'}</p>
		<pre tabindex="0">${whatChanged(before, after)}</pre>
	</div>`;
}

const mostOfLine = 240;

function evidenceOf(evidence: Evidence, { message }: Case): Markup {
	const { case: about, verdict, reason, sent, answer, before, after } = evidence;
	// A reason begins with its case as a rule, which stands before it here.
	const why = reason.startsWith(`${about}: `) ? reason.slice(about.length + 2) : reason;
	const isRepeated = reason === '' || reason === message;
	const line = [
		sent === undefined ? '' : `${sent.method} ${sent.url}`,
		answer === undefined ? '' : answerBeginning(answer, mostOfLine),
	];
	return html`<div class="evidence">
		<p><b>${about}</b> ${verdict}${!isRepeated && html`: ${why}`}</p>
		${hasExchange(evidence) && html`<div class="slot">${line.filter((part) => part !== '').join(' → ')}</div>`}
		${(before !== undefined || after !== undefined) && difference(before ?? '', after ?? '')}
	</div>`;
}

function commands(text: string): Markup {
	return html`<div class="again">
		<p class="label">reproduce</p>
		<pre>${text}</pre>
		<button type="button" class="copy">Copy</button>
	</div>`;
}

function links(id: string, judged: Case, places: Places): Markup {
	const rest = isFailure(judged) ? judged.deliveries.slice(mostTried) : judged.deliveries;
	const numbers = rest.map((number) =>
		places.deliveries.has(number)
			? html` <a href="#d-${number}">#${number}</a>`
			: html` #${number}`,
	);
	return html`<p class="facts">
		${numbers.length > 0 && html`<span>${numbers.length === 1 ? 'Delivery' : 'Deliveries'}${numbers}</span>`}
		<a href="#${id}" class="here">Link to this</a>
	</p>`;
}
