import { exactNumber } from '../../model/read-json.ts';
import type { ValueObject } from '../../model/value.ts';
import type { Box, Call, Endpoint, Reply } from '../provider.ts';
import { json, ok, refused } from './answers.ts';
import { banks, countries, facts, type Payer, payerOf } from './facts.ts';
import { unauthorized } from './login.ts';
import { paged } from './paged.ts';

function payerShape(payer: Payer): ValueObject {
	return {
		id: payer.id,
		name: payer.name,
		full_name: payer.fullName,
		precision: '2',
		country_iso_code: payer.country,
		currency: payer.currency,
		minimum_amount: exactNumber(payer.least),
		maximum_amount: exactNumber(payer.most),
	};
}

const bankShape = (payer: Payer): ValueObject => ({
	...payerShape(payer),
	alias: payer.name,
	required_sender_fields: facts.payers.required.sender,
	required_beneficiary_fields: facts.payers.required.beneficiary,
});

export const listBanks: Endpoint = {
	title: 'payers: the banks of Indonesia',
	method: 'GET',
	paths: ['/api/v1/payers'],
	claim: ['documented', 'local', 'whether it is paged is not said: here it is whole'],
	answer: (call, box) => unauthorized(call, box) ?? ok(banks.map(bankShape)),
};

export const listCountries: Endpoint = {
	title: 'payers: the countries that money can go to',
	method: 'GET',
	paths: ['/api/v1/payers/cbse'],
	claim: ['documented', 'international'],
	answer(call, box) {
		const { items, page, headers } = paged(countries, call, { usual: 50, most: 10_000 });
		return (
			unauthorized(call, box) ??
			json(200, { status: 200, ...page, data: items.map(payerShape) }, headers)
		);
	},
};

export const getPayer: Endpoint = {
	title: 'one payer',
	method: 'GET',
	paths: ['/api/v1/payers/:id'],
	claim: ['documented', 'local'],
	answer: (call, box) =>
		withPayer(call, box, (payer) => (payer.isCountry ? payerShape(payer) : bankShape(payer))),
};

export const listBanksOfCountry: Endpoint = {
	title: 'the banks of a country',
	method: 'GET',
	paths: ['/api/v1/payers/:id/banks'],
	claim: ['documented', 'international', 'the one of the sample, for every country'],
	answer: (call, box) =>
		withPayer(call, box, ({ country, currency }) => [
			{
				id: 1086,
				name: `All Banks ${country} / ${currency} / Payment System: SEPA`,
				country_iso_3: country,
				additional_required_fields: '',
			},
		]),
};

export const requiredFields: Endpoint = {
	title: 'the fields that a country requires',
	method: 'GET',
	paths: ['/api/v1/payers/:id/attribute'],
	claim: ['documented', 'international', 'those of the sample, for every country'],
	answer: (call, box) =>
		withPayer(call, box, ({ id, currency }) => ({
			id,
			currency,
			attr: facts.payers.countries.attr,
		})),
};

function withPayer(
	call: Call,
	box: Box,
	answer: (payer: Payer) => ValueObject | readonly ValueObject[],
): Reply {
	const closed = unauthorized(call, box);
	if (closed !== undefined) return closed;
	const payer = payerOf(call.params['id'] ?? '');
	if (payer !== undefined) return ok(answer(payer));
	call.note(`there is no payer ${call.params['id']}`);
	return refused('not-found');
}
