import { base62 } from '../../compose/random-text.ts';
import type { Random } from '../../model/clock.ts';
import type { Value } from '../../model/value.ts';
import type { Order } from '../order.ts';
import { Refusal } from '../provider.ts';
import { railNumber, referenceNumber } from './local-time.ts';

export interface Mandate {
	readonly api: 'v2' | 'v3';
	readonly portalKey: string;
	readonly payer: {
		readonly name: string;
		readonly id: string;
		readonly idType: string;
		readonly bankCode: string;
		/** Undefined: made up of the id. */
		readonly account?: string | undefined;
	};
	/** `E-20241719482236` */
	readonly mandateNumber: string;
	readonly urls: Readonly<Record<UrlName, string | undefined>>;
	readonly metadata: Value;
	readonly effectiveDate: string;
	readonly expiryDate: string | null;
	readonly updatedAt: number;
	readonly isInactive: boolean;
	/** Oldest first; the first is the enrolment. */
	readonly applications: readonly Application[];
	readonly deductions: readonly Deduction[];
}

export type UrlName =
	| 'return_url'
	| 'success_url'
	| 'failed_url'
	| 'maintenance_url'
	| 'termination_url';

/** What a maintenance may change. */
export interface Terms {
	readonly amount: string;
	readonly email: string;
	readonly phone: string;
	readonly frequency: string;
	readonly reason: string;
}

export type ApplicationType = '01' | '02' | '03';

export interface Application {
	/** Of the transaction that verifies the account. */
	readonly id: string;
	readonly type: ApplicationType;
	readonly createdAt: number;
	readonly reference: string;
	readonly terms: Terms;
	/** What the payer did at the bank. */
	readonly authorised?: { readonly isGiven: boolean; readonly railId: string; readonly at: number };
	/** What the bank decided afterwards. */
	readonly approved?: { readonly isGiven: boolean; readonly at: number };
}

export interface Deduction {
	readonly id: string;
	readonly cycle: number;
	readonly at: number;
	readonly amount: string;
	readonly isPaid: boolean;
	readonly reference: string;
	readonly railId: string;
}

export type MandateOrder = Order<Mandate>;
export const mandateKind = 'mandate';

const isDone = ({ approved, authorised }: Application): boolean =>
	approved?.isGiven === true && authorised?.isGiven === true;

/** 0 New, 1 Waiting Approval, 2 Bank Verification Failed, 3 Active, 4 Terminated, 6, 10. */
export function mandateStatus({ applications, isInactive }: Mandate): number {
	if (applications.some((one) => one.type === '03' && isDone(one))) return 4;
	const [enrolment] = applications;
	if (enrolment?.authorised === undefined) return 0;
	if (!enrolment.authorised.isGiven) return 2;
	if (enrolment.approved === undefined) return 1;
	if (!enrolment.approved.isGiven) return 6;
	return isInactive ? 10 : 3;
}

/** Those of the enrolment, as approved maintenances have changed them. */
export function termsOf({ applications }: Mandate): Terms {
	const inForce = applications.filter((one, at) => at === 0 || (one.type === '02' && isDone(one)));
	return (inForce.at(-1) as Application).terms;
}

/** The one that the payer, or the bank, has still to decide. */
export const openApplication = ({ applications }: Mandate): Application | undefined =>
	applications.find(
		({ authorised, approved }) =>
			authorised === undefined || (authorised.isGiven && approved === undefined),
	);

export const newApplication = (
	type: ApplicationType,
	terms: Terms,
	now: number,
	random: Random,
): Application => ({
	id: `trx_${base62(6, random)}`,
	type,
	createdAt: now,
	reference: referenceNumber(now, random),
	terms,
});

function changed(mandate: Mandate, open: Application, now: number, more: Partial<Application>) {
	const applications = mandate.applications.map((one) =>
		one === open ? { ...one, ...more } : one,
	);
	return { ...mandate, applications, updatedAt: now };
}

/** @throws Refusal */
export function authorised(
	mandate: Mandate,
	isGiven: boolean,
	now: number,
	random: Random,
): Mandate {
	const open = openApplication(mandate);
	if (open === undefined || open.authorised !== undefined)
		throw new Refusal('nothing waits for the payer to authorise it');
	const railId = railNumber(now, random);
	return changed(mandate, open, now, { authorised: { isGiven, railId, at: now } });
}

/** @throws Refusal */
export function approved(mandate: Mandate, isGiven: boolean, now: number): Mandate {
	const open = openApplication(mandate);
	if (open?.authorised === undefined) throw new Refusal('nothing waits for the bank to approve it');
	return changed(mandate, open, now, { approved: { isGiven, at: now } });
}

/** @throws Refusal where the mandate is not active */
export function deducted(mandate: Mandate, isPaid: boolean, now: number, random: Random): Mandate {
	if (mandateStatus(mandate) !== 3)
		throw new Refusal('the mandate is not active: nothing is collected');
	const deduction: Deduction = {
		id: `trx_${base62(6, random)}`,
		cycle: mandate.deductions.length + 1,
		at: now,
		amount: termsOf(mandate).amount,
		isPaid,
		reference: referenceNumber(now, random),
		railId: railNumber(now, random),
	};
	return { ...mandate, deductions: [...mandate.deductions, deduction] };
}

/** What can be decided now. */
export function mandateOutcomes(mandate: Mandate): string[] {
	const open = openApplication(mandate);
	const ofOpen = open?.authorised === undefined ? ['success', 'failed'] : ['approved', 'rejected'];
	const decisions = open === undefined ? [] : ofOpen;
	return mandateStatus(mandate) === 3 ? [...decisions, 'deduct', 'deduct-failed'] : decisions;
}
