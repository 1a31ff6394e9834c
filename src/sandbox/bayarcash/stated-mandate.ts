import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Box } from '../provider.ts';
import { readLocalTime } from './local-time.ts';
import {
	type Application,
	type ApplicationType,
	type Deduction,
	type Mandate,
	type MandateOrder,
	mandateKind,
} from './mandate.ts';
import { usualPortalKey } from './portal.ts';

type Said = (name: string) => string | undefined;

/** Message → what it makes of the mandate. */
const changes: Readonly<Record<string, (mandate: Mandate, said: Said, now: number) => Mandate>> = {
	'dd-authorization': authorised,
	'dd-bank-approval': approved,
	'dd-transaction': collected,
};

/** A mandate that is told of becomes one that can be asked for. */
export function mandateStated(message: string, values: ValueObject, box: Box): void {
	const change = changes[message];
	const said: Said = (name) => textIn(values, name);
	const id = said('mandate_id');
	if (change === undefined || id === undefined) return;
	const known = box.order<Mandate>(id);
	const order = known?.kind === mandateKind ? known : unknown(id, said, box.now());
	const data = change(order.data, said, box.now());
	box.save({ ...order, data: { ...data, updatedAt: box.now() } });
}

/** What no callback has told stays empty. */
const unknown = (id: string, said: Said, now: number): MandateOrder => ({
	id,
	provider: 'bayarcash',
	kind: mandateKind,
	reference: said('order_number') ?? '',
	data: {
		api: 'v3',
		portalKey: usualPortalKey,
		payer: { name: '', id: '', idType: '', bankCode: '', account: '' },
		mandateNumber: '',
		urls: {
			return_url: undefined,
			success_url: undefined,
			failed_url: undefined,
			maintenance_url: undefined,
			termination_url: undefined,
		},
		metadata: null,
		effectiveDate: '',
		expiryDate: null,
		updatedAt: now,
		isInactive: false,
		applications: [],
		deductions: [],
	},
	next: [],
	log: [],
});

function authorised(mandate: Mandate, said: Said, now: number): Mandate {
	const { payer } = mandate;
	const isGiven = said('status') === '3';
	const email = said('payer_email');
	return {
		...withApplication(mandate, said, now, (one) => ({
			...one,
			id: said('transaction_id') ?? one.id,
			reference: said('exchange_reference_number') ?? one.reference,
			createdAt: readLocalTime(said('datetime') ?? '') ?? one.createdAt,
			terms: { ...one.terms, email: email ?? one.terms.email },
			authorised: one.authorised?.isGiven
				? one.authorised
				: { isGiven, railId: said('exchange_transaction_id') ?? '', at: now },
		})),
		payer: { ...payer, name: said('payer_name') ?? payer.name },
	};
}

/** Who approves it knows that the payer has authorised it, whether that was told or not. */
function approved(mandate: Mandate, said: Said, now: number): Mandate {
	const { payer } = mandate;
	const isGiven = said('approval_status') === '5';
	return {
		...withApplication(mandate, said, now, (one) => ({
			...one,
			authorised: one.authorised ?? { isGiven: true, railId: '', at: now },
			approved: one.approved?.isGiven ? one.approved : { isGiven, at: now },
		})),
		mandateNumber: said('mandate_reference_number') ?? mandate.mandateNumber,
		payer: {
			...payer,
			bankCode: said('payer_bank_code') ?? payer.bankCode,
			account: said('payer_bank_account_no') ?? payer.account,
		},
	};
}

function collected(mandate: Mandate, said: Said, now: number): Mandate {
	const id = said('transaction_id') ?? '';
	const before = mandate.deductions.find((one) => one.id === id);
	const deduction: Deduction = {
		id,
		cycle: Number(said('cycle') ?? 0),
		at: readLocalTime(said('datetime') ?? '') ?? now,
		amount: said('amount') ?? '',
		isPaid: said('status') === '3',
		reference: said('reference_number') ?? '',
		railId: '',
	};
	const others = mandate.deductions.filter((one) => one !== before);
	return {
		...withApplication(mandate, () => '01', now, granted(now)),
		mandateNumber: said('mandate_reference_number') ?? mandate.mandateNumber,
		deductions: [...others, before?.isPaid === true ? before : deduction],
	};
}

/** Nobody collects, or changes, what was never granted. */
const granted =
	(now: number) =>
	(one: Application): Application => ({
		...one,
		authorised: one.authorised ?? { isGiven: true, railId: '', at: now },
		approved: one.approved ?? { isGiven: true, at: now },
	});

/** The application that is spoken of, changed; a later one makes an enrolment that was granted. */
function withApplication(
	mandate: Mandate,
	said: Said,
	now: number,
	change: (one: Application) => Application,
): Mandate {
	const type = (said('application_type') ?? '01') as ApplicationType;
	const { applications: before } = mandate;
	const isFirst = before.length === 0 && type !== '01';
	const known = isFirst ? [granted(now)(empty('01', now))] : before;
	const at = known.findLastIndex((one) => one.type === type);
	const applications =
		at === -1
			? [...known, change(empty(type, now))]
			: known.map((one, index) => (index === at ? change(one) : one));
	return { ...mandate, applications };
}

const empty = (type: ApplicationType, now: number): Application => ({
	id: '',
	type,
	createdAt: now,
	reference: '',
	terms: { amount: '', email: '', phone: '', frequency: '', reason: '' },
});
