import { type Box, type ProviderBalance, Refusal } from '../provider.ts';
import { facts } from './facts.ts';

const kind = 'deposit';
const whose = 'the shop';

/** Whole rupiah. */
export const depositOf = (box: Box): number =>
	box.remembered<number>(kind, whose) ?? facts.rules.deposit;

/** @param by rupiah: negative where something is bought. @returns what is left */
export function changeDeposit(by: number, box: Box): number {
	const left = depositOf(box) + by;
	box.remember(kind, whose, left);
	return left;
}

export const balance: ProviderBalance = {
	currency: 'IDR',
	read: (box) => String(depositOf(box)),
	set(amount, box) {
		if (!/^\d{1,15}$/.test(amount))
			throw new Refusal(`"${amount}" is no deposit: whole rupiah, digits alone`);
		box.remember(kind, whose, Number(amount));
	},
};
