import { Problem } from '../model/problem.ts';
import { isLossless, type Value } from '../model/value.ts';

/**
 * How a value reads in signed text: as PHP casts it, because that is what the providers' and the merchants' code does.
 * null, absent and false are empty, true is `1`, a number prints its shortest form (60.00 is `60`), a string stays.
 *
 * @throws Problem `value-misfit` for an object or an array: PHP would print "Array"
 */
export function phpText(value: Value | undefined, field: string): string {
	if (value === undefined || value === null || value === false) return '';
	if (value === true) return '1';
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return numberText(value);
	if (isLossless(value)) return fitsInt64(value.value) ? String(BigInt(value.value)) : numberText(Number(value.value));
	throw new Problem(
		'value-misfit',
		`${field} is ${Array.isArray(value) ? 'an array' : 'an object'} and cannot be signed or written as one value`,
		{
			hint: 'Set it to text or a number.',
		},
	);
}

function fitsInt64(text: string): boolean {
	return /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** A PHP float has 14 digits (its `precision` setting as shipped), and from 1.0E+15 on an exponent. */
function numberText(value: number): string {
	if (Number.isSafeInteger(value)) return String(value);
	const rounded = Number(value.toPrecision(14));
	if (Math.abs(rounded) < 1e15 && Math.abs(rounded) >= 1e-4) return String(rounded);
	const [mantissa = '', exponent = ''] = rounded.toExponential().split('e');
	return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`;
}
