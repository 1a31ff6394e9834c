const hourMs = 3_600_000;
/** Western Indonesia has had one zone, without summer time, since 1964. */
const offsetMs = 7 * hourMs;

const dayMs = 24 * hourMs;

const shifted = (at: number): string => new Date(at + offsetMs).toISOString();

/** `20180803171844`: PHP's YmdHis. */
export const stamp = (at: number): string => shifted(at).slice(0, 19).replace(/\D/g, '');

/** `2022-06-30T11:19:01.729+07:00` */
export const zonedTime = (at: number): string => shifted(at).replace('Z', '+07:00');

/** Days since 1970 there. */
export const dayOf = (at: number): number => Math.floor((at + offsetMs) / dayMs);

/** 0 to 23. */
export const hourOf = (at: number): number => Math.floor((at + offsetMs) / hourMs) % 24;
