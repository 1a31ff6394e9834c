import type { Order, OrderFacts } from '../order.ts';
import { type Box, type SandboxProvider, UnknownOutcome } from '../provider.ts';
import { createIntent } from './create-intent.ts';
import { factLines, facts } from './facts.ts';
import { type IntentOrder, openAttempt, outcomes, outcomesOf, stateOf } from './intent.ts';
import { cancelIntent, getIntent, makeIntentQr } from './intent-endpoints.ts';
import { begin, callbackUrl, decide, expire, payAlone, twoDecimals } from './life.ts';
import {
	type MandateOrder,
	mandateKind,
	mandateOutcomes,
	mandateStatus,
	openApplication,
} from './mandate.ts';
import { mandateEndpoints } from './mandate-endpoints.ts';
import { amountText, decideMandate, mandateCallbackUrl } from './mandate-life.ts';
import { actOnMandatePage, showMandatePage } from './mandate-page.ts';
import { mandatePage, mandateWord } from './mandate-shapes.ts';
import {
	createManualTransfer,
	manualKind,
	manualTransfers,
	updateManualTransfer,
} from './manual-transfer.ts';
import { actOnPayPage, showPayPage } from './pay-page.ts';
import { portalEndpoints } from './portal-endpoints.ts';
import { payPage } from './shapes.ts';
import { stated } from './stated.ts';
import { listBanks, listDobwBanks, up } from './table-endpoints.ts';
import { getTransaction, listTransactions, qrStatus } from './transaction-endpoints.ts';

/** What there is to say of one kind of order, and to do with it. */
interface Kind {
	describe(order: never, box: Box): OrderFacts;
	settle(order: never, outcome: string, box: Box): Promise<void>;
	due(order: never, detail: string, box: Box): Promise<void>;
}

const intents: Kind = {
	describe(order: IntentOrder, box) {
		const { id, data } = order;
		const state = stateOf(data);
		return {
			state: facts.states.intent.words[state],
			amount: twoDecimals(data.amount),
			currency: 'MYR',
			outcomes: state === 'waiting' ? [...outcomesOf(data), 'never'] : [],
			page: payPage(id, box),
			callbackTo: callbackUrl(order, box) ?? null,
		};
	},
	async settle(order: IntentOrder, outcome, box) {
		// Before anything begins that nobody ends.
		if (!Object.hasOwn(outcomes, outcome) && outcome !== 'never') throw new UnknownOutcome();
		const isOpen = openAttempt(order.data) !== undefined || outcome === 'never';
		const at = isOpen ? order : await begin(order, order.data.channels[0] ?? 1, box);
		const { told } = await decide(at, { outcome }, box);
		if (box.settings.delay === 0) await box.moment(told);
	},
	due: (order: IntentOrder, detail, box) =>
		detail === 'expired' ? expire(order, box) : payAlone(order, detail, box),
};

const mandates: Kind = {
	describe(order: MandateOrder, box) {
		const open = openApplication(order.data);
		return {
			state: mandateWord(mandateStatus(order.data)).toLowerCase(),
			amount: amountText(order),
			currency: 'MYR',
			outcomes: mandateOutcomes(order.data),
			page: open && mandatePage(open.id, box),
			callbackTo: mandateCallbackUrl(order, box) ?? null,
		};
	},
	async settle(order: MandateOrder, outcome, box) {
		const { told } = await decideMandate(order, outcome, box);
		if (box.settings.delay === 0) await box.moment(told);
	},
	async due(order: MandateOrder, outcome, box) {
		await (await decideMandate(order, outcome, box, 0)).told;
	},
};

const kinds: Readonly<Record<string, Kind>> = {
	[mandateKind]: mandates,
	[manualKind]: manualTransfers,
};

const kindOf = ({ kind }: Order): Kind => kinds[kind] ?? intents;

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
		...portalEndpoints,
		createManualTransfer,
		updateManualTransfer,
		up,
		...mandateEndpoints,
		showPayPage,
		actOnPayPage,
		showMandatePage,
		actOnMandatePage,
	],
	wrongAddresses: facts.wrongAddresses,
	variants: facts.variants,
	facts: factLines,
	sources: facts.sources,
	describe: (order, box) => kindOf(order).describe(order as never, box),
	stated,
	settle: (order, outcome, box) => kindOf(order).settle(order as never, outcome, box),
	due: (order, _action, detail, box) => kindOf(order).due(order as never, detail, box),
};
