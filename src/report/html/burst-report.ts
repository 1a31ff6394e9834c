import type { BurstDocument } from '../../model/contract/burst.ts';
import { burstVerdict, wholeText } from '../burst-words.ts';
import { exitMeanings } from '../exit-meaning.ts';
import { counted } from '../outcome-text.ts';
import { tookText } from '../time-text.ts';
import { latencyChart, throughputChart } from './burst-charts.ts';
import { commandWords } from './command-words.ts';
import { html, type Markup } from './markup.ts';
import { momentText } from './moment.ts';
import { page } from './page.ts';

/** A burst as one HTML document, in the look of a run's. @param isRated latency is from when due */
export function burstReport(burst: BurstDocument, isRated: boolean): string {
	const { kind, text } = burstVerdict(burst);
	const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
	const isRed = kind === 'failed' || burst.exitCode !== 0;
	const body = html`
		<header class="banner ${isRed ? 'failed' : 'passed'}"><div class="inner">
			<button type="button" class="theme">Theme: auto</button>
			<h1><code class="ran">${burst.title}</code> <span class="sentence">${sentence}</span></h1>
			${proportions(burst)}
			${particulars(burst)}
		</div></header>
		<main id="main" tabindex="-1">
			${endings(burst)}
			${burst.latencyMs !== null && throughputChart(burst)}
			${burst.latencyMs !== null && latencyChart(burst.latencyMs, isRated)}
			${again(burst)}
		</main>`;
	const title = `${sentence} – ${burst.title}`;
	const generator = `callsim ${burst.version}`;
	return page({ title, failed: isRed, generator, isStill: true }, body);
}

/** Sent is the sum of the three, to the last one. */
function proportions({ sent, acknowledged, refused, failed, notSent }: BurstDocument): Markup {
	const parts = [
		['passed', acknowledged, 'acknowledged'],
		['failed', refused, 'refused'],
		['torn', failed, 'failed'],
	] as const;
	let from = 0;
	const bars = parts.map(([name, count]) => {
		const width = (count / Math.max(sent, 1)) * 100;
		const bar = html`<rect class="${name}" x="${from.toFixed(2)}%" y="0" width="${width.toFixed(2)}%" height="100%"/>`;
		from += width;
		return bar;
	});
	return html`<svg class="proportions" aria-hidden="true">${bars}</svg>
		<ul class="tally">
			<li>${wholeText(sent)} sent</li>
			${parts.map(([name, count, word]) => html`<li class="${count === 0 ? '' : name}">${wholeText(count)} ${word}</li>`)}
			${notSent > 0 && html`<li>${wholeText(notSent)} not sent</li>`}
		</ul>`;
}

function particulars(burst: BurstDocument): Markup {
	const { target, startedAt, tookMs, exitCode, attempts, answers, challenges, run, version } =
		burst;
	const rows: readonly (readonly [string, string])[] = [
		['Target', target.replace(/\?.*$/s, '')],
		['Started', momentText(Date.parse(startedAt))],
		['Took', tookText(tookMs)],
		['Exit code', `${exitCode}, ${exitMeanings[exitCode]}`],
		['Attempts', `${counted(attempts, 'attempt')}, ${counted(answers, 'answer')}`],
		...(challenges > 0 ? [['Digest challenges', wholeText(challenges)] as const] : []),
		['Run', `${run}, callsim ${version}`],
	];
	return html`<dl class="particulars">
		<div class="command"><dt>Command</dt><dd>${commandWords(burst.commandLine)}</dd></div>
		${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
	</dl>`;
}

function endings({ endings: all, unacknowledgedFile }: BurstDocument): Markup | false {
	const rows = Object.entries(all);
	if (rows.length === 0) return false;
	return html`<section aria-labelledby="endings">
		<h2 id="endings">Not acknowledged</h2>
		<ul>${rows.map(([text, count]) => html`<li><b>${wholeText(count)}</b> × ${text}</li>`)}</ul>
		${unacknowledgedFile !== undefined && html`<p class="lead">Their references: <code>${unacknowledgedFile}</code></p>`}
	</section>`;
}

const again = ({ seed, now }: BurstDocument): Markup =>
	html`<section aria-labelledby="again">
		<h2 id="again">The same callbacks again</h2>
		<p><code>--seed ${seed} --now ${now}</code></p>
	</section>`;
