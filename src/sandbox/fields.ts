import { phpText } from '../compose/print-value.ts';
import { isLossless, isObject, type Value, type ValueObject } from '../model/value.ts';

/** A value as text, a number as it was written; undefined where there is none. */
export function textIn(fields: ValueObject, name: string): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null || value === '') return undefined;
	if (isLossless(value)) return value.value;
	if (isObject(value) || Array.isArray(value)) return undefined;
	return phpText(value, name);
}

/** A list in each of its spellings: `[1, 6]`, `payment_channel[0]=1`, `"1,6"`, `1`. */
export function listIn(fields: ValueObject, name: string): string[] {
	const value = fields[name];
	const parts: readonly Value[] =
		Array.isArray(value) || isObject(value)
			? Object.values(value)
			: (textIn(fields, name)?.split(',') ?? []);
	return parts.flatMap((part) => textIn({ part }, 'part')?.trim() ?? []);
}

export const isTrue = (fields: ValueObject, name: string): boolean =>
	['1', 'true', 'on'].includes(textIn(fields, name) ?? '');
