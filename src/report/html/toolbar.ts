import type { RunReport } from '../run-report.ts';
import { html, type Markup } from './markup.ts';
import { failuresIn, type Places, type Standing, standingOf } from './places.ts';
import { judgedIn, verdictWord } from './verdict-words.ts';

/** Ways through the page, and the filter, which stays hidden until the script runs. */
export function toolbar({ command, deliveries }: RunReport, places: Places): Markup {
	const failed = failuresIn(places).length;
	const cases = { run: 'Scenarios', check: 'Rules', fire: 'Verdicts' }[command];
	const links: readonly (readonly [string, string])[] = [
		['failures', failed === 0 ? 'Failures' : `Failures ${failed}`],
		...(deliveries.length === 0 ? [] : [['timeline', 'Timeline'] as const]),
		...(places.cases.length === 0 ? [] : [['cases', cases] as const]),
		...(deliveries.length === 0
			? []
			: [['deliveries', `Deliveries ${deliveries.length}`] as const]),
	];
	return html`<div class="toolbar">
		<div class="inner">
			<nav aria-label="Parts of the report"><ul>${links.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
			<search class="filter">
				<input id="filter" type="search" aria-label="Filter by name, event, target or message" placeholder="Filter ( / )" autocomplete="off" spellcheck="false">
				<div class="toggles" role="group" aria-label="Verdicts">
					<button type="button" data-toggle="" aria-pressed="true">All</button>
					${toggles(places)}
				</div>
				<p class="matches" role="status" data-noun="${judgedIn[command].many}"></p>
			</search>
		</div>
	</div>`;
}

function toggles({ cases }: Places): Markup[] {
	const standings: readonly Standing[] = ['failed', 'passed', 'warned', 'inconclusive', 'skipped'];
	return standings.flatMap((standing) => {
		const count = cases.filter(({ judged }) => standingOf(judged) === standing).length;
		// Only a check knows it.
		if (standing === 'inconclusive' && count === 0) return [];
		const word = verdictWord(standing);
		const name = word.charAt(0).toUpperCase() + word.slice(1);
		return html`<button type="button" data-toggle="${standing}" aria-pressed="false">${name} <span class="count">${count}</span></button>`;
	});
}
