import type { CaseVerdict, ReportedAttempt } from '../run-report.ts';
import { html, type Markup } from './markup.ts';
import { verdictWord } from './verdict-words.ts';

/** What became of an attempt: each has a shape and a colour of its own. */
export type Mark = 'ok' | 'no' | 'late' | 'gone' | 'torn';

export const markWords: Readonly<Record<Mark, string>> = {
	ok: 'acknowledged',
	no: 'answered, not acknowledged',
	late: 'timed out',
	gone: 'no connection',
	torn: 'connection broke',
};

const unacknowledged = {
	answered: 'no',
	'timed-out': 'late',
	unreachable: 'gone',
	broken: 'torn',
} as const;

export const markOf = ({ acknowledged, outcome }: ReportedAttempt): Mark =>
	acknowledged ? 'ok' : unacknowledged[outcome.kind];

/** One path each, around the origin. A solid one is cut by strokes in the colour of its ground. */
const drawings: Readonly<
	Record<Mark | CaseVerdict, readonly [pen: 'solid' | 'open' | 'line', path: string]>
> = {
	ok: ['solid', 'M0-7A7 7 0 1 1 0 7 7 7 0 1 1 0-7ZM-3 .3-.9 2.5 3.2-2.3'],
	no: [
		'solid',
		'M0-3.7 2.8-6.5 6.5-2.8 3.7 0 6.5 2.8 2.8 6.5 0 3.7-2.8 6.5-6.5 2.8-3.7 0-6.5-2.8-2.8-6.5Z',
	],
	late: ['open', 'M-4.6-6H4.600L-4.6 6H4.600Z'],
	gone: ['open', 'M-5-5H5V5H-5Z'],
	torn: ['solid', 'M0-7.2 7.2 5.800H-7.200Z'],
	passed: ['line', 'M-5 .4-1.4 4 5.2-4'],
	failed: ['solid', 'M0-8A8 8 0 1 1 0 8 8 8 0 1 1 0-8ZM-2.6-2.6 2.6 2.600M2.6-2.6-2.6 2.6'],
	error: [
		'solid',
		'M-3.3-8H3.300L8-3.300V3.300L3.3 8H-3.300L-8 3.300V-3.300ZM0-3.800V.6M0 3.600v.2',
	],
	warned: ['open', 'M0-6.2 6.6 5.400H-6.600ZM0-2V1.400M0 3.300v.1'],
	inconclusive: ['open', 'M0-6A6 6 0 1 1 0 6 6 6 0 1 1 0-6Z'],
	skipped: ['line', 'M-4.5 0H4.5'],
};

export const marks: readonly Mark[] = ['ok', 'no', 'late', 'gone', 'torn'];

/** The marks by name, for the rows of the timeline and for what the script draws. */
export const namedMarks = (): Markup =>
	html`<svg class="unseen" aria-hidden="true"><defs>${marks.map((mark) => pathOf(mark, mark))}</defs></svg>`;

function pathOf(drawing: Mark | CaseVerdict, id?: Mark): Markup {
	const [pen, path] = drawings[drawing];
	return id === undefined
		? html`<path class="${pen}" d="${path}"/>`
		: html`<path id="m-${id}" class="${pen}" d="${path}"/>`;
}

/** Beside a word that says the same. */
export const icon = (drawing: Mark | CaseVerdict): Markup =>
	html`<svg class="mark ${drawing}" viewBox="-8 -8 16 16" aria-hidden="true">${pathOf(drawing)}</svg>`;

/** The verdict as a picture and a word. */
export const verdictBadge = (verdict: CaseVerdict): Markup =>
	html`<span class="badge ${verdict}">${icon(verdict)} ${verdictWord(verdict)}</span>`;
