import { Problem } from '../model/problem.ts';

/** A made-up reference as the shop writes its own. @param number any whole number */
export type ReferenceForm = (number: number) => string;

const place = /\{[^{}]*\}/g;
const numberPlace = /^\{n(?::(\d{1,2}))?\}$/;

/**
 * Reads `INV/{year}/{n}`: a number of eight digits, or of five with `{n:5}`, and the day's parts.
 *
 * @param now the instant of the run, milliseconds, whose year it is in UTC
 * @throws Problem `usage`
 */
export function referenceForm(text: string, now: number): ReferenceForm {
	const day = new Date(now).toISOString();
	const parts: Readonly<Record<string, string>> = {
		'{year}': day.slice(0, 4),
		'{month}': day.slice(5, 7),
		'{day}': day.slice(8, 10),
	};
	const places = text.match(place) ?? [];
	const foreign = places.find((one) => parts[one] === undefined && !numberPlace.test(one));
	if (foreign !== undefined) throw unreadable(text, `knows no ${foreign}`);
	const number = places.map((one) => numberPlace.exec(one)).find((one) => one !== null);
	if (number == null) throw unreadable(text, 'names no {n}, so that all orders would be one');
	const [, digits] = number;
	const width = Number(digits ?? 8);
	if (width < 4 || width > 12)
		throw unreadable(text, `has room for ${width} digits, not for 4 to 12`);
	return (which) =>
		text.replaceAll(place, (one) => parts[one] ?? numeral(which, width, digits !== undefined));
}

/** A width that was asked for is kept with zeros in front; otherwise the first digit is none. */
function numeral(number: number, width: number, isPadded: boolean): string {
	const all = 10 ** width;
	return isPadded
		? String(1 + (number % (all - 1))).padStart(width, '0')
		: String(all / 10 + (number % (all - all / 10)));
}

const unreadable = (text: string, why: string): Problem =>
	new Problem('usage', (say) => `${say('reference')} "${text}" ${why}`, {
		hint: (say) =>
			`Write it as the shop does, {n} for the number: ${say('reference', 'INV/{year}/{n:5}')}`,
	});
