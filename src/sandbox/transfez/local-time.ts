/** Western Indonesia has had one zone, without summer time, since 1964. */
const offsetMs = 7 * 3_600_000;

/** `2022-06-30T11:19:01.729+07:00` */
export const localTime = (at: number): string =>
	new Date(at + offsetMs).toISOString().replace('Z', '+07:00');
