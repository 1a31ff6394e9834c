import { casePlace, placeText } from '../case-text.ts';
import type { RunReport } from '../run-report.ts';
import { caseBody } from './case-body.ts';
import { verdictBadge } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { failuresIn, type PlacedCase, type Places } from './places.ts';
import { specialOf } from './special.ts';

/** Hundreds of failures would push the rest of the page out of sight. */
const mostAtOnce = 20;

/** What failed, in order; the first is unfolded, because it often explains the others. */
export function failures({ exitCode }: RunReport, places: Places): Markup {
	const failed = failuresIn(places);
	const nothing = exitCode === 0 ? 'Nothing failed' : 'No failure was recorded';
	return html`<section id="failures" aria-labelledby="failures-title">
		<h2 id="failures-title">${failed.length === 0 ? nothing : 'What failed first'}</h2>
		${
			failed.length > 0 &&
			html`${cards(failed.slice(0, mostAtOnce), true, places)}
		${failed.length > mostAtOnce && html`<details class="more group"><summary>${failed.length - mostAtOnce} more</summary>${cards(failed.slice(mostAtOnce), false, places)}</details>`}
		<p class="none" hidden>No failure matches the filter.</p>`
		}
	</section>`;
}

function cards(failed: readonly PlacedCase[], isFirst: boolean, places: Places): Markup {
	return html`<ol class="cards">${failed.map((placed, at) => card(placed, isFirst && at === 0, places))}</ol>`;
}

function card(placed: PlacedCase, isOpen: boolean, places: Places): Markup {
	const { id, suite, judged } = placed;
	const place = casePlace(judged, suite);
	const special = specialOf(placed);
	const open = isOpen ? { markup: ' open' } : undefined;
	return html`<li data-v="failed">
		<details class="card" id="${id}"${open}>
			<summary>
				${verdictBadge(judged.verdict)} 
				<span class="name">${suite.cases.length < places.cases.length && `${suite.name} › `}${judged.name}</span> 
				${special !== '' && html`<code class="special">${special}</code> `}
				<span class="where">${place !== undefined && placeText(place)}</span> 
				<span class="message">${judged.message}</span>
			</summary>
			<div class="inside">${caseBody(placed, places)}</div>
		</details>
	</li>`;
}
