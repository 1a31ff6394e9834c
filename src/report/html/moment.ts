/** `2026-11-25 10:00:00 UTC`; milliseconds where asked for. */
export function momentText(at: number, exact = false): string {
	const [day, time = ''] = new Date(at).toISOString().split('T');
	return `${day} ${exact ? time.slice(0, -1) : time.slice(0, 8)} UTC`;
}
