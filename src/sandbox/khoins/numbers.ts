import type { Random } from '../../model/clock.ts';
import type { Box } from '../provider.ts';

/** KHOINS counts what it does. */
export function nextNumber(kind: string, first: number, box: Box): number {
	const number = (box.remembered<number>('number', kind) ?? first - 1) + 1;
	box.remember('number', kind, number);
	return number;
}

/** From 0; near enough to even. */
export const randomBelow = (bound: number, random: Random): number =>
	Buffer.from(random.bytes(4)).readUInt32BE() % bound;
