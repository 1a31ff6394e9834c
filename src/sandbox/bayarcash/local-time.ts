import { digits } from '../../compose/random-text.ts';
import type { Random } from '../../model/clock.ts';

/** Malaysia has had one zone, without summer time, since 1982. */
const offsetMs = 8 * 3_600_000;

const shifted = (at: number): string => new Date(at + offsetMs).toISOString();

/** `2026-01-05 10:02:11` */
export const localTime = (at: number): string => shifted(at).slice(0, 19).replace('T', ' ');

/** `2026-01-05` */
export const localDate = (at: number): string => shifted(at).slice(0, 10);

/** `2026-01-05T02:02:11.000000Z` */
export const utcTime = (at: number): string => new Date(at).toISOString().replace('Z', '000Z');

/** `2026-01-05T10:02:11+08:00` */
export const zonedTime = (at: number): string => `${shifted(at).slice(0, 19)}+08:00`;

/** Epoch milliseconds of `Y-m-d H:i:s`; undefined for anything else. */
export function readLocalTime(text: string): number | undefined {
	const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/.exec(text);
	const at = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}+08:00`);
	return Number.isNaN(at) ? undefined : at;
}

/** `1-735-272-902-315691`: the second of its creation, grouped, and six digits. */
export function referenceNumber(at: number, random: Random): string {
	const s = String(Math.floor(at / 1_000));
	return `${s.slice(0, 1)}-${s.slice(1, 4)}-${s.slice(4, 7)}-${s.slice(7, 10)}-${digits(6, random)}`;
}

/** `2412271215020084`: the rail's own time, and four digits. */
export const railNumber = (at: number, random: Random): string =>
	`${shifted(at).slice(2, 19).replace(/\D/g, '')}${digits(4, random)}`;
