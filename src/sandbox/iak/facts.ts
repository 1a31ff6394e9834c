import bills from '../../../fixtures/iak/sandbox/bills.json' with { type: 'json' };
import codes from '../../../fixtures/iak/sandbox/codes.json' with { type: 'json' };
import inquiries from '../../../fixtures/iak/sandbox/inquiries.json' with { type: 'json' };
import products from '../../../fixtures/iak/sandbox/products.json' with { type: 'json' };
import rules from '../../../fixtures/iak/sandbox/rules.json' with { type: 'json' };
import sources from '../../../fixtures/iak/sandbox/sources.json' with { type: 'json' };
import variants from '../../../fixtures/iak/sandbox/variants.json' with { type: 'json' };
import wrongAddresses from '../../../fixtures/iak/sandbox/wrong-addresses.json' with {
	type: 'json',
};
import { own } from '../../model/own.ts';
import type { Fact, FactClaim } from '../provider.ts';

/** What is known of IAK's API, as the files beside its fixtures say it. */
export const facts = { bills, inquiries, products, rules, sources, variants, wrongAddresses };

export type Side = 'prepaid' | 'postpaid';

const texts: Readonly<Record<Side, Readonly<Record<string, string | FactClaim>>>> = {
	...codes,
};

/** What IAK writes beside a code; undefined where there is none. */
export function codeText(side: Side, code: string): string | undefined {
	const text = own(texts[side], code);
	return typeof text === 'string' ? text : undefined;
}

/** The same as lines of `--list`. */
export const factLines: readonly Fact[] = [
	...rules.outcomes.map(
		({ when, then, claim }): Fact => ({ kind: 'outcome', says: `${when}: ${then}`, claim }),
	),
	...rules.behaviour.map(({ says, claim }): Fact => ({ kind: 'rule', says, claim })),
	{ kind: 'table', says: 'response codes, prepaid', claim: codes.prepaid.claim },
	{ kind: 'table', says: 'response codes, postpaid', claim: codes.postpaid.claim },
	{ kind: 'table', says: 'prepaid products with their prices', claim: products.claim },
	{ kind: 'table', says: 'postpaid products with their bills', claim: bills.claim },
	...bills.digits.rows.map(
		({ digit, stage, code, says }): Fact => ({
			kind: 'outcome',
			says: `postpaid, a number that ends in ${digit}: ${says} at the ${stage}, ${code}`,
			claim: bills.digits.claim,
		}),
	),
	{ kind: 'table', says: 'inputs of inquiries', claim: inquiries.claim },
	{ kind: 'table', says: 'games with servers', claim: inquiries.servers.claim },
	{ kind: 'table', says: 'games and their formats', claim: inquiries.formats.claim },
	{ kind: 'table', says: 'serials of each kind of product', claim: products.serials },
	{ kind: 'table', says: 'prefixes of operators', claim: products.prefixes.claim },
	{
		kind: 'table',
		says: `pulsa5000 … pulsa1000000: the operator is that of the number`,
		claim: products.autoDetect.claim,
	},
];
