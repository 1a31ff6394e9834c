import provider from '../../../fixtures/transfez/provider.json' with { type: 'json' };
import accounts from '../../../fixtures/transfez/sandbox/accounts.json' with { type: 'json' };
import enumerations from '../../../fixtures/transfez/sandbox/enumerations.json' with {
	type: 'json',
};
import errors from '../../../fixtures/transfez/sandbox/errors.json' with { type: 'json' };
import payers from '../../../fixtures/transfez/sandbox/payers.json' with { type: 'json' };
import rates from '../../../fixtures/transfez/sandbox/rates.json' with { type: 'json' };
import rules from '../../../fixtures/transfez/sandbox/rules.json' with { type: 'json' };
import sources from '../../../fixtures/transfez/sandbox/sources.json' with { type: 'json' };
import states from '../../../fixtures/transfez/sandbox/states.json' with { type: 'json' };
import texts from '../../../fixtures/transfez/sandbox/texts.json' with { type: 'json' };
import variants from '../../../fixtures/transfez/sandbox/variants.json' with { type: 'json' };
import wrongAddresses from '../../../fixtures/transfez/sandbox/wrong-addresses.json' with {
	type: 'json',
};
import { own } from '../../model/own.ts';
import type { Fact } from '../provider.ts';

/** What is known of Transfez' API, as the files beside its fixtures say it. */
export const facts = {
	accounts,
	enumerations,
	errors,
	payers,
	rates,
	rules,
	sources,
	states,
	texts,
	variants,
	wrongAddresses,
};

export type TextName = keyof typeof texts;

/** What the key is where nobody named his own. */
export const simulatorKey = provider.credentials.api_key.simulator;

const codes: Readonly<Record<string, { sets: { error_message: string } }>> =
	provider.messages.transaction.codes.error_code;

/** Why a transfer was declined; undefined where the code is none. */
export const declineText = (code: string): string | undefined =>
	own(codes, code)?.sets.error_message;

/** Where a transfer goes: a bank in Indonesia, or a country. */
export interface Payer {
	readonly id: number;
	readonly name: string;
	readonly fullName: string | null;
	readonly country: string;
	readonly currency: string;
	readonly least: string;
	readonly most: string;
	/** Rupiah for one of its currency; undefined for the usual one. */
	readonly rate?: string | undefined;
	readonly isCountry: boolean;
}

export const banks: readonly Payer[] = payers.banks.map(({ id, name, full_name }) => ({
	id,
	name,
	fullName: full_name,
	country: 'IDN',
	currency: 'IDR',
	least: payers.limits.least,
	most: payers.limits.most,
	isCountry: false,
}));

export const countries: readonly Payer[] = payers.countries.list.map(
	({ id, name, country_iso_code, currency, rate }) => ({
		id,
		name,
		fullName: null,
		country: country_iso_code,
		currency,
		least: payers.countries.least,
		most: payers.countries.most,
		rate,
		isCountry: true,
	}),
);

const payersById = new Map([...banks, ...countries].map((payer) => [String(payer.id), payer]));

export const payerOf = (id: string): Payer | undefined => payersById.get(id);

/** Rupiah for one of a currency; undefined where no rate is known. */
export const rateOf = (currency: string): string | undefined => own<string>(rates.toIdr, currency);

/** The same as lines of `--list`. */
export const factLines: readonly Fact[] = [
	...rules.outcomes.map(
		({ when, then, claim }): Fact => ({ kind: 'outcome', says: `${when}: ${then}`, claim }),
	),
	...rules.behaviour.map(({ says, claim }): Fact => ({ kind: 'rule', says, claim })),
	...Object.entries(errors).map(
		([name, { status, claim }]): Fact => ({ kind: 'answer', says: `${name}: ${status}`, claim }),
	),
	...Object.values(texts).map(
		({ text, claim }): Fact => ({ kind: 'answer', says: `422: ${text}`, claim }),
	),
	{ kind: 'table', says: 'accounts of simulators', claim: accounts.claim },
	{ kind: 'table', says: 'older accounts of simulators', claim: accounts.older },
	{ kind: 'table', says: 'payers: banks', claim: payers.claim },
	{ kind: 'table', says: 'payers: countries', claim: payers.countries.claim },
	{ kind: 'table', says: 'least and most of a transfer', claim: payers.limits.claim },
	{ kind: 'table', says: 'required fields of a bank', claim: payers.required.claim },
	{ kind: 'table', says: 'rates', claim: rates.claim },
	{ kind: 'table', says: 'the rate of USD', claim: rates.assumed },
	{ kind: 'table', says: 'states and their numbers', claim: states.claim },
	{ kind: 'table', says: 'which state follows which', claim: states.order.claim },
	{ kind: 'table', says: 'enumerations', claim: enumerations.claim },
	{ kind: 'table', says: 'fees', claim: rules.fee.claim },
	{ kind: 'table', says: 'the balance at the start', claim: rules.deposit.claim },
	{ kind: 'table', says: 'ids of user and partner', claim: rules.people.claim },
];
