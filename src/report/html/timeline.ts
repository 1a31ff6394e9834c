import { formatDuration } from '../../model/duration.ts';
import { groupedBy } from '../../model/grouped-by.ts';
import { unansweredText } from '../../model/outcome-text.ts';
import type { CollectedDelivery, ReportedAttempt, RunReport } from '../run-report.ts';
import { type Axis, axisFor } from './axis.ts';
import { icon, markOf, marks, markWords, verdictBadge } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { deliveryStanding, type Places, scenarioOf } from './places.ts';

const momentsOf = ({ startsAtMs, attempts }: CollectedDelivery): number[] =>
	attempts.map(({ offsetMs }) => startsAtMs + offsetMs);

/** Every delivery against provider time: attempts as marks, pauses as lines between them. */
export function timeline({ deliveries }: RunReport, places: Places): Markup {
	const axis = axisFor(deliveries.map(momentsOf));
	const groups = groupedBy(deliveries, (record) => scenarioOf(record, places));
	return html`<section id="timeline" aria-labelledby="timeline-title">
		<h2 id="timeline-title">Timeline</h2>
		<p class="lead">${captionOf(axis)}</p>
		<ul class="legend" aria-label="What the marks say">${legend()}</ul>
		<div class="chart" role="group" aria-label="Rows of the timeline" tabindex="0">
			<div class="axis" aria-hidden="true"><svg>${labels(axis)}</svg></div>
			<div class="rows">
				<svg class="lines" aria-hidden="true">${axis.ticks.map((tick) => gridLine(axis.at(tick)))}</svg>
				${[...groups].map(([name, group]) => groupOf(name, group, axis, places))}
			</div>
		</div>
		<p class="none" hidden>Nothing here matches the filter.</p>
	</section>`;
}

function captionOf({ span, isLogarithmic }: Axis): string {
	if (span === 0)
		return 'Provider time. Nothing was tried a second time, so everything stands at the start.';
	const scale = isLogarithmic ? ' The scale is logarithmic: early pauses are drawn wider.' : '';
	return `Provider time, ${formatDuration(span)} in all, as the schedule has it.${scale}`;
}

const legend = (): Markup[] => marks.map((mark) => html`<li>${icon(mark)} ${markWords[mark]}</li>`);

function labels(axis: Axis): Markup[] {
	return axis.ticks.map((tick) => {
		const at = axis.at(tick);
		return html`<text x="${at}%" y="16" text-anchor="${anchorAt(at)}">${formatDuration(tick)}</text>`;
	});
}

/** A label at either end would reach beyond the chart. */
function anchorAt(percent: number): 'start' | 'middle' | 'end' {
	if (percent < 4) return 'start';
	return percent > 96 ? 'end' : 'middle';
}

const gridLine = (at: number): Markup => html`<line x1="${at}%" x2="${at}%" y1="0" y2="100%"/>`;

function groupOf(
	name: string,
	deliveries: readonly CollectedDelivery[],
	axis: Axis,
	places: Places,
): Markup {
	return html`<div class="group">
		${name !== '' && html`<p class="group-name">${name}</p>`}
		<ol>${deliveries.map((record) => rowOf(record, axis, places))}</ol>
	</div>`;
}

function rowOf(record: CollectedDelivery, axis: Axis, places: Places): Markup {
	const { delivery, event } = record;
	const standing = deliveryStanding(record, places);
	return html`<li data-d="${delivery}">
		<a href="#d-${delivery}">
			<span class="who"><i>#${delivery}</i> ${event}</span> 
			<svg class="track" role="img" aria-label="${spoken(record)}">${track(record, axis)}</svg> 
			${verdictBadge(standing)}
		</a>
	</li>`;
}

const middle = 12;

function track(record: CollectedDelivery, axis: Axis): Markup {
	const { attempts, finished } = record;
	const places = momentsOf(record).map((moment) => axis.at(moment));
	const [first = 0] = places;
	const last = places.at(-1) ?? 0;
	return html`
		${last > first && html`<line class="pause" x1="${first}%" x2="${last}%" y1="${middle}" y2="${middle}"/>`}
		${finished === undefined && html`<line class="lost" x1="${last}%" x2="100%" y1="${middle}" y2="${middle}"/>`}
		${attempts.map((attempt, at) => {
			const mark = markOf(attempt);
			return html`<use href="#m-${mark}" class="${mark}" x="${places[at]}%" y="${middle}"/>`;
		})}`;
}

/** The picture in words. */
function spoken({ attempts }: CollectedDelivery): string {
	const words = attempts.map(
		(attempt) => `+${formatDuration(attempt.offsetMs)} ${cameOf(attempt)}`,
	);
	return words.length === 0 ? 'no attempt' : words.join(', ');
}

function cameOf({ acknowledged, outcome }: ReportedAttempt): string {
	if (acknowledged) return 'acknowledged';
	return outcome.kind === 'answered' ? String(outcome.status) : unansweredText(outcome);
}
