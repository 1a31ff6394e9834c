import { html, type Markup } from './markup.ts';

/** A command line whose words stay whole: a browser would break it behind any of their hyphens. */
export const commandWords = (line: string): Markup =>
	html`<code>${(line.match(/(?:[^\s']|'[^']*')+/g) ?? []).map((word) => html`<span class="word">${word}</span> `)}</code>`;
