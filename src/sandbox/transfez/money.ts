import type { Box, ProviderBalance } from '../provider.ts';
import { Refusal } from '../provider.ts';
import { facts } from './facts.ts';
import { kind, type State, stateOf, type Transfer } from './transfer.ts';

const deposited = 'deposit';
const holding: readonly State[] = ['confirmed', 'submitted', 'completed'];

/** Whole rupiah that a transfer takes from the deposit. */
export const costOf = ({ amount, fee }: Transfer): number => amount + Number(fee);

/** What transfers have taken and not given back: it follows from their states. */
const taken = (box: Box): number =>
	box
		.orders<Transfer>(kind)
		.filter(({ data }) => holding.includes(stateOf(data)))
		.reduce((sum, { data }) => sum + costOf(data), 0);

const depositOf = (box: Box): number =>
	box.remembered<number>('money', deposited) ?? facts.rules.deposit.start;

/** Whole rupiah that are left. */
export const balanceOf = (box: Box): number => depositOf(box) - taken(box);

export const balance: ProviderBalance = {
	currency: 'IDR',
	read: (box) => String(balanceOf(box)),
	set(amount, box) {
		if (!/^\d{1,15}(\.0+)?$/.test(amount))
			throw new Refusal(`"${amount}" is no amount of whole rupiah`);
		box.remember('money', deposited, Number(amount) + taken(box));
	},
};
