/** Exact sums of texts such as `10000` and `19626.069949`; nothing here is rounded by binary. */

interface Decimal {
	readonly digits: bigint;
	/** So many of them stand behind the point. */
	readonly places: number;
}

/** A longer one is no amount of money. */
const longest = 30;

export const isDecimal = (text: string): boolean =>
	/^\d+(\.\d+)?$/.test(text) && text.length <= longest;

function read(text: string): Decimal {
	const [whole = '0', behind = ''] = text.split('.');
	return { digits: BigInt(whole + behind), places: behind.length };
}

const ten = (places: number): bigint => 10n ** BigInt(places);

/** The whole part of a product. */
export function wholeProduct(a: string, b: string): number {
	const [one, other] = [read(a), read(b)];
	return Number((one.digits * other.digits) / ten(one.places + other.places));
}

/** Cut to two places. */
export function quotient(a: string, b: string): string {
	const [one, other] = [read(a), read(b)];
	const scaled = one.digits * ten(other.places + 2);
	const hundredths = scaled / (other.digits * ten(one.places));
	const text = String(hundredths).padStart(3, '0');
	return plain(`${text.slice(0, -2)}.${text.slice(-2)}`);
}

/** `20000.0`, `0.5`: as Ruby prints a decimal. */
export function plain(text: string): string {
	const [whole = '0', behind = ''] = text.split('.');
	return `${BigInt(whole)}.${behind.replace(/0+$/, '') || '0'}`;
}
