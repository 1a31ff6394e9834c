import type { Box } from '../provider.ts';
import { channelOf, facts } from './facts.ts';
import { identityOf } from './identity.ts';
import { type Attempt, type Intent, type IntentOrder, stateOf, wordOf } from './intent.ts';
import { twoDecimals } from './life.ts';
import { localTime } from './local-time.ts';
import { numberOf } from './number-of.ts';
import { ownerOf } from './portal.ts';

export const payPage = (id: string, { url }: Box): string => `${url}/payment-intent/${id}`;

/** What creating answers: v2 has no id. */
export function createdShape({ id, reference, data }: IntentOrder, box: Box) {
	return {
		...(data.api === 'v3' && { type: 'payment_intent', id }),
		payer_name: data.payer.name,
		payer_email: data.payer.email,
		payer_telephone_number: data.payer.phone,
		order_number: reference,
		amount: twoDecimals(data.amount),
		url: payPage(id, box),
	};
}

const stateWord = (data: Intent): string => facts.states.intent.words[stateOf(data)];

const gatewayOf = (channel: number) => {
	const { name = '', code = '' } = channelOf(channel) ?? {};
	return { name, code };
};

const payerOf = ({ payer }: Intent, { said }: Pick<Attempt, 'said'> = {}) => ({
	payer_name: said?.payerName ?? payer.name,
	payer_email: said?.payerEmail ?? payer.email,
	payer_telephone_number: payer.phone,
});

/** The intent itself; its attempts begin with the newest. */
export function intentShape({ id, reference, data }: IntentOrder) {
	const newest = data.attempts.at(-1);
	const paid = data.attempts.find(({ status }) => status === 3);
	const payer = payerOf(data);
	const amount = twoDecimals(data.amount);
	return {
		type: 'payment_intent',
		id,
		status: stateWord(data),
		last_attempt: newest === undefined ? null : localTime(newest.createdAt),
		paid_at: paid === undefined ? '' : localTime(paid.updatedAt),
		order_number: reference,
		amount,
		currency: 'MYR',
		...payer,
		...(data.attempts.length === 0 && { payment_gateway: {} }),
		attempts: data.attempts.toReversed().map((attempt) => ({
			transaction_id: attempt.id,
			created_at: localTime(attempt.createdAt),
			...payerOf(data, attempt),
			order_number: reference,
			currency: attempt.said?.currency ?? 'MYR',
			amount: attempt.said?.amount ?? amount,
			exchange_reference_number: attempt.reference,
			exchange_transaction_id: attempt.railId,
			payer_bank_name: attempt.bankName,
			status: attempt.status,
			status_description: attempt.said?.statusWord ?? wordOf(attempt.status),
			payment_gateway: { id: attempt.channel, ...gatewayOf(attempt.channel) },
		})),
	};
}

/** One flat transaction; its amount is a number here. */
export function transactionShape({ reference, data }: IntentOrder, attempt: Attempt, box: Box) {
	return {
		id: attempt.id,
		updated_at: localTime(attempt.updatedAt),
		datetime: localTime(attempt.createdAt),
		order_number: reference,
		...payerOf(data, attempt),
		currency: attempt.said?.currency ?? 'MYR',
		amount: numberOf(attempt.said?.amount ?? data.amount),
		exchange_reference_number: attempt.reference,
		exchange_transaction_id: attempt.railId,
		payer_bank_name: attempt.bankName,
		status: attempt.status,
		status_description: attempt.said?.statusWord ?? wordOf(attempt.status),
		return_url: data.returnUrl ?? null,
		metadata: data.metadata,
		payout: { reference_number: null },
		payment_gateway: gatewayOf(attempt.channel),
		...ownerOf(data.portalKey, box),
		...(data.verifiesIdentity && identityOf(attempt)),
	};
}
