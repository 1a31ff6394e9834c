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
	if (isLossless(value))
		return /^-?\d{1,18}$/.test(value.value) ? String(BigInt(value.value)) : numberText(Number(value.value));
	throw new Problem(
		'value-misfit',
		`${field} is ${Array.isArray(value) ? 'an array' : 'an object'} and cannot be signed or written as one value`,
		{
			hint: 'Set it to text or a number.',
		},
	);
}

/** PHP writes large floats as 1.0E+25, JavaScript as 1e+25. */
function numberText(value: number): string {
	const text = String(value);
	return text.includes('e') ? text.replace(/^(-?\d+)e/, '$1.0E').replace('e', 'E') : text;
}
