import type { Box } from '../provider.ts';
import { facts } from './facts.ts';
import { wordOf } from './intent.ts';
import { localTime, utcTime } from './local-time.ts';
import {
	type Application,
	type Deduction,
	type MandateOrder,
	mandateStatus,
	termsOf,
} from './mandate.ts';
import { accountOf } from './mandate-life.ts';
import { numberOf } from './number-of.ts';
import { ownerOf } from './portal.ts';

const titles = { '01': 'Enrollment', '02': 'Maintenance', '03': 'Termination' } as const;

export const mandatePage = (application: string, { url }: Box): string =>
	`${url}/mandate-application/${application}`;

/** What the three applications answer: without the mandate's id. */
export function applicationShape(
	{ reference, data }: MandateOrder,
	application: Application,
	box: Box,
) {
	const { terms, type, id } = application;
	return {
		payer_name: data.payer.name,
		payer_id_type: Number(data.payer.idType),
		payer_id: data.payer.id,
		payer_email: terms.email,
		payer_telephone_number: terms.phone,
		order_number: reference,
		amount: Number(terms.amount),
		application_type: titles[type],
		application_reason: terms.reason,
		frequency_mode: terms.frequency,
		effective_date: data.effectiveDate,
		expiry_date: data.expiryDate,
		url: mandatePage(id, box),
	};
}

export const mandateWord = (status: number): string =>
	(facts.states.mandate.words as Record<string, string>)[String(status)] ?? String(status);

export function mandateShape(order: MandateOrder, box: Box, isListed = false) {
	const { id, reference, data } = order;
	const terms = termsOf(data);
	const status = mandateStatus(data);
	const account = accountOf(order);
	return {
		id,
		updated_at: utcTime(data.updatedAt),
		mandate_reference_number: data.mandateNumber,
		order_number: reference,
		application_reason: terms.reason,
		frequency_mode: terms.frequency,
		frequency_mode_label: (facts.states.frequency.words as Record<string, string>)[terms.frequency],
		effective_date: data.effectiveDate,
		expiry_date: data.expiryDate,
		currency: 'MYR',
		amount: numberOf(terms.amount),
		payer_name: data.payer.name,
		payer_id: data.payer.id,
		payer_id_type: data.payer.idType,
		payer_bank_account_number: isListed ? `*********${account.slice(-4)}` : account,
		payer_email: terms.email,
		payer_telephone_number: terms.phone,
		status,
		status_description: mandateWord(status),
		return_url: data.urls.return_url ?? null,
		metadata: data.metadata,
		...ownerOf(data.portalKey, box),
	};
}

/** A deduction is a transaction of another gateway, with its mandate in it. */
export function deductionShape(order: MandateOrder, deduction: Deduction, box: Box) {
	const { data, reference } = order;
	const terms = termsOf(data);
	const status = deduction.isPaid ? 3 : 2;
	return {
		id: deduction.id,
		updated_at: localTime(deduction.at),
		datetime: localTime(deduction.at),
		order_number: reference,
		payer_name: data.payer.name,
		payer_email: terms.email,
		payer_telephone_number: terms.phone,
		currency: 'MYR',
		amount: numberOf(deduction.amount),
		exchange_reference_number: deduction.reference,
		exchange_transaction_id: deduction.railId,
		payer_bank_name: null,
		status,
		status_description: wordOf(status),
		return_url: data.urls.return_url ?? null,
		metadata: data.metadata,
		payout: { ref_no: null },
		payment_gateway: { name: 'Direct Debit', code: 'FpxDirectDebit' },
		...ownerOf(data.portalKey, box),
		mandate: mandateShape(order, box),
	};
}
