import { html, type Markup } from './markup.ts';

const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/;

/** A text in which public addresses are links, followed by hand alone: nothing is loaded. */
export function linked(text: string): Markup {
	const parts = text.split(address);
	return html`${parts.map((part, at) => (at % 2 === 1 && URL.canParse(part) ? html`<a href="${part}" rel="noreferrer noopener" target="_blank">${part}</a>` : part))}`;
}
