const hourMs = 3_600_000;
/** Western Indonesia has had one zone, without summer time, since 1988. */
const offsetMs = 7 * hourMs;

const dayMs = 24 * hourMs;

/** `20180803171844`: PHP's YmdHis. */
export const stamp = (at: number): string =>
	new Date(at + offsetMs).toISOString().slice(0, 19).replace(/\D/g, '');

/** Days since 1970 there. */
export const dayOf = (at: number): number => Math.floor((at + offsetMs) / dayMs);

/** 0 to 23. */
export const hourOf = (at: number): number => Math.floor((at + offsetMs) / hourMs) % 24;
