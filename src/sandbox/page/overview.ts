import { html } from '../../report/html/markup.ts';
import type { ProviderMoney } from '../controls.ts';
import type { SentDelivery } from '../delivery-record.ts';
import type { OrderView } from '../order.ts';
import type { Answered } from '../server.ts';
import { backTo, queryOf } from './back-to.ts';
import { documentOf } from './document.ts';
import { life } from './life.ts';
import style from './overview.css?bundled';
import script from './overview.js?bundled';

/** More would be slow to draw, and nobody reads them; the JSON has all. */
const mostOrders = 200;

/** Why a form did nothing, or the page is not the one that was asked for. */
export interface Refused {
	readonly status: number;
	readonly message: string;
	readonly try?: string | undefined;
}

export interface Overview {
	readonly orders: readonly OrderView[];
	readonly shown: OrderView | undefined;
	readonly deliveries: readonly SentDelivery[];
	readonly balances: readonly ProviderMoney[];
	readonly trouble?: Refused | undefined;
}

/** Orders on the left, one order's life on the right, buttons for every control. */
export function overview({ orders, shown, deliveries, balances, trouble }: Overview): Answered {
	const title = shown === undefined ? 'no orders yet' : `${shown.reference}: ${shown.state}`;
	const body = html`<a class="skip" href="#main">Skip to the orders</a>
		<header class="top">
			<h1>callsim sandbox</h1>
			<p>A simulation, not the provider. What is assumed says <code>callsim sandbox --list</code>.</p>
		</header>
		${trouble !== undefined && refusal(trouble)}
		<main id="main" class="columns" tabindex="-1" data-at="/_callsim/${queryOf(shown)}">
			<section aria-labelledby="orders">
				<h2 id="orders">Orders <span class="count">${orders.length}</span></h2>
				${orders.length === 0 && html`<p class="none">None yet: let the shop create one here.</p>`}
				<ul class="orders">${orders.slice(0, mostOrders).map((order) => row(order, shown))}</ul>
				${balances.map((one) => money(one, shown))}
				${whole(shown)}
			</section>
			<section aria-labelledby="life">
				<h2 id="life">${shown === undefined ? 'An order’s life' : shown.reference}</h2>
				${shown !== undefined && life(shown, deliveries)}
			</section>
		</main>`;
	const page = documentOf({ title: `${title} – callsim sandbox`, style, script, body });
	return {
		status: trouble?.status ?? 200,
		headers: { 'content-type': 'text/html; charset=utf-8', ...page.headers },
		body: page.html,
	};
}

const refusal = ({ message, try: hint }: Refused) =>
	html`<p class="refused" role="alert">${message}${hint !== undefined && `. ${hint}`}</p>`;

function row(order: OrderView, shown: OrderView | undefined) {
	const { id, reference, state, amount, currency } = order;
	const current = id === shown?.id ? html` aria-current="true"` : '';
	return html`<li><a id="go-${id}" href="/_callsim/${backTo(order)}"${current}>
		<b>${reference}</b> <span>${currency} ${amount}</span><br><span>${state} · ${id}</span>
	</a></li>`;
}

/** The shop's deposit with a provider. */
function money({ provider, currency, balance }: ProviderMoney, shown: OrderView | undefined) {
	return html`<form class="row" method="post" action="/_callsim/balances/${provider}">
		<input type="hidden" name="back" value="${queryOf(shown)}">
		<label>Deposit with ${provider}, ${currency} <input name="amount" value="${balance}" size="12"></label>
		<button id="balance-${provider}">Set</button>
	</form>`;
}

/** Controls of the whole sandbox. */
function whole(shown: OrderView | undefined) {
	const back = html`<input type="hidden" name="back" value="${queryOf(shown)}">`;
	return html`<h3>Time, failures</h3>
		<form class="row" method="post" action="/_callsim/advance">${back}
			<label>Let pass <input name="by" value="10m" size="6"></label>
			<button id="advance">Go on</button>
		</form>
		<form class="row" method="post" action="/_callsim/fail">${back}
			<label>Next API call <select name="as">
				${['500', '429', 'timeout', 'reset'].map((as) => html`<option>${as}</option>`)}
			</select></label>
			<button id="fail">Let it fail</button>
		</form>
		<details id="forgetting"><summary>Forget everything …</summary>
			<form class="row" method="post" action="/_callsim/reset">
				<input type="hidden" name="back" value="">
				<p>Every order and callback, those of the state file too; deposits begin anew.</p>
				<button id="reset">Forget everything</button>
			</form>
		</details>`;
}
