import { html, type Markup } from '../../report/html/markup.ts';
import { faultsText, type SentDelivery } from '../delivery-record.ts';
import type { OrderView, Planned } from '../order.ts';
import { backTo } from './back-to.ts';

const clock = (at: number): string => new Date(at).toISOString().slice(11, 19);

interface Line {
	readonly at: number;
	readonly text: Markup;
}

/** What happened, what was sent and answered, what comes next; and what can be done. */
export function life(order: OrderView, deliveries: readonly SentDelivery[]): Markup {
	const lines: Line[] = [
		...order.log.map(({ at, text }) => ({ at, text: html`${text}` })),
		...deliveries.flatMap(attemptLines),
	];
	const next = [
		...order.next.map(({ at, ...planned }) => ({ at, text: html`${plannedText(planned)}` })),
		...deliveries.flatMap(comingLines),
	];
	return html`<div class="panel">
			<p><b>${order.state}</b> · ${order.currency} ${order.amount} · ${order.id}</p>
			${order.page !== undefined && html`<p><a id="page" href="${order.page}">The payer’s page</a></p>`}
			${decisions(order)}
		</div>
		<div class="panel"><h3>So far (UTC)</h3><ul class="life">${inOrder(lines)}</ul>
			${next.length > 0 && html`<h3>Next</h3><ul class="life">${inOrder(next)}</ul>`}
		</div>
		${deliveries.map((delivery) => callback(order, delivery))}`;
}

const plannedText = ({ action, with: how }: Pick<Planned, 'action' | 'with'>): string =>
	action === 'expire' ? 'it expires' : `by itself: ${how}`;

const inOrder = (lines: readonly Line[]): Markup[] =>
	lines
		.toSorted((a, b) => a.at - b.at)
		.map(({ at, text }) => html`<li><span class="when">${clock(at)}</span>${text}</li>`);

function decisions(order: OrderView): Markup | false {
	if (order.outcomes.length === 0) return false;
	return html`<form class="row" method="post" action="/_callsim/orders/${order.id}/settle">
		<input type="hidden" name="back" value="${backTo(order)}">
		${order.outcomes.map(
			(outcome) =>
				html`<button id="settle-${outcome}" name="outcome" value="${outcome}">${outcome}</button>`,
		)}
	</form>`;
}

const attemptLines = ({ id, said, attempts }: SentDelivery): Line[] =>
	attempts.map(({ at, came, acknowledged, reason }, index) => ({
		at,
		text: html`#${id} ${said.event}, attempt ${index + 1}: <span class="${acknowledged ? 'ok' : 'no'}">${
			acknowledged ? `${came}, acknowledged` : `${came}${reason === undefined ? '' : `, ${reason}`}`
		}</span>`,
	}));

const comingLines = ({ id, said, attempts, at, next, why }: SentDelivery): Line[] =>
	why === undefined
		? [{ at: next ?? at, text: html`#${id} ${said.event}, attempt ${attempts.length + 1}` }]
		: [];

function callback(
	order: OrderView,
	{ id, said, faults, request, why, of, attempts }: SentDelivery,
): Markup {
	const last = attempts.at(-1);
	const broken = faultsText(faults);
	const again = (name: string, value: string, words: string) =>
		html`<button name="${name}" value="${value}">${words}</button>`;
	return html`<div class="panel">
		<h3>#${id} ${said.event}: ${why ?? 'under way'}${of !== undefined && ` (#${of} again)`}</h3>
		${broken !== '' && html`<p class="no">Broken on purpose: ${broken}</p>`}
		<details id="request-${id}"><summary>What was sent</summary>
			<pre tabindex="0">${sentText(request)}</pre>
		</details>
		${last?.status !== undefined && html`<details id="answer-${id}"><summary>What the shop answered</summary><pre tabindex="0">${`${last.status}${last.answer === undefined ? '' : `\n\n${last.answer}`}`}</pre></details>`}
		<form class="row" method="post" action="/_callsim/deliveries/${id}/resend">
			<input type="hidden" name="back" value="${backTo(order)}">
			${again('times', '1', 'Send again')}
			${again('times', '2', 'Send twice at once')}
			${again('after', '30s', 'Send in 30 s')}
			${again('unsigned', 'true', 'Send unsigned')}
			${again('wrongKey', 'true', 'Send with a wrong key')}
		</form>
		<form class="row" method="post" action="/_callsim/deliveries/${id}/resend">
			<input type="hidden" name="back" value="${backTo(order)}">
			<label>Change after signing <input id="tamper-${id}" name="tamper" placeholder="field=value" size="18" required></label>
			<button>Send changed</button>
		</form>
	</div>`;
}

const sentText = ({ method, url, headers = [], body }: SentDelivery['request']): string =>
	[`${method} ${url}`, ...headers, ...(body === undefined ? [] : ['', body])].join('\n');
