import { base62 } from '../../compose/random-text.ts';
import { own } from '../../model/own.ts';
import type { ComposedRequest } from '../../model/request.ts';
import { html } from '../../report/html/markup.ts';
import { textIn } from '../fields.ts';
import type { OrderFacts } from '../order.ts';
import { type Box, type Call, type Endpoint, Refusal, UnknownOutcome } from '../provider.ts';
import { invalid, ok, refused, unauthenticated } from './answers.ts';
import { facts } from './facts.ts';
import { type Attempt, type IntentOrder, outcomes, wordOf } from './intent.ts';
import { ordersOfTransactions, twoDecimals } from './life.ts';
import { localTime, referenceNumber } from './local-time.ts';

/** A transfer that the payer has made at his bank, and that the merchant confirms. */
export const manualKind = 'manual-transfer';
const channel = 2;

export const createManualTransfer: Endpoint = {
	title: 'hand in a manual bank transfer: a form that the browser posts to the shop',
	method: 'POST',
	paths: ['/api/manual-bank-transfer'],
	claim: ['documented', 'php-sdk', 'fields and the form are those that the SDK checks and reads'],
	async answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const wrong = faultsIn(call);
		if (wrong.size > 0) return invalid(wrong, call, box);
		const order = handedIn(call, box);
		call.about(order);
		const to = order.data.returnUrl;
		if (to === undefined) call.note('no return_url: the form has nowhere to go to');
		return { status: 200, html: formOf(await resultOf(order, to ?? box.url, box), to ?? '') };
	},
};

export const updateManualTransfer: Endpoint = {
	title: 'confirm a manual bank transfer, or refuse it',
	method: 'POST',
	paths: ['/api/manual-bank-transfer/update-status'],
	claim: ['documented', 'php-sdk', 'the answer is ours; nothing says that a callback follows'],
	answer(call, box) {
		const closed = unauthenticated(call);
		if (closed !== undefined) return closed;
		const [id = '', status = '', amount] = ['ref_no', 'status', 'amount'].map((name) =>
			textIn(call.fields, name),
		);
		const order = box.order<IntentOrder['data']>(
			box.remembered<string>(ordersOfTransactions, id) ?? '',
		);
		if (order?.kind !== manualKind) return refused('not-found');
		call.about(order);
		if (!Object.hasOwn(facts.states.transaction.words, status))
			return invalid(new Map([['status', 'The selected status is invalid.']]), call, box);
		if (amount !== undefined && Number(amount) !== Number(order.data.amount))
			call.note(`amount ${amount} is not that of the transfer, ${order.data.amount}`);
		changed(order, Number(status), `update-status: ${wordOf(Number(status))}`, box);
		return ok({ success: true, message: 'Status updated.' });
	},
};

/** What the SDK asks for before it sends anything. */
const needed = [
	...['portal_key', 'buyer_name', 'buyer_email', 'order_amount', 'order_no', 'payment_gateway'],
	...['merchant_bank_name', 'merchant_bank_account', 'merchant_bank_account_holder'],
	...['bank_transfer_type', 'bank_transfer_notes'],
];

function faultsIn({ fields }: Call): Map<string, string> {
	const wrong = new Map<string, string>();
	for (const name of needed)
		if (textIn(fields, name) === undefined)
			wrong.set(name, `The ${name.replaceAll('_', ' ')} field is required.`);
	const gateway = textIn(fields, 'payment_gateway');
	if (gateway !== undefined && gateway !== String(channel))
		wrong.set('payment_gateway', 'The selected payment gateway is invalid.');
	const amount = textIn(fields, 'order_amount');
	if (amount !== undefined && !/^\d+(\.\d+)?$/.test(amount))
		wrong.set('order_amount', 'The order amount must be a number.');
	const back = textIn(fields, 'return_url');
	if (back !== undefined && !(/^https?:/.test(back) && URL.canParse(back)))
		wrong.set('return_url', 'The return url format is invalid.');
	return wrong;
}

function handedIn(call: Call, box: Box): IntentOrder {
	const text = (name: string) => textIn(call.fields, name);
	const now = box.now();
	const attempt: Attempt = {
		id: `trx_${base62(6, box.random)}`,
		reference: referenceNumber(now, box.random),
		railId: null,
		createdAt: now,
		updatedAt: now,
		channel,
		bankName: text('merchant_bank_name') ?? null,
		status: 1,
	};
	const order: IntentOrder = {
		id: `mbt_${base62(6, box.random)}`,
		provider: 'bayarcash',
		kind: manualKind,
		reference: text('order_no') ?? '',
		data: {
			api: 'v2',
			portalKey: text('portal_key') ?? '',
			amount: text('order_amount') ?? '',
			payer: {
				name: text('buyer_name') ?? '',
				email: text('buyer_email') ?? '',
				phone: text('buyer_tel_no') ?? null,
			},
			channels: [channel],
			bankCode: undefined,
			metadata: null,
			returnUrl: text('return_url') ?? box.settings.returnTo,
			callbackUrl: undefined,
			createdAt: now,
			expiresAt: Number.MAX_SAFE_INTEGER,
			verifiesIdentity: false,
			isCancelled: false,
			attempts: [attempt],
		},
		next: [],
		log: [],
	};
	box.remember(ordersOfTransactions, attempt.id, order.id);
	return box.save(order, { what: 'call', text: `${call.method} ${call.path}` });
}

const resultOf = ({ reference, data }: IntentOrder, to: string, box: Box) => {
	const [attempt] = data.attempts as [Attempt];
	return box.composed({
		event: 'bayarcash/manual-transfer',
		set: {
			order_ref_no: attempt.id,
			order_no: reference,
			order_amount: twoDecimals(data.amount),
			buyer_name: data.payer.name,
			buyer_email: data.payer.email,
			buyer_bank_name: attempt.bankName,
			transaction_status: String(attempt.status),
			transaction_status_description: wordOf(attempt.status),
			transaction_datetime: localTime(attempt.createdAt),
		},
		to,
	});
};

/** Written as the SDK's patterns read it: name, type, value. */
function formOf({ body }: ComposedRequest, to: string): string {
	const fields = [...new URLSearchParams(Buffer.from(body ?? []).toString('utf8'))];
	return html`<form id="manual-bank-transfer" action="${to}" method="post">
		${fields.map(([name, value]) => html`<input name="${name}" type="hidden" value="${value}">`)}
		</form><script>document.getElementById('manual-bank-transfer').submit()</script>`.markup;
}

function changed(order: IntentOrder, status: number, text: string, box: Box): IntentOrder {
	const attempts = order.data.attempts.map((one) => ({ ...one, status, updatedAt: box.now() }));
	return box.save({ ...order, data: { ...order.data, attempts } }, { what: 'state', text });
}

/** What controls may know of it, and decide as the merchant would. */
export const manualTransfers = {
	describe({ data }: IntentOrder): OrderFacts {
		const [attempt] = data.attempts as [Attempt];
		return {
			state: wordOf(attempt.status).toLowerCase(),
			amount: twoDecimals(data.amount),
			currency: 'MYR',
			outcomes: attempt.status < 2 ? Object.keys(outcomes) : [],
		};
	},
	async settle(order: IntentOrder, outcome: string, box: Box): Promise<void> {
		const status = own(outcomes, outcome);
		if (status === undefined) throw new UnknownOutcome();
		const [attempt] = order.data.attempts as [Attempt];
		if (attempt.status >= 2) throw new Refusal(`it is ${wordOf(attempt.status)} already`);
		changed(order, status, `decided: ${wordOf(status)}`, box);
	},
	async due(): Promise<void> {},
};
