import { type Box, type ProviderBalance, Refusal } from '../provider.ts';
import { facts } from './facts.ts';
import { localDay } from './text.ts';

/** The one member of the sandbox; whole rupiah. */
export interface Member {
	readonly balance: number;
	/** Transactions that are Pending. */
	readonly inProgress: number;
	/** The day that the two below are about, in Jakarta. */
	readonly day: string;
	readonly spent: number;
	readonly count: number;
}

export function memberIn(box: Box): Member {
	const day = localDay(box.now());
	const begin = { balance: facts.rules.member.balance, inProgress: 0, day, spent: 0, count: 0 };
	const known = box.remembered<Member>('member', 'one') ?? begin;
	return known.day === day ? known : { ...known, day, spent: 0, count: 0 };
}

const change = (box: Box, how: (member: Member) => Member): void =>
	box.remember('member', 'one', how(memberIn(box)));

export const limitOf = ({ settings }: Box): number =>
	settings.variants.includes('credit') ? facts.rules.member.limit : 0;

export const canPay = (price: number, box: Box): boolean =>
	memberIn(box).balance + limitOf(box) >= price;

/** A transaction begins. */
export const take = (price: number, box: Box): void =>
	change(box, (member) => ({
		...member,
		balance: member.balance - price,
		inProgress: member.inProgress + 1,
	}));

/** It has succeeded. */
export const keep = (price: number, box: Box): void =>
	change(box, (member) => ({
		...member,
		inProgress: member.inProgress - 1,
		spent: member.spent + price,
		count: member.count + 1,
	}));

/** It has failed. */
export const giveBack = (price: number, box: Box): void =>
	change(box, (member) => ({
		...member,
		balance: member.balance + price,
		inProgress: member.inProgress - 1,
	}));

export const credit = (amount: number, box: Box): void =>
	change(box, (member) => ({ ...member, balance: member.balance + amount }));

export const deposit: ProviderBalance = {
	currency: 'IDR',
	read: (box) => String(memberIn(box).balance),
	set(amount, box) {
		if (!/^-?\d{1,12}$/.test(amount))
			throw new Refusal(`a deposit is whole rupiah, such as 50000, not "${amount}"`);
		change(box, (member) => ({ ...member, balance: Number(amount) }));
	},
};
