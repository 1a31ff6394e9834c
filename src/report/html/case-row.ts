import { casePlace, placeText } from '../case-text.ts';
import { isFailure } from '../tally.ts';
import { tookText } from '../time-text.ts';
import { caseBody, hasBody } from './case-body.ts';
import { icon } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { type PlacedCase, type Places, standingOf } from './places.ts';
import { specialOf } from './special.ts';
import { verdictWord } from './verdict-words.ts';

/** A case among the others. What failed is told in full at the top: its row leads there. */
export function caseRow(placed: PlacedCase, places: Places): Markup {
	const { id, judged } = placed;
	if (isFailure(judged))
		return html`<li data-v="failed"><div class="case">${line(placed, html` <a href="#${id}">in full above</a>`)}</div></li>`;
	const unfolds = hasBody(judged);
	return html`<li data-v="${standingOf(judged)}">
		${
			unfolds
				? html`<details class="case" id="${id}"><summary>${line(placed)}</summary><div class="inside">${caseBody(placed, places)}</div></details>`
				: html`<div class="case" id="${id}">${line(placed)}</div>`
		}
	</li>`;
}

function line({ judged, suite }: PlacedCase, link?: Markup): Markup {
	const { verdict, tolerated, name, message, kind, tookMs } = judged;
	const special = specialOf({ judged, suite });
	const place = judged.file === undefined ? undefined : casePlace(judged, suite);
	return html`${icon(verdict)} <span class="verdict ${verdict}">${verdictWord(verdict)}</span> 
		<span class="name">${name}</span> 
		${special !== '' && html`<code class="special">${special}</code> `}
		${kind !== '' && kind !== verdict && html`<span class="kind">${kind}</span> `}
		${tolerated !== undefined && html`<span class="kind">${tolerated}</span> `}
		<span class="message">${message}${link}</span> 
		<span class="where">${place !== undefined && html`<code>${placeText(place)}</code> `}${tookMs > 0 && tookText(tookMs)}</span>`;
}
