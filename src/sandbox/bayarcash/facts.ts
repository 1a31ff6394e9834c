import provider from '../../../fixtures/bayarcash/provider.json' with { type: 'json' };
import banks from '../../../fixtures/bayarcash/sandbox/banks.json' with { type: 'json' };
import channels from '../../../fixtures/bayarcash/sandbox/channels.json' with { type: 'json' };
import errors from '../../../fixtures/bayarcash/sandbox/errors.json' with { type: 'json' };
import rules from '../../../fixtures/bayarcash/sandbox/rules.json' with { type: 'json' };
import sources from '../../../fixtures/bayarcash/sandbox/sources.json' with { type: 'json' };
import states from '../../../fixtures/bayarcash/sandbox/states.json' with { type: 'json' };
import variants from '../../../fixtures/bayarcash/sandbox/variants.json' with { type: 'json' };
import wrongAddresses from '../../../fixtures/bayarcash/sandbox/wrong-addresses.json' with {
	type: 'json',
};
import type { Fact } from '../provider.ts';

/** What is known of Bayarcash's API, as the files beside its fixtures say it. */
export const facts = { banks, channels, errors, rules, sources, states, variants, wrongAddresses };

/** What the key is where nobody named his own. */
export const simulatorKey = provider.credentials.secret_key.simulator;

export interface Channel {
	readonly id: number;
	readonly name: string;
	readonly code: string;
}

export const channelOf = (id: number): Channel | undefined =>
	channels.channels.find((channel) => channel.id === id);

export interface Bank {
	readonly code: string;
	readonly name: string;
	readonly outcome?: string;
}

export const bankOf = (code: string): Bank | undefined =>
	banks.fpx.find((bank: Bank) => bank.code === code);

/** The same as lines of `--list`. */
export const factLines: readonly Fact[] = [
	...rules.outcomes.map(
		({ when, then, claim }): Fact => ({ kind: 'outcome', says: `${when}: ${then}`, claim }),
	),
	...rules.behaviour.map(({ says, claim }): Fact => ({ kind: 'rule', says, claim })),
	...Object.entries(errors).map(
		([name, { status, claim }]): Fact => ({ kind: 'answer', says: `${name}: ${status}`, claim }),
	),
	{ kind: 'table', says: 'payment channels', claim: channels.claim },
	{ kind: 'table', says: 'codes of payment channels', claim: channels.codes },
	{ kind: 'table', says: 'banks', claim: banks.claim },
	{ kind: 'table', says: 'test banks', claim: banks.test },
	{ kind: 'table', says: 'amounts', claim: rules.amount.claim },
	...Object.entries(states).map(
		([name, { claim }]): Fact => ({ kind: 'table', says: `words: ${name}`, claim }),
	),
];
