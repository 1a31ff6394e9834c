import { hex } from '../compose/random-text.ts';
import type { Random } from '../model/clock.ts';

/** Sorts by time, can be typed, and does not repeat: `20261120-020000-3fa9c04d`. */
export function runId(now: number, random: Random): string {
	const stamp = new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
	return `${stamp}-${hex(8, random)}`;
}
