import type { Order } from '../order.ts';
import type { Box, SandboxProvider } from '../provider.ts';
import { balance } from './balance.ts';
import { buy } from './buy.ts';
import { openOutcomes, stateOf } from './deciding.ts';
import { factLines, facts } from './facts.ts';
import { listMethods, payByGateway } from './gateway.ts';
import { inquire } from './inquire.ts';
import { listProducts } from './list-products.ts';
import { deposit } from './member.ts';
import { pay } from './pay.ts';
import { ticket } from './ticket.ts';
import { decide as decideTopup, type TopupOrder } from './topup.ts';
import { type TransactionOrder, kind as transaction } from './transaction.ts';
import { decide as decideTransaction } from './transaction-life.ts';

const isTransaction = (order: Order): order is TransactionOrder => order.kind === transaction;

const decide = (order: Order, outcome: string, box: Box, after?: number): Promise<void> =>
	isTransaction(order)
		? decideTransaction(order, outcome, box, after)
		: decideTopup(order as TopupOrder, outcome, box, after);

export const khoins: SandboxProvider = {
	id: 'khoins',
	endpoints: [inquire, pay, buy, balance, listProducts, ticket, listMethods, payByGateway],
	wrongAddresses: facts.wrongAddresses,
	variants: facts.variants,
	facts: factLines,
	sources: facts.sources,
	secretParameters: facts.rules.secretParameters,
	balance: deposit,
	withoutQuery: facts.rules.withoutQuery.says,
	describe(order, { settings }) {
		const one = order as TransactionOrder | TopupOrder;
		return {
			state: stateOf(one),
			amount: String('price' in one.data ? one.data.price : one.data.amount),
			currency: 'IDR',
			outcomes: openOutcomes(one),
			callbackTo: settings.callbackTo ?? null,
		};
	},
	async settle(order, outcome, box) {
		const told = decide(order, outcome, box);
		if (box.settings.delay === 0) await box.moment(told);
	},
	due: (order, _action, outcome, box) => decide(order, outcome, box, 0),
};
