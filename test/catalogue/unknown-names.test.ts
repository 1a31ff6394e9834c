import { expect, test } from 'vitest';
import { findEvent, findProvider } from '../../src/catalogue/catalogue.ts';
import { meantScenario } from '../../src/catalogue/unknown-scenario.ts';
import { Problem } from '../../src/model/problem.ts';
import { catalogue } from '../support/catalogue.ts';

function said(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		if (error instanceof Problem) return `${error.message} → ${error.hint}`;
		throw error;
	}
	throw new Error('it is known');
}

const paid = 'Did you mean "bayarcash/transaction-success"?';
const either = 'Did you mean "bayarcash/transaction-success" or "khoins/transaction-success"?';
const alone = (id: string) => `"${id}" is not an event: events are named <provider>/<event>`;

test.each([
	['x/transaction-success', `there is no provider "x" → ${either}`],
	[
		'x/nothing-like-it',
		'there is no provider "x" → Choose one of bayarcash, iak, khoins, transfez.',
	],
	['bayarkash/transaction-success', `there is no provider "bayarkash" → ${paid}`],
	['bayarkash/sucess', `there is no provider "bayarkash" → ${paid}`],
	[
		'bayarkash/xyz',
		'there is no provider "bayarkash" → Did you mean "bayarcash"? See: callsim list bayarcash',
	],
	['Bayarcash/Transaction-Success', `there is no provider "Bayarcash" → ${paid}`],
	['success-transaction/bayarcash', `there is no provider "success-transaction" → ${paid}`],
	['transaction-success/bayarkash', `there is no provider "transaction-success" → ${paid}`],
	['success/BAYARCASH', `there is no provider "success" → ${paid}`],
	['bayarcash/sucess', `bayarcash has no event "sucess" → ${paid}`],
	['bayarcash/transaction_success', `bayarcash has no event "transaction_success" → ${paid}`],
	['bayarcash/TRANSACTION-SUCCESS', `bayarcash has no event "TRANSACTION-SUCCESS" → ${paid}`],
	['bayarcash/success-transaction', `bayarcash has no event "success-transaction" → ${paid}`],
	['bayarcash/transaction-success/', `bayarcash has no event "transaction-success/" → ${paid}`],
	['bayarcash/xyz', 'bayarcash has no event "xyz" → See: callsim list bayarcash'],
	[
		'iak/transaction-success',
		'iak has no event "transaction-success" → Did you mean "iak/pulsa-success"?',
	],
	[
		'bayarcash/late-failur',
		'bayarcash has no event "late-failur" → A scenario is run: callsim run bayarcash/late-failure',
	],
	['transaction-success', `${alone('transaction-success')} → ${either}`],
	['transaction-sucess', `${alone('transaction-sucess')} → ${either}`],
	['bayarcash:transaction-success', `${alone('bayarcash:transaction-success')} → ${paid}`],
	['bayarcash-transaction-success', `${alone('bayarcash-transaction-success')} → ${paid}`],
	[
		'/bayarcash',
		`${alone('/bayarcash')} → Name an event of bayarcash, see: callsim list bayarcash`,
	],
	['BAYARCASH', `${alone('BAYARCASH')} → Name an event of bayarcash, see: callsim list bayarcash`],
	['bayarkash', `${alone('bayarkash')} → Name an event of bayarcash, see: callsim list bayarcash`],
	['payment', `${alone('payment')} → A scenario is run: callsim run bayarcash/payment`],
	['x', `${alone('x')} → See: callsim list`],
])('the event %s', (id, told) => {
	expect(said(() => findEvent(catalogue, id))).toBe(told);
});

const those = 'Choose one of bayarcash, iak, khoins, transfez.';
test.each([
	['bayarkash', 'Did you mean "bayarcash"?'],
	['BAYARCASH', 'Did you mean "bayarcash"?'],
	['iakk', 'Did you mean "iak"?'],
	['bayarcash/transaction-success', 'Did you mean "bayarcash"?'],
	['bayarkash/transaction-success', 'Did you mean "bayarcash"?'],
	['transaction-success/bayarcash', 'Did you mean "bayarcash"?'],
	['iak:pulsa-success', 'Did you mean "iak"?'],
	['transaction-success', those],
	['nobody', those],
])('the provider %s', (id, hint) => {
	expect(said(() => findProvider(catalogue, id))).toBe(`there is no provider "${id}" → ${hint}`);
});

test.each([
	['bayarcash/late-failur', 'Did you mean "bayarcash/late-failure"?'],
	['bayarcsh/late-failure', 'Did you mean "bayarcash/late-failure"?'],
	['late-failure/bayarcash', 'Did you mean "bayarcash/late-failure"?'],
	[
		'late-failur',
		'Did you mean "bayarcash/late-failure" or "iak/late-failure" or "khoins/late-failure"?',
	],
	['bayarkash', 'Did you mean "bayarcash"?'],
	['bayarcash/xyz', 'See: callsim list bayarcash'],
	['bayarcash/transaction-success', 'It is an event: callsim fire bayarcash/transaction-success'],
	['x/y', undefined],
	['x', undefined],
])('the scenario %s', (name, hint) => {
	expect(meantScenario(catalogue, name)).toBe(hint);
});
