import { counted, endText } from '../outcome-text.ts';
import type { CollectedDelivery, RunReport } from '../run-report.ts';
import { providerTime, scheduleText } from '../time-text.ts';
import { attemptLines } from './attempt-lines.ts';
import { icon, markOf, verdictBadge } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { deliveryStanding, type PlacedCase, type Places, scenarioOf } from './places.ts';
import { specialOf } from './special.ts';

/** Every delivery, a row each, which unfolds to its attempts. */
export function deliveryList({ deliveries }: RunReport, places: Places): Markup {
	return html`<section id="deliveries" aria-labelledby="deliveries-title">
		<h2 id="deliveries-title">Deliveries</h2>
		<p class="lead">Unfold a row to see each attempt: what was sent, and what came back.
			<noscript> Requests and answers in full need JavaScript; the attempts do not.</noscript></p>
		<ol class="list">${deliveries.map((record) => row(record, places))}</ol>
		<p class="none" hidden>Nothing here matches the filter.</p>
	</section>`;
}

function row(record: CollectedDelivery, places: Places): Markup {
	const { delivery, event, options, faults, target, attempts } = record;
	const last = attempts.at(-1);
	const standing = deliveryStanding(record, places);
	const [judged] = places.byDelivery.get(delivery) ?? [];
	const all = judged === undefined ? '' : specialOf(judged);
	// Faults stand there already.
	const special = faults.reduce((text, fault) => text.replace(`--${fault}`, ''), all).trim();
	return html`<li data-v="${standing}">
		<details class="delivery" id="d-${delivery}">
			<summary>
				${last === undefined ? icon('skipped') : icon(markOf(last))} 
				<span class="number">#${delivery}</span> 
				<span class="what"><span class="event">${event}</span> ${options.join(' ')}${faults.map((fault) => html` <code class="fault">--${fault}</code>`)}${special !== '' && html` <code class="special">${special}</code>`}</span> 
				<span class="came">${endText(record.finished, attempts.length)} <code>${statusOf(record)}</code> ${verdictBadge(standing)}</span> 
				<span class="whence">${whence(record, places)} → <code>${target}</code></span>
			</summary>
			<div class="inside">
				${facts(record, places.byDelivery.get(delivery) ?? [])}
				${attemptLines(attempts, true)}
			</div>
		</details>
	</li>`;
}

function statusOf({ finished, attempts }: CollectedDelivery): number | string {
	const last = attempts.at(-1)?.outcome;
	return finished?.lastStatus ?? (last?.kind === 'answered' ? last.status : '–');
}

function whence(record: CollectedDelivery, places: Places): string {
	const { step, attempts } = record;
	const where = [scenarioOf(record, places), step === undefined ? '' : `step ${step}`].filter(
		(part) => part !== '',
	);
	const tries = counted(attempts.length, 'attempt');
	return where.length === 0 ? tries : `${where.join(' › ')}, ${tries}`;
}

function facts(
	{ delivery, schedule, startsAtMs, scenario }: CollectedDelivery,
	cases: readonly PlacedCase[],
): Markup {
	const start =
		startsAtMs > 0 &&
		`, begins ${providerTime(startsAtMs)} into the ${scenario === undefined ? 'run' : 'scenario'}`;
	return html`<p class="facts">
		<span>Schedule: ${scheduleText(schedule)}, ${schedule.trust}${start}</span>
		${cases.map(({ id, judged }) => html`<span>Judged in <a href="#${id}">${judged.name}</a>: ${judged.verdict}</span>`)}
		<a href="#d-${delivery}" class="here">Link to this delivery</a>
	</p>`;
}
