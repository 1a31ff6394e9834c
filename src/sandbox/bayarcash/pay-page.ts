import { html, type Markup } from '../../report/html/markup.ts';
import { textIn } from '../fields.ts';
import { returnReply } from '../page/return-form.ts';
import { type Box, type Call, type Endpoint, Refusal, type Reply } from '../provider.ts';
import { channelOf, facts } from './facts.ts';
import { type IntentOrder, openAttempt, outcomeOfBank, stateOf } from './intent.ts';
import { intentIn } from './intent-endpoints.ts';
import { begin, current, decide, nextOf, receiptOf, twoDecimals } from './life.ts';
import { ended, payDocument } from './pay-document.ts';

const claim = ['assumed', null, 'the address is documented, what stands on the page is ours'];

export const showPayPage: Endpoint = {
	title: 'the pay page',
	method: 'GET',
	paths: ['/payment-intent/:id'],
	claim,
	isPage: true,
	async answer(call, box) {
		const found = intentIn(call, box);
		if (found === undefined) return ended('There is no such payment', 'The link is wrong.', 404);
		const state = stateOf(found.data);
		if (state !== 'waiting') return over(found, state, box);
		// Somebody is here: nobody pays by himself any more.
		const next = nextOf(found, found.data);
		const here = box.save({ ...found, next }, { what: 'page', text: 'the pay page opens' });
		const order = openAttempt(here.data)
			? here
			: await begin(here, here.data.channels[0] ?? 1, box);
		return choices(order, box);
	},
};

export const actOnPayPage: Endpoint = {
	title: "the payer's choice on the pay page",
	method: 'POST',
	paths: ['/payment-intent/:id'],
	claim,
	isPage: true,
	async answer(call, box) {
		const found = intentIn(call, box);
		if (found === undefined) return ended('There is no such payment', 'The link is wrong.', 404);
		if (stateOf(found.data) !== 'waiting') return over(found, stateOf(found.data), box);
		const act = textIn(call.fields, 'act') ?? '';
		if (act === 'leave') {
			box.save(found, { what: 'page', text: 'the payer closes the page' });
			return ended(
				'The page is closed',
				'Nothing was paid, and the shop hears nothing. The link still works.',
			);
		}
		return acted(found, act, call, box);
	},
};

async function acted(found: IntentOrder, act: string, call: Call, box: Box): Promise<Reply> {
	const bankCode = textIn(call.fields, 'bank');
	const chosen = Number(textIn(call.fields, 'channel'));
	const channel = found.data.channels.includes(chosen) ? chosen : found.data.channels[0];
	const byBank = facts.channels.withBank.includes(channel ?? 1)
		? outcomeOfBank(bankCode)
		: undefined;
	const outcome = act === 'pay' ? (byBank ?? 'success') : act;
	if (!['success', 'failed', 'cancelled', 'pending'].includes(outcome))
		throw new Refusal('act is pay, failed, cancelled, pending or leave');
	const open = openAttempt(found.data) ? found : await begin(found, channel ?? 1, box);
	if (openAttempt(open.data) === undefined) return over(open, stateOf(open.data), box);
	const { order, told } = await decide(open, { outcome, channel, bankCode }, box);
	if (box.settings.delay === 0) await box.moment(told);
	if (textIn(call.fields, 'stay') !== undefined) {
		const text = 'the payer closes the page and does not come back';
		box.save(current(order, box), { what: 'page', text });
		return ended(
			'The page is closed',
			'The browser did not return to the shop; the callback tells it.',
		);
	}
	return back(order, box);
}

/** The browser's return, where the shop named a page for it. */
async function back(order: IntentOrder, box: Box): Promise<Reply> {
	const receipt = receiptOf(order, box);
	if (receipt === undefined)
		return ended('Done', 'The shop named no return_url: there is nowhere to go back to.');
	const request = await box.composed(receipt);
	const text = `the browser goes back to ${receipt.to}`;
	box.save(current(order, box), { what: 'page', text });
	return returnReply(request);
}

async function over(order: IntentOrder, state: string, box: Box): Promise<Reply> {
	const receipt = state === 'paid' ? receiptOf(order, box) : undefined;
	const request = receipt && (await box.composed(receipt));
	const link =
		request?.method === 'GET'
			? html`<p><a href="${request.url.href}">Back to the shop</a></p>`
			: undefined;
	return ended(`This payment is ${state}`, 'Nothing more can be done here.', 200, link);
}

function choices(order: IntentOrder, box: Box): Reply {
	const { data, reference, id } = order;
	const amount = `RM ${twoDecimals(data.amount)}`;
	const hasBanks = data.channels.some((channel) => facts.channels.withBank.includes(channel));
	const to = data.returnUrl ?? box.settings.returnTo;
	const content = html`
		<h1>Pay ${data.payer.name === '' ? 'the shop' : 'as '}${data.payer.name}</h1>
		<p class="amount">${amount}</p>
		<dl class="about">
			<dt>Order</dt><dd>${reference}</dd>
			<dt>Payment</dt><dd>${id}</dd>
		</dl>
		<form class="card" method="post" action="/payment-intent/${id}">
			<label for="channel">Pay with</label>
			<select id="channel" name="channel">
				${data.channels.map((one) => html`<option value="${one}">${channelOf(one)?.name}</option>`)}
			</select>
			${hasBanks && bankChoice(data.bankCode)}
			<label class="check"><input type="checkbox" name="stay" value="1">Close the page afterwards instead of going back to the shop</label>
			<button class="main" name="act" value="pay">Pay ${amount}</button>
			<div class="pair">
				<button name="act" value="failed">Let it fail</button>
				<button name="act" value="cancelled">Cancel</button>
				<button name="act" value="pending">Leave it pending</button>
				<button name="act" value="leave">Close without paying</button>
			</div>
		</form>`;
	return payDocument(`Pay ${amount}`, content, to === undefined ? [] : [to]);
}

function bankChoice(chosen: string | undefined): Markup {
	const about = (outcome: string | undefined) =>
		outcome === undefined ? '' : ` – test bank, ${outcome === 'success' ? 'pays' : 'fails'}`;
	return html`<label for="bank">Bank</label>
		<select id="bank" name="bank">
			${facts.banks.fpx.map(
				({ code, name, outcome }: { code: string; name: string; outcome?: string }) =>
					html`<option value="${code}"${code === chosen ? html` selected` : ''}>${name}${about(outcome)}</option>`,
			)}
		</select>`;
}
