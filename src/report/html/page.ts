import { createHash } from 'node:crypto';
import early from './client/early.js?bundled';
import late from './client/late.js?bundled';
import { namedMarks } from './marks.ts';
import { html, type Markup, trusted } from './markup.ts';
import style from './style/page.css?bundled';

/** What the tab shows. */
export interface Tab {
	readonly title: string;
	readonly failed: boolean;
	readonly generator: string;
	/** Nothing is filtered or unfolded. */
	readonly isStill?: boolean;
}

/** A whole document, whose policy lets nothing run or load but the style and scripts in it. */
export function page({ title, failed, generator, isStill = false }: Tab, body: Markup): string {
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${generator}">
<title>${title}</title>
<link rel="icon" href="${tabIcon(failed)}">
<style>${trusted(style)}</style>
<script>${trusted(early)}</script>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${namedMarks()}
${body}
<div id="said" class="unseen" role="status"></div>
${isStill ? '' : lateScript}
</body>
</html>
`.markup;
}

/** Filters, unfolds, copies. */
const lateScript = html`<script>${trusted(late)}</script>`;

const hashOf = (source: string): string =>
	`'sha256-${createHash('sha256').update(source).digest('base64')}'`;

const policy = [
	"default-src 'none'",
	`style-src ${hashOf(style)}`,
	`script-src ${hashOf(early)} ${hashOf(late)}`,
	'img-src data:',
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

/** The verdict in the tab, for a page that is left open among others. */
function tabIcon(failed: boolean): string {
	const drawing = failed
		? '<circle cx="8" cy="8" r="8" fill="#b3261e"/><path d="M5 5l6 6M11 5l-6 6" stroke="#fff" stroke-width="2"/>'
		: '<circle cx="8" cy="8" r="8" fill="#1a6e37"/><path d="M4.500 8.500l2.500 2.500 4.500-5" fill="none" stroke="#fff" stroke-width="2"/>';
	const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${drawing}</svg>`;
	return `data:image/svg+xml,${encodeURIComponent(image)}`;
}
