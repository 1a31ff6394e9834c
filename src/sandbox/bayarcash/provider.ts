import type { Order } from '../order.ts';
import type { SandboxProvider } from '../provider.ts';
import { createIntent } from './create-intent.ts';
import { factLines, facts } from './facts.ts';
import { type Intent, kind, openAttempt, outcomes, stateOf } from './intent.ts';
import { cancelIntent, getIntent, makeIntentQr } from './intent-endpoints.ts';
import { begin, decide, payAlone, twoDecimals } from './life.ts';
import { actOnPayPage, showPayPage } from './pay-page.ts';
import { payPage } from './shapes.ts';
import { createPortal, listBanks, listDobwBanks, listPortals, up } from './table-endpoints.ts';
import { getTransaction, listTransactions, qrStatus } from './transaction-endpoints.ts';

const intentOf = (order: Order) => order as Order<Intent>;

export const bayarcash: SandboxProvider = {
	id: 'bayarcash',
	endpoints: [
		createIntent,
		getIntent,
		cancelIntent,
		makeIntentQr,
		getTransaction,
		listTransactions,
		qrStatus,
		listBanks,
		listDobwBanks,
		listPortals,
		createPortal,
		up,
		showPayPage,
		actOnPayPage,
	],
	wrongAddresses: facts.wrongAddresses,
	variants: facts.variants,
	facts: factLines,
	sources: facts.sources,
	describe(order, box) {
		const { data } = intentOf(order);
		const state = facts.states.intent.words[stateOf(data, box.now())];
		return {
			state,
			amount: twoDecimals(data.amount),
			currency: 'MYR',
			outcomes: stateOf(data, box.now()) === 'waiting' ? [...Object.keys(outcomes), 'never'] : [],
			page: payPage(order.id, box),
		};
	},
	async settle(given, outcome, box) {
		const order = intentOf(given);
		const isOpen = openAttempt(order.data) !== undefined || outcome === 'never';
		const at = isOpen ? order : await begin(order, order.data.channels[0] ?? 1, box);
		const { told } = await decide(at, { outcome }, box);
		if (box.settings.delay === 0) await box.moment(told);
	},
	async due(order, action, outcome, box) {
		if (order.kind === kind && action === 'settle') await payAlone(intentOf(order), outcome, box);
	},
};
