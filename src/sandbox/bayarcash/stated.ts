import { base62 } from '../../compose/random-text.ts';
import type { Statement } from '../../model/request.ts';
import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box } from '../provider.ts';
import { type Attempt, type Intent, type IntentOrder, kind } from './intent.ts';
import { ordersOfTransactions } from './life.ts';
import { readLocalTime } from './local-time.ts';
import { usualPortalKey } from './portal.ts';
import { usedNumbers } from './read-intent.ts';
import { mandateStated } from './stated-mandate.ts';

const manual = {
	transaction_id: 'order_ref_no',
	order_number: 'order_no',
	currency: 'transaction_currency',
	amount: 'order_amount',
	payer_name: 'buyer_name',
	payer_email: 'buyer_email',
	payer_bank_name: 'buyer_bank_name',
	status: 'transaction_status',
	status_description: 'transaction_status_description',
	datetime: 'transaction_datetime',
};

/** Field of a transaction → what another message calls it. */
const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'pre-transaction': {},
	transaction: {},
	'transaction-identity': {},
	receipt: {},
	'manual-transfer': manual,
};

/** What is told of, a payment or a mandate, becomes what can be asked for. */
export function stated({ message, values }: Statement, box: Box): void {
	const own = names[message];
	if (own === undefined) mandateStated(message, values, box);
	else paymentStated(own, values, box);
}

function paymentStated(own: Readonly<Record<string, string>>, values: ValueObject, box: Box): void {
	const field = (name: string) => own[name] ?? name;
	const text = (name: string) => textIn(values, field(name));
	/** What is there and empty is said, too. */
	const said = (name: string) => text(name) ?? (values[field(name)] === '' ? '' : undefined);
	const id = text('transaction_id');
	const reference = text('order_number');
	if (id === undefined || reference === undefined) return;
	const order = orderOf(id, reference, values, box);
	const before = order.data.attempts.find((one) => one.id === id);
	const now = box.now();
	const attempt: Attempt = {
		id,
		reference: text('exchange_reference_number') ?? before?.reference ?? '',
		railId: text('exchange_transaction_id') ?? null,
		createdAt: readLocalTime(text('datetime') ?? '') ?? before?.createdAt ?? now,
		updatedAt: now,
		channel: before?.channel ?? (own === manual ? 2 : (order.data.channels[0] ?? 1)),
		bankName: text('payer_bank_name') ?? null,
		status: Number(text('status') ?? 0),
		said: {
			amount: said('amount') ?? before?.said?.amount,
			currency: said('currency') ?? before?.said?.currency,
			payerName: said('payer_name') ?? before?.said?.payerName,
			payerEmail: said('payer_email') ?? before?.said?.payerEmail,
			statusWord: said('status_description'),
			identity: identityIn(values),
		},
	};
	if (before !== undefined && finality(attempt) < finality(before)) return;
	const attempts =
		before === undefined
			? [...order.data.attempts, attempt]
			: order.data.attempts.map((one) => (one === before ? attempt : one));
	box.save({ ...order, data: { ...order.data, attempts } });
	box.remember(ordersOfTransactions, id, order.id);
}

/** Undefined of a message that says nothing about it. */
const identityIn = (values: ValueObject): ValueObject | undefined =>
	values['payer_identity_verified'] === undefined
		? undefined
		: {
				payer_identity_verified: values['payer_identity_verified'],
				fpx_extra_info: values['fpx_extra_info'] ?? null,
			};

/** What came late says nothing new: a payment that is approved stays so. */
const finality = ({ status }: Attempt): number =>
	({ 0: 0, 1: 1, 2: 2, 4: 2, 5: 2, 3: 3 })[status] ?? 1;

/** The one that it was of before, the shop's own intent of that number, or a new one. */
function orderOf(id: string, reference: string, values: ValueObject, box: Box): IntentOrder {
	const known = [box.remembered<string>(ordersOfTransactions, id)]
		.concat(box.remembered<string>(usedNumbers, reference))
		.map((one) => box.order<Intent>(one ?? ''))
		.find((one) => one?.kind === kind && one.reference === reference);
	if (known !== undefined) return known;
	const now = box.now();
	return {
		id: `pi_${base62(6, box.random)}`,
		provider: 'bayarcash',
		kind,
		reference,
		data: {
			api: 'v3',
			portalKey: usualPortalKey,
			amount: textIn(values, 'amount') ?? textIn(values, 'order_amount') ?? '',
			payer: {
				name: textIn(values, 'payer_name') ?? '',
				email: textIn(values, 'payer_email') ?? '',
				phone: null,
			},
			channels: [1],
			bankCode: undefined,
			metadata: null,
			returnUrl: undefined,
			callbackUrl: undefined,
			createdAt: now,
			expiresAt: Number.POSITIVE_INFINITY,
			verifiesIdentity: identityIn(values) !== undefined,
			isCancelled: false,
			attempts: [],
		},
		next: [],
		log: [],
	};
}
