import { digits } from '../../compose/random-text.ts';
import type { ValueObject } from '../../model/value.ts';
import { type Box, type CallbackSaid, UnknownOutcome } from '../provider.ts';
import { bankOf, facts } from './facts.ts';
import { wordOf } from './intent.ts';
import { twoDecimals } from './life.ts';
import { localDate, localTime } from './local-time.ts';
import {
	type Application,
	approved,
	authorised,
	type Deduction,
	deducted,
	type MandateOrder,
	openApplication,
	termsOf,
} from './mandate.ts';

export const applications = {
	'01': 'enrolment',
	'02': 'maintenance',
	'03': 'termination',
} as const;

/** Decides what waits, or collects; the bank's part follows by itself. @throws Refusal */
export async function decideMandate(
	order: MandateOrder,
	outcome: string,
	box: Box,
	after?: number,
): Promise<{ order: MandateOrder; told: Promise<void> }> {
	const { data } = order;
	const now = box.now();
	switch (outcome) {
		case 'success':
		case 'failed': {
			const isGiven = outcome === 'success';
			const next = isGiven ? [planned(order, now, 'approved')] : [];
			return told(
				{ ...order, next, data: authorised(data, isGiven, now, box.random) },
				'authorised',
				authorization,
				box,
				after,
			);
		}
		case 'approved':
		case 'rejected': {
			const isFirst = openApplication(data)?.type === '01' && outcome === 'approved';
			const next = isFirst ? [planned(order, now, 'deduct')] : [];
			return told(
				{ ...order, next, data: approved(data, outcome === 'approved', now) },
				outcome,
				approval,
				box,
				after,
			);
		}
		case 'deduct':
		case 'deduct-failed':
			return told(
				{ ...order, data: deducted(data, outcome === 'deduct', now, box.random) },
				'collected',
				collection,
				box,
				after,
			);
		case 'never':
			return { order: box.save({ ...order, next: [] }), told: Promise.resolve() };
		default:
			throw new UnknownOutcome();
	}
}

const planned = ({ id }: MandateOrder, now: number, outcome: string) => ({
	id: `${id} ${outcome} ${now}`,
	at: now + facts.rules.bankMs,
	action: 'bank',
	with: outcome,
});

function told(
	changed: MandateOrder,
	text: string,
	message: (order: MandateOrder, box: Box) => Omit<CallbackSaid, 'to' | 'after'>,
	box: Box,
	after: number | undefined,
): { order: MandateOrder; told: Promise<void> } {
	const order = box.save(changed, { what: 'state', text });
	const to = mandateCallbackUrl(order, box);
	const sent =
		to === undefined
			? Promise.resolve()
			: box.callback(order, { ...message(order, box), to, after });
	return { order, told: sent };
}

export const mandateCallbackUrl = ({ data }: MandateOrder, { settings }: Box): string | undefined =>
	data.urls.return_url ?? settings.callbackTo;

/** The application that was decided last. */
const lastOf = ({ data }: MandateOrder, key: 'authorised' | 'approved'): Application =>
	data.applications.filter((one) => one[key] !== undefined).at(-1) as Application;

function authorization(order: MandateOrder): Omit<CallbackSaid, 'to'> {
	const application = lastOf(order, 'authorised');
	const isGiven = application.authorised?.isGiven === true;
	return {
		event: `bayarcash/dd-authorization-${isGiven ? 'success' : 'failed'}`,
		options: [applications[application.type]],
		set: {
			mandate_id: order.id,
			application_type: application.type,
			...verification(order, application),
		},
	};
}

/** The ringgit that verifies the account: what the callback and the browser both carry. */
function verification({ reference, data }: MandateOrder, application: Application): ValueObject {
	const status = application.authorised?.isGiven === true ? 3 : 2;
	return {
		transaction_id: application.id,
		exchange_reference_number: application.reference,
		exchange_transaction_id: application.authorised?.railId ?? null,
		order_number: reference,
		currency: 'MYR',
		amount: '1.00',
		payer_name: data.payer.name,
		payer_email: application.terms.email,
		payer_bank_name: bankOf(data.payer.bankCode)?.name ?? null,
		status: String(status),
		status_description: wordOf(status),
		datetime: localTime(application.createdAt),
	};
}

function approval(order: MandateOrder): Omit<CallbackSaid, 'to'> {
	const application = lastOf(order, 'approved');
	const { isGiven = false, at = 0 } = application.approved ?? {};
	return {
		event: `bayarcash/dd-bank-approval-${isGiven ? 'approved' : 'rejected'}`,
		options: [applications[application.type]],
		set: {
			approval_date: localDate(at),
			approval_status: isGiven ? '5' : '6',
			mandate_id: order.id,
			mandate_reference_number: order.data.mandateNumber,
			order_number: order.reference,
			payer_bank_code: order.data.payer.bankCode,
			payer_bank_account_no: accountOf(order),
			application_type: application.type,
		},
	};
}

function collection(order: MandateOrder, box: Box): Omit<CallbackSaid, 'to'> {
	const deduction = order.data.deductions.at(-1) as Deduction;
	const status = deduction.isPaid ? 3 : 2;
	return {
		event: `bayarcash/dd-transaction-${deduction.isPaid ? 'success' : 'failed'}`,
		set: {
			batch_number: `B${localDate(deduction.at).replaceAll('-', '')}${digits(3, box.random)}`,
			mandate_id: order.id,
			mandate_reference_number: order.data.mandateNumber,
			transaction_id: deduction.id,
			datetime: localTime(deduction.at),
			reference_number: `${order.reference}-${deduction.cycle}`,
			amount: Number(deduction.amount),
			status: String(status),
			status_description: wordOf(status),
			cycle: deduction.cycle,
		},
	};
}

/** An account of nobody's, the same for the same payer. */
export const accountOf = ({ data }: MandateOrder): string =>
	data.payer.account ?? `1602${data.payer.id.replace(/\D/g, '').slice(-9).padStart(9, '0')}`;

/** The browser's return after the bank, in the shape of a v2 receipt. */
export function mandateReceipt(order: MandateOrder, box: Box): CallbackSaid | undefined {
	const application = lastOf(order, 'authorised');
	const isGiven = application.authorised?.isGiven === true;
	const { urls } = order.data;
	const own = {
		'01': isGiven ? urls.success_url : urls.failed_url,
		'02': urls.maintenance_url,
		'03': urls.termination_url,
	}[application.type];
	const to = own ?? box.settings.returnTo;
	if (to === undefined) return undefined;
	const set = verification(order, application);
	return { event: `bayarcash/receipt-${isGiven ? 'success' : 'failed'}`, set, to, options: ['v2'] };
}

export const amountText = (order: MandateOrder): string => twoDecimals(termsOf(order.data).amount);
