const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** Minutes east of UTC of `+08:00` or `Z`. */
export function offsetMinutes(zone: string): number {
	const match = /^([+-])(\d\d):(\d\d)$/.exec(zone);
	return match === null
		? 0
		: (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/**
 * An instant in the provider's own format: `yyyy yy MM dd HH mm ss SSS`, or `unix` (seconds), or
 * `iso` (milliseconds, the zone as `Z` or `+07:00`).
 * @param now epoch milliseconds
 */
export function formatTime(format: string, now: number, zone: string): string {
	if (format === 'unix') return String(Math.floor(now / 1000));
	if (format === 'iso')
		return formatTime(`yyyy-MM-ddTHH:mm:ss.SSS${zone === '+00:00' ? 'Z' : zone}`, now, zone);
	const local = new Date(now + offsetMinutes(zone) * 60_000);
	const year = pad(local.getUTCFullYear(), 4);
	const fields: Record<string, string> = {
		yyyy: year,
		yy: year.slice(2),
		MM: pad(local.getUTCMonth() + 1),
		dd: pad(local.getUTCDate()),
		HH: pad(local.getUTCHours()),
		mm: pad(local.getUTCMinutes()),
		ss: pad(local.getUTCSeconds()),
		SSS: pad(local.getUTCMilliseconds(), 3),
	};
	return format.replace(/yyyy|yy|MM|dd|HH|mm|SSS|ss/g, (token) => fields[token] ?? token);
}
