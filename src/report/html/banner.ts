import { formatDuration } from '../../model/duration.ts';
import { exitMeanings } from '../exit-meaning.ts';
import { counted } from '../outcome-text.ts';
import type { RunReport } from '../run-report.ts';
import { tookText } from '../time-text.ts';
import { commandWords } from './command-words.ts';
import { icon } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { momentText } from './moment.ts';
import { judgedIn, verdictCounts, verdictSentence, verdictWord } from './verdict-words.ts';

/** What ran, and what came of it. */
export function banner(report: RunReport): Markup {
	const { title, broken, exitCode } = report;
	const verdict = broken !== undefined || exitCode !== 0 ? 'failed' : 'passed';
	return html`<header class="banner ${verdict}">
		<div class="inner">
			<button type="button" class="theme">Theme: auto</button>
			<h1><code class="ran">${title}</code> <span class="sentence">${verdictSentence(report)}</span></h1>
			${broken !== undefined && html`<p class="broken" role="note"><b>${brokenWords[broken.kind]}.</b> ${broken.message}${(broken.also ?? []).map((what) => html`<br>${what}`)}</p>`}
			${proportions(report)}
			${particulars(report)}
		</div>
	</header>`;
}

const brokenWords = {
	problem: 'The run broke off before its end',
	bug: 'A bug in callsim broke the run off',
	interrupted: 'The run was interrupted',
} as const;

/** One bar: how much of it all came to which verdict. */
function proportions({ suites, command }: RunReport): Markup {
	const cases = suites.flatMap((suite) => suite.cases);
	const tally = verdictCounts(cases);
	let from = 0;
	const bars = tally.map(([verdict, count]) => {
		const width = (count / cases.length) * 100;
		const bar = html`<rect class="${verdict}" x="${from.toFixed(2)}%" y="0" width="${width.toFixed(2)}%" height="100%"/>`;
		from += width;
		return bar;
	});
	const { one, many } = judgedIn[command];
	return html`${cases.length > 0 && html`<svg class="proportions" aria-hidden="true">${bars}</svg>`}
		<ul class="tally">
			<li>${counted(cases.length, one, many)}</li>
			${tally.map(([verdict, count]) => html`<li class="${verdict}">${icon(verdict)} ${count} ${verdictWord(verdict)}</li>`)}
		</ul>`;
}

function particulars(report: RunReport): Markup {
	const { startedAt, endedAt, exitCode, deliveries, run, version, commandLine } = report;
	const targets = targetsOf(report);
	const acknowledged = deliveries.filter(({ finished }) => finished?.acknowledged === true).length;
	const attempts = deliveries.reduce((sum, delivery) => sum + delivery.attempts.length, 0);
	const provider = deliveries.reduce(
		(longest, { startsAtMs, attempts: made }) =>
			Math.max(longest, startsAtMs + (made.at(-1)?.offsetMs ?? 0)),
		0,
	);
	const rows: readonly (readonly [string, string])[] = [
		...(targets.length === 0
			? []
			: [[targets.length === 1 ? 'Target' : 'Targets', targetText(targets)] as const]),
		['Started', momentText(startedAt)],
		[
			'Took',
			`${tookText(endedAt - startedAt)}${provider > 0 ? ` for ${formatDuration(provider)} of provider time` : ''}`,
		],
		['Exit code', `${exitCode}, ${exitMeanings[exitCode]}`],
		...(deliveries.length === 0
			? []
			: [
					[
						'Deliveries',
						`${counted(deliveries.length, 'delivery', 'deliveries')}, ${acknowledged} acknowledged, ${counted(attempts, 'attempt')}`,
					] as const,
				]),
		['Run', `${run === '' ? 'none' : run}, callsim ${version}`],
	];
	const all = rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
	return html`<dl class="particulars">
		${commandLine !== undefined && html`<div class="command"><dt>Command</dt><dd>${commandWords(commandLine)}</dd></div>`}
		${all}
	</dl>`;
}

/** Where it was sent, without queries: each once, in the order of the first request. */
function targetsOf({ deliveries, suites }: RunReport): string[] {
	const sent = suites.flatMap(({ cases }) =>
		cases.flatMap(({ evidence }) => evidence.map((one) => one.sent?.url)),
	);
	const urls = [...deliveries.map(({ target }) => target), ...sent];
	return [
		...new Set(urls.filter((url) => url !== undefined).map((url) => url.replace(/\?.*$/s, ''))),
	];
}

const mostTargets = 3;

function targetText(targets: readonly string[]): string {
	const more = targets.length - mostTargets;
	return `${targets.slice(0, mostTargets).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
