import type { ValueObject } from '../../model/value.ts';
import { textIn } from '../fields.ts';
import type { Wrong } from './answers.ts';
import { isDecimal, plain, quotient, wholeProduct } from './decimal.ts';
import { type Payer, rateOf } from './facts.ts';

export interface Money {
	/** Whole rupiah. */
	readonly amount: number;
	readonly rate: string;
	/** What arrives, in the destination's currency. */
	readonly arrives: string;
}

/** What the transfer costs and what arrives, from the side that its mode names. */
export function moneyOf(
	mode: string,
	source: ValueObject,
	destination: ValueObject,
	payer: Payer | undefined,
): Money | Wrong {
	const said = textIn(mode === 'SOURCE' ? source : destination, 'amount') ?? '';
	if (!/^-?\d+(\.\d+)?$/.test(said)) return { name: 'amount' };
	if (said.startsWith('-')) return { name: 'minimum' };
	if (!isDecimal(said)) return { name: 'maximum' };
	// A currency that is missing is told by itself.
	const currency = textIn(destination, 'currency') ?? 'IDR';
	const rate = (payer?.currency === currency ? payer.rate : undefined) ?? rateOf(currency);
	const saidRate = mode === 'SOURCE' ? rateOf(textIn(source, 'currency') ?? 'IDR') : rate;
	if (rate === undefined || saidRate === undefined) return { name: 'currency' };
	const amount = wholeProduct(said, saidRate);
	const arrives = mode === 'SOURCE' ? quotient(String(amount), rate) : said;
	if (Number(arrives) < Number(payer?.least ?? 0)) return { name: 'minimum' };
	if (Number(arrives) > Number(payer?.most ?? Infinity)) return { name: 'maximum' };
	return { amount, rate, arrives };
}

/** A side of the transfer; only where it has an amount that one is told. */
export function sideOf(
	{ amount: _, ...side }: ValueObject,
	amount: string | undefined,
	isLocal: boolean,
): ValueObject {
	if (amount === undefined) return side;
	return { amount: isLocal ? plain(amount) : amount, ...side };
}
