import { placeText } from '../case-text.ts';
import { counted } from '../outcome-text.ts';
import type { RunReport, Suite } from '../run-report.ts';
import { isRedSuite, verdictOf } from '../tally.ts';
import { tookText } from '../time-text.ts';
import { caseRow } from './case-row.ts';
import { icon } from './marks.ts';
import { html, type Markup } from './markup.ts';
import type { PlacedCase, Places } from './places.ts';
import { judgedIn, verdictCounts } from './verdict-words.ts';

/** Each scenario with its steps; those that failed are unfolded. */
export function scenarios(report: RunReport, places: Places): Markup {
	const { suites, command } = report;
	const { one, many } = judgedIn[command];
	return html`<section id="cases" aria-labelledby="cases-title">
		<h2 id="cases-title">${command === 'run' ? 'Scenarios' : 'Verdicts'}</h2>
		<div class="list">${suites.map((suite) => {
			const cases = places.cases.filter((placed) => placed.suite === suite);
			const amount = counted(suite.cases.length, one, many);
			return suiteOf(suite, cases, amount, suites.length === 1 || isRedSuite(suite), places);
		})}</div>
		<p class="none" hidden>Nothing here matches the filter.</p>
	</section>`;
}

function suiteOf(
	suite: Suite,
	cases: readonly PlacedCase[],
	amount: string,
	isOpen: boolean,
	places: Places,
): Markup {
	const verdict = verdictOf(suite);
	const rest = verdictCounts(suite.cases).filter(([word]) => word !== 'passed');
	return html`<details class="suite group"${isOpen ? { markup: ' open' } : undefined}>
		<summary>
			${icon(verdict)} <span class="verdict ${verdict}">${verdict}</span> 
			<span class="name">${suite.name}</span> 
			<span class="tally">${[amount, ...rest.map(([word, count]) => `${count} ${word}`)].join(', ')}</span> 
			<span class="where">${suite.file !== undefined && html`<code>${placeText({ file: suite.file, line: suite.line })}</code>`} ${tookText(suite.tookMs)}</span>
		</summary>
		<ol class="cases">${cases.map((placed) => caseRow(placed, places))}</ol>
	</details>`;
}
