import { own } from '../model/own.ts';
import { isLossless, isObject, type Value } from '../model/value.ts';
import { jsonOf } from '../model/value-text.ts';

/** One place where a state or an answer is not as expected. */
export interface Mismatch {
	/** Empty for the whole. */
	readonly path: string;
	readonly expected: string;
	readonly got: string;
}

/** `data.items[0].state`, or `$.data.…`; the names of Object.prototype lead nowhere. */
export function valueIn(root: Value | undefined, path: string): Value | undefined {
	const segments = path
		.replace(/^\$\.?/, '')
		.replace(
			/\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/g,
			(_, a?: string, b?: string, c?: string) => `.${a ?? b ?? c}`,
		)
		.split('.')
		.filter((segment) => segment !== '');
	let value = root;
	for (const segment of segments) {
		if (Array.isArray(value))
			value = (value as readonly Value[])[/^\d+$/.test(segment) ? Number(segment) : -1];
		else value = isObject(value) ? own(value, segment) : undefined;
	}
	return value;
}

/** Every given key, which may be a path, must be equal; what is not given does not matter. */
export function mismatches(expected: Value, got: Value | undefined, path = ''): Mismatch[] {
	if (Array.isArray(expected)) {
		const given = expected as readonly Value[];
		if (!Array.isArray(got)) return [told(path, expected, got)];
		const there = got as readonly Value[];
		if (there.length !== given.length)
			return [
				{
					path,
					expected: `${given.length} entries: ${jsonOf(given)}`,
					got: `${there.length}: ${jsonOf(there)}`,
				},
			];
		return given.flatMap((value, at) => mismatches(value, there[at], `${path}[${at}]`));
	}
	if (isObject(expected)) {
		const entries = Object.entries(expected);
		if (got === undefined || got === null || typeof got !== 'object' || isLossless(got))
			return [told(path, expected, got)];
		return entries.flatMap(([key, value]) => mismatches(value, found(got, key), joined(path, key)));
	}
	return isSame(expected, got) ? [] : [told(path, expected, got)];
}

/** The key as it is written, where there is one; else the path that it spells. */
function found(got: Value, key: string): Value | undefined {
	return isObject(got) && Object.hasOwn(got, key) ? got[key] : valueIn(got, key);
}

function joined(path: string, key: string): string {
	const name = key.replace(/^\$\.?/, '');
	const isJoint = path === '' || name.startsWith('[');
	return `${path}${isJoint ? '' : '.'}${name}`;
}

function isSame(a: Value, b: Value | undefined): boolean {
	return isNumeric(a) && isNumeric(b) ? digitsOf(String(a)) === digitsOf(String(b)) : a === b;
}

/** A decimal number in one spelling: `75.50`, `7.55e1`, `75.5` are the same; digits are kept. */
function digitsOf(text: string): string {
	const [, sign = '', whole = '', part = '', power = '0'] =
		/^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
	const digits = `${whole}${part}`.replace(/^0+/, '');
	const kept = digits.replace(/0+$/, '');
	return kept === ''
		? '0'
		: `${sign}${kept}e${Number(power) - part.length + digits.length - kept.length}`;
}

const isNumeric = (value: Value | undefined): boolean =>
	typeof value === 'number' || isLossless(value);

const absent = '(absent)';

function told(path: string, expected: Value, got: Value | undefined): Mismatch {
	const hint =
		typeof expected !== typeof got && got !== null && String(expected) === String(got)
			? ` (a ${typeof got})`
			: '';
	return {
		path,
		expected: jsonOf(expected),
		got: got === undefined ? absent : `${jsonOf(got)}${hint}`,
	};
}
