import { html, type Markup } from '../../report/html/markup.ts';
import { documentOf } from '../page/document.ts';
import style from '../page/pay.css?bundled';
import type { Reply } from '../provider.ts';

const banner = html`<header class="simulated">
	callsim sandbox: no money moves, this is not Bayarcash
</header>`;

/** A page of the payer's. @param leadsTo pages of the shop that its forms may end at */
export function payDocument(
	title: string,
	content: Markup,
	leadsTo: readonly string[] = [],
	status = 200,
): Reply {
	const origins = leadsTo.flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : []));
	const body = html`${banner}<main id="main">${content}</main>`;
	const page = { title: `${title} – callsim sandbox`, style, leadsTo: [...new Set(origins)], body };
	return { status, ...documentOf(page) };
}

/** The end of the way, in a sentence. */
export const ended = (title: string, text: string, status = 200, more?: Markup): Reply =>
	payDocument(
		title,
		html`<div class="card"><h1>${title}</h1><p>${text}</p>${more}</div>`,
		[],
		status,
	);
