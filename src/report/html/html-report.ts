import type { RunReport } from '../run-report.ts';
import { banner } from './banner.ts';
import { mostOfBodyIn } from './body-budget.ts';
import { deliveryList } from './deliveries.ts';
import { exchangeLines } from './exchange-lines.ts';
import { failures } from './failures.ts';
import { html } from './markup.ts';
import { page } from './page.ts';
import { type Places, placesIn } from './places.ts';
import { rules } from './rules.ts';
import { scenarios } from './scenarios.ts';
import { timeline } from './timeline.ts';
import { toolbar } from './toolbar.ts';
import { verdictSentence } from './verdict-words.ts';

/** A run as one HTML document that needs no network, no server, and mostly no script. */
export function htmlReport(report: RunReport): string {
	const places = placesIn(report);
	const hasDeliveries = report.deliveries.length > 0;
	const body = html`
		${banner(report)}
		${toolbar(report, places)}
		<main id="main" tabindex="-1" class="${isLarge(report, places) ? 'large' : ''}">
			${failures(report, places)}
			${hasDeliveries && timeline(report, places)}
			${places.cases.length > 0 && (report.command === 'check' ? rules(places) : scenarios(report, places))}
			${hasDeliveries && deliveryList(report, places)}
		</main>
		${exchangeLines(report, places, mostOfBodyIn(report))}`;
	const failed = report.exitCode !== 0 || report.broken !== undefined;
	const title = `${verdictSentence(report)} – ${report.title}`;
	return page({ title, failed, generator: `callsim ${report.version}` }, body);
}

const isLarge = ({ deliveries }: RunReport, { cases }: Places): boolean =>
	deliveries.length + cases.length > 400;
