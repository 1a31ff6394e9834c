/** What no number is, is told as it was said; nothing where nobody said it. */
export function numberOf(amount: string): number | string | null {
	if (amount === '') return null;
	const number = Number(amount);
	return Number.isNaN(number) ? amount : number;
}
