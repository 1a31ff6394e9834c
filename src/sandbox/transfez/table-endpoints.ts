import type { ValueObject } from '../../model/value.ts';
import type { Endpoint } from '../provider.ts';
import { json, ok, refused } from './answers.ts';
import { quotient } from './decimal.ts';
import { countries, facts, rateOf } from './facts.ts';
import { unauthorized } from './login.ts';

/** When the samples' tables were made. */
const since = '2020-04-09T12:13:39.818Z';
const times = { created_at: since, updated_at: since };

type Enumeration = Exclude<keyof typeof facts.enumerations, 'claim'>;

const enumeration = (name: Enumeration): Endpoint => ({
	title: name.replaceAll('_', ' '),
	method: 'GET',
	paths: [`/api/v1/${name}`],
	claim: ['documented', 'enumerations'],
	answer(call, box) {
		const { message, codes } = facts.enumerations[name];
		const rows = Object.entries(codes).map(
			([code, text], at): ValueObject => ({
				id: at + 1,
				name: text,
				description: null,
				code,
				...times,
			}),
		);
		return (
			unauthorized(call, box) ??
			json(200, { status: 200, data: { total: rows.length, [name]: rows }, message })
		);
	},
});

export const enumerations: readonly Endpoint[] = [
	enumeration('beneficiary_relationships'),
	enumeration('source_of_funds'),
	enumeration('purpose_of_remittances'),
];

export const getRate: Endpoint = {
	title: 'the rate between two currencies',
	method: 'GET',
	paths: ['/api/v1/rates/:source/:destination'],
	claim: ['documented', 'discovery', 'the table has rates, the sample obj_rate and rate: here all'],
	answer(call, box) {
		const closed = unauthorized(call, box);
		if (closed !== undefined) return closed;
		const [source = '', destination = ''] = [call.params['source'], call.params['destination']];
		const [from, to] = [rateOf(source), rateOf(destination)];
		if (from === undefined || to === undefined) {
			call.note(`there is no rate from ${source} to ${destination}`);
			return refused('not-found');
		}
		const rate = destination === 'IDR' ? from : quotient(from, to);
		const currencies = { destination_currency: destination, source_currency: source };
		const limits = {
			minimum_amount: '0.0',
			maximum_amount: null,
			minimum_amount_source: '0',
			maximum_amount_source: null,
		};
		const row = { id: 1, ...currencies, kurs: rate, ...limits, ...times };
		return ok({ ...currencies, rates: [row], obj_rate: row, rate });
	},
};

export const listServices: Endpoint = {
	title: 'services: a bare list',
	method: 'GET',
	paths: ['/api/v1/services'],
	claim: ['documented', 'discovery'],
	answer: (call, box) =>
		unauthorized(call, box) ?? json(200, [{ id: 1, name: 'BankAccount', is_active: true }]),
};

export const listCountryCodes: Endpoint = {
	title: 'countries: a bare list',
	method: 'GET',
	paths: ['/api/v1/countries'],
	claim: ['documented', 'discovery', 'those of the payers'],
	answer(call, box) {
		const all = new Map(
			[{ country: 'IDN', currency: 'IDR' }, ...countries].map((one) => [one.country, one.currency]),
		);
		const rows = [...all].map(([iso, currency]) => ({ iso, name: iso, iso_3: iso, currency }));
		return unauthorized(call, box) ?? json(200, rows);
	},
};
