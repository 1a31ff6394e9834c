import type { SandboxProvider } from '../provider.ts';
import { myAccount, myBalances } from './account-endpoints.ts';
import { validateBankAccount } from './bank-account.ts';
import { callbackUrl } from './callback.ts';
import { createTransfer } from './create-transfer.ts';
import { factLines, facts } from './facts.ts';
import { comesDue, decide } from './life.ts';
import { authenticate, ping } from './login.ts';
import { balance } from './money.ts';
import {
	getPayer,
	listBanks,
	listBanksOfCountry,
	listCountries,
	requiredFields,
} from './payer-endpoints.ts';
import { stated } from './stated.ts';
import { enumerations, getRate, listCountryCodes, listServices } from './table-endpoints.ts';
import { outcomesOf, stateOf, type TransferOrder } from './transfer.ts';
import {
	cancelTransfer,
	confirmByReference,
	confirmTransfer,
	getTransfer,
	listTransfers,
	submitTransfer,
} from './transfer-endpoints.ts';

export const transfez: SandboxProvider = {
	id: 'transfez',
	endpoints: [
		authenticate,
		ping,
		createTransfer,
		confirmTransfer,
		confirmByReference,
		submitTransfer,
		cancelTransfer,
		getTransfer,
		listTransfers,
		myBalances,
		myAccount,
		listBanks,
		listCountries,
		getPayer,
		listBanksOfCountry,
		requiredFields,
		validateBankAccount,
		...enumerations,
		getRate,
		listCountryCodes,
		listServices,
	],
	wrongAddresses: facts.wrongAddresses,
	variants: facts.variants,
	facts: factLines,
	sources: facts.sources,
	balance,
	describe(order, box) {
		const { data } = order as TransferOrder;
		return {
			state: stateOf(data),
			amount: String(data.amount),
			currency: 'IDR',
			outcomes: outcomesOf(data),
			callbackTo: callbackUrl(data, box) ?? null,
		};
	},
	stated,
	settle: (order, outcome, box) => decide(order as TransferOrder, outcome, box),
	due: (order, _action, state, box) => comesDue(order as TransferOrder, state, box),
};
