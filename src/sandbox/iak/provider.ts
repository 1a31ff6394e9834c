import type { Order } from '../order.ts';
import type { SandboxProvider } from '../provider.ts';
import { balanceChecks, priceLists } from './account-endpoints.ts';
import { type BillOrder, billKind, describeBill } from './bill.ts';
import { billList, billPayment, billStatus } from './bill-endpoints.ts';
import { billInquiry } from './bill-inquiry.ts';
import { decideBill } from './bill-life.ts';
import { wrongCommand } from './command.ts';
import { balance } from './deposit.ts';
import { esimNotification } from './esim-endpoint.ts';
import { factLines, facts } from './facts.ts';
import { gameCalls } from './game-endpoints.ts';
import { checkOperator, inquiryOvo, plnInquiries } from './inquiry-endpoints.ts';
import { billPaths, legacyPaths } from './paths.ts';
import { receipt } from './receipt.ts';
import { stated } from './stated.ts';
import { describeTopUp, type TopUpOrder } from './top-up.ts';
import { statusChecks, topUps } from './top-up-endpoints.ts';
import { decideTopUp } from './top-up-life.ts';

const isBill = (order: Order): order is BillOrder => order.kind === billKind;

export const iak: SandboxProvider = {
	id: 'iak',
	readsAnyType: true,
	endpoints: [
		topUps.v2,
		statusChecks.v2,
		balanceChecks.v2,
		priceLists.v2,
		checkOperator,
		plnInquiries.v2,
		inquiryOvo,
		...gameCalls('v2'),
		esimNotification,
		topUps.v1,
		statusChecks.v1,
		balanceChecks.v1,
		priceLists.v1,
		plnInquiries.v1,
		...gameCalls('v1'),
		wrongCommand(
			{ side: 'prepaid', paths: legacyPaths, claim: ['documented', 'prepaid'], code: '205' },
			[
				...['topup', 'inquiry', 'balance', 'pricelist', 'inquiry_pln'],
				...['check-game-id', 'game-server-list', 'game-format-id'],
			],
		),
		billInquiry,
		billPayment,
		billStatus,
		billList,
		wrongCommand(
			{ side: 'postpaid', paths: billPaths, claim: ['documented', 'postpaid'], code: '101' },
			['inq-pasca', 'pay-pasca', 'checkstatus', 'pricelist-pasca'],
		),
		receipt,
	],
	wrongAddresses: facts.wrongAddresses,
	variants: facts.variants,
	facts: factLines,
	sources: facts.sources,
	balance,
	describe: (order, box) =>
		isBill(order) ? describeBill(order) : describeTopUp(order as TopUpOrder, box),
	async settle(order, outcome, box) {
		if (isBill(order)) return decideBill(order, outcome, box);
		const told = decideTopUp(order as TopUpOrder, outcome, box);
		if (box.settings.delay === 0) await told;
	},
	stated,
	due: (order, _action, outcome, box) => decideTopUp(order as TopUpOrder, outcome, box, 0),
};
