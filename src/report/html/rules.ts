import { groupedBy } from '../../model/grouped-by.ts';
import { isFailure } from '../tally.ts';
import { caseRow } from './case-row.ts';
import { html, type Markup } from './markup.ts';
import type { PlacedCase, Places } from './places.ts';

/** The rules of `check`, by what they came to. */
export function rules(places: Places): Markup {
	const of = (verdict: string) => places.cases.filter(({ judged }) => judged.verdict === verdict);
	const rows = (cases: readonly PlacedCase[]) =>
		html`<ol class="list cases">${cases.map((placed) => caseRow(placed, places))}</ol>`;
	const failed = places.cases.filter(({ judged }) => isFailure(judged));
	// Without a probe there are twenty rules that were not decided for the same reason.
	const open = (cases: readonly PlacedCase[]) =>
		[...groupedBy(cases, ({ judged }) => judged.message)].map(([reason, some]) =>
			folded(reason, some, rows(some.map(withoutReason)), 'reason'),
		);
	return html`<section id="cases" aria-labelledby="cases-title">
		<h2 id="cases-title">Rules</h2>
		${part('Failed', failed, rows(failed))}
		${part('Warned', of('warned'), rows(of('warned')))}
		${part('Not decided', of('inconclusive'), html`<div class="list">${open(of('inconclusive'))}</div>`)}
		${part('Skipped', of('skipped'), html`<div class="list">${open(of('skipped'))}</div>`)}
		${part('Passed', of('passed'), html`<div class="list">${folded('Kept by the receiver', of('passed'), rows(of('passed')), '')}</div>`)}
		<p class="none" hidden>Nothing here matches the filter.</p>
	</section>`;
}

function part(title: string, cases: readonly PlacedCase[], body: Markup): Markup {
	if (cases.length === 0) return html``;
	return html`<div class="part group"><h3>${title} <span class="count">${cases.length}</span></h3>${body}</div>`;
}

function folded(title: string, cases: readonly PlacedCase[], body: Markup, kind: string): Markup {
	return html`<details class="fold group ${kind}"><summary>${title} <span class="count">${cases.length}</span></summary>${body}</details>`;
}

/** Its reason stands above it already. */
const withoutReason = (placed: PlacedCase): PlacedCase => ({
	...placed,
	judged: { ...placed.judged, message: '' },
});
