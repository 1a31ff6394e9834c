import { Problem } from '../model/problem.ts';
import { isLossless, type Value } from '../model/value.ts';

/**
 * How a value reads in signed text: as PHP casts it, because that is what the providers' and the
 * merchants' code does. null, absent and false are empty, true is `1`, a number prints its shortest
 * form (60.00 is `60`), a string stays.
 * @throws Problem `value-misfit` for an object or an array: PHP would print "Array"
 */
export function phpText(value: Value | undefined, field: string): string {
	if (value === undefined || value === null || value === false) return '';
	if (value === true) return '1';
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return numberText(String(value));
	if (isLossless(value)) return numberText(value.value);
	throw new Problem(
		'value-misfit',
		`${field} is ${Array.isArray(value) ? 'an array' : 'an object'} and cannot be signed or written as one value`,
		{ hint: 'Set it to text or a number.' },
	);
}

/** What is written as a whole number is one in PHP as long as 64 bits hold it. */
function numberText(written: string): string {
	const isInt =
		/^-?\d{1,20}$/.test(written) && BigInt.asIntN(64, BigInt(written)) === BigInt(written);
	return isInt ? String(BigInt(written)) : floatText(Number(written));
}

/** A PHP float has 14 digits (`precision` as shipped), and from 1.0E+14 on an exponent. */
function floatText(value: number): string {
	if (!Number.isFinite(value)) return value < 0 ? '-INF' : 'INF';
	if (Object.is(value, -0)) return '-0';
	const rounded = fourteenDigits(value);
	const size = Math.abs(Number(rounded));
	if (size === 0 || (size >= 1e-4 && size < 1e14)) return String(Number(rounded));
	const [digits = '', exponent = ''] = rounded.split('e');
	return `${digits.replace(/(\.\d+?)0+$/, '$1')}E${exponent}`;
}

/** Between two that are as near PHP takes the even digit, JavaScript the larger. */
function fourteenDigits(value: number): string {
	const tie = /^(-?\d\.\d{12}[02468])50*(e.*)$/.exec(value.toExponential(60));
	return tie === null ? value.toExponential(13) : `${tie[1]}${tie[2]}`;
}
