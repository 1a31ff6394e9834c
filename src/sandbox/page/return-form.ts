import type { ComposedRequest } from '../../model/request.ts';
import { html } from '../../report/html/markup.ts';
import type { Reply } from '../provider.ts';
import { documentOf } from './document.ts';
import style from './pay.css?bundled';
import script from './post-form.js?bundled';

/** The browser carries a form to the shop: by itself, or by a button without scripts. */
function returnForm({ url, body }: ComposedRequest): Reply {
	const fields = [...new URLSearchParams(Buffer.from(body ?? []).toString('utf8'))];
	const page = documentOf({
		title: 'Back to the shop – callsim sandbox',
		style,
		script,
		leadsTo: [url.origin],
		body: html`<main id="main">
			<h1>Back to the shop</h1>
			<form method="post" action="${url.href}">
				${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
				<button class="main">Go on</button>
			</form>
		</main>`,
	});
	return { status: 200, ...page };
}

/** A GET is a redirect, a POST a form that posts itself. */
export const returnReply = (request: ComposedRequest): Reply =>
	request.method === 'GET'
		? {
				status: 303,
				headers: { location: request.url.href, 'cache-control': 'no-store' },
				text: '',
			}
		: returnForm(request);
