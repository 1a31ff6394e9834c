import methods from '../../../fixtures/khoins/sandbox/methods.json' with { type: 'json' };
import products from '../../../fixtures/khoins/sandbox/products.json' with { type: 'json' };
import rules from '../../../fixtures/khoins/sandbox/rules.json' with { type: 'json' };
import sources from '../../../fixtures/khoins/sandbox/sources.json' with { type: 'json' };
import states from '../../../fixtures/khoins/sandbox/states.json' with { type: 'json' };
import texts from '../../../fixtures/khoins/sandbox/texts.json' with { type: 'json' };
import variants from '../../../fixtures/khoins/sandbox/variants.json' with { type: 'json' };
import wrongAddresses from '../../../fixtures/khoins/sandbox/wrong-addresses.json' with {
	type: 'json',
};
import failedEvent from '../../../fixtures/khoins/transaction-failed.json' with { type: 'json' };
import successEvent from '../../../fixtures/khoins/transaction-success.json' with { type: 'json' };
import type { Fact, FactClaim } from '../provider.ts';

/** What is known of KHOINS' API, as the files beside its fixtures say it. */
export const facts = { methods, products, rules, sources, states, texts, variants, wrongAddresses };

const answer = (name: string, text: string, claim: FactClaim): Fact => ({
	kind: 'answer',
	says: `${name}: ${text}`,
	claim,
});

const table = (says: string, claim: FactClaim): Fact => ({ kind: 'table', says, claim });

/** The same as lines of `--list`. */
export const factLines: readonly Fact[] = [
	...rules.outcomes.map(
		({ when, then, claim }): Fact => ({ kind: 'outcome', says: `${when}: ${then}`, claim }),
	),
	{ kind: 'rule', says: rules.withoutQuery.says, claim: rules.withoutQuery.claim },
	...rules.behaviour.map(({ says, claim }): Fact => ({ kind: 'rule', says, claim })),
	answer('success', successEvent.derive['message.message'], ['documented', 'request']),
	answer('failed', failedEvent.derive['message.message'], ['documented', 'request']),
	...Object.entries(texts).map(([name, { text, claim }]) => answer(name, text, claim)),
	table(`products: ${products.rows.map(({ code }) => code).join(', ')}`, products.claim),
	table(`products: ${products.ownRows.map(({ code }) => code).join(', ')}`, products.own),
	table(`INQ and PAY before the code of a bill or a free amount`, products.prefixes.claim),
	table(`methods: ${Object.keys(methods.callbackNames).join(', ')}`, methods.claim),
	table(
		`their names in callbacks: ${Object.values(methods.callbackNames).join(', ')}`,
		methods.callbackNamesClaim,
	),
	table('what a payment by gateway costs', methods.adminClaim),
	table('the member and the deposit to begin with', rules.member.claim),
	...Object.entries(states).map(([kind, { outcomes, claim }]) =>
		table(
			`states of a ${kind}: Pending, ${[...new Set(Object.values(outcomes))].join(', ')}`,
			claim,
		),
	),
];
