import type { Box, Call } from '../provider.ts';
import { missingIn, valueIn } from './request.ts';
import { textOf } from './text.ts';

/** Whole rupiah that are to be topped up, or why not, in the provider's words. */
export function topupAmount(
	call: Call,
	names: readonly string[],
	box: Box,
): { readonly amount: number } | { readonly reason: string } {
	const missing = missingIn(call, names);
	if (missing !== undefined) return { reason: textOf('empty', { field: missing }, box) };
	const given = valueIn(call, 'amount');
	if (/^[1-9]\d{0,11}$/.test(given)) return { amount: Number(given) };
	call.note(`amount "${given}" is not whole rupiah without separators, such as 10000`);
	return { reason: textOf('bad-amount', { field: 'amount' }, box) };
}
