import { html, type Markup } from '../markup.ts';

/** Where the page's parts are asked for. */
export const inspectorPaths = {
	early: '/early.js',
	script: '/inspector.js',
	style: '/inspector.css',
	arrivals: '/arrivals',
	again: '/again/',
} as const;

/** Nothing runs or loads but what the listener itself serves. */
export const inspectorPolicy = [
	"default-src 'none'",
	"style-src 'self'",
	"script-src 'self'",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

export interface Listening {
	/** Where callbacks are sent to. */
	readonly url: string;
	/** Where they are handed on. */
	readonly forwardTo: string | undefined;
	readonly version: string;
	/** Another one for each listener. */
	readonly run: string;
}

/** What `listen` heard, the newest first; the script adds what comes. */
export function inspectorPage(
	{ url, forwardTo, version, run }: Listening,
	rows: readonly Markup[],
): string {
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="callsim ${version}">
<title>callsim listen</title>
<link rel="stylesheet" href="${inspectorPaths.style}">
<script src="${inspectorPaths.early}"></script>
<script src="${inspectorPaths.script}" defer></script>
</head>
<body data-run="${run}">
<a class="skip" href="#main">Skip to the arrivals</a>
<header class="banner">
	<div class="inner">
		<button type="button" class="theme">Theme: auto</button>
		<h1><code class="ran">callsim listen</code> <span class="sentence">Callbacks that arrive</span></h1>
		<dl class="particulars">
			<div><dt>Send them to</dt><dd><code>${url}</code></dd></div>
			${forwardTo !== undefined && html`<div><dt>Handed on to</dt><dd><code>${forwardTo}</code></dd></div>`}
			<div><dt>Connection</dt><dd class="live">as of when this page was opened</dd></div>
		</dl>
	</div>
</header>
${toolbar()}
<main id="main" tabindex="-1">
	<section aria-labelledby="arrivals-title">
		<h2 id="arrivals-title">Arrivals</h2>
		<p class="none">Nothing here yet. Send a callback to <code>${url}</code>.</p>
		<ol id="arrivals" class="cases list">${rows}</ol>
	</section>
</main>
<div id="said" class="unseen" role="status"></div>
</body>
</html>
`.markup;
}

const toolbar = (): Markup => html`<div class="toolbar">
	<div class="inner">
		<search class="filter">
			<input id="filter" type="search" aria-label="Search in everything that arrived" placeholder="Search ( / )" autocomplete="off" spellcheck="false">
			<div class="toggles" role="group" aria-label="Verdicts">
				<button type="button" data-toggle="" aria-pressed="true">All</button>
				<button type="button" data-toggle="passed" aria-pressed="false">Genuine</button>
				<button type="button" data-toggle="failed" aria-pressed="false">Not genuine</button>
				<button type="button" data-toggle="inconclusive" aria-pressed="false">Not decided</button>
			</div>
			<p class="matches" role="status"></p>
		</search>
	</div>
</div>`;
