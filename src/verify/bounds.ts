import { openedJson } from '../compose/read-fields.ts';
import { isLossless, type Value } from '../model/value.ts';

/** What no provider sends, and a careless reader would choke on. The longest callback has 30. */
export const bounds = { fields: 500, depth: 10, bytes: 1024 * 1024 };

/** Why what arrived is not judged. */
export type TooMuch = 'too-many-fields' | 'too-long';

export const whyTooMuch: Readonly<Record<TooMuch, string>> = {
	'too-many-fields': `Not decided: more than ${bounds.fields} fields are in it, and no callback has a tenth of that.`,
	'too-long': `Not decided: its body is longer than ${bounds.bytes / 1024} KiB, and no callback has a hundredth of that.`,
};

/** Whether there are more values in it than that: in lists, and in the JSON in its texts, too. */
export function hasTooMany(value: Value): boolean {
	const open: Value[] = [value];
	let count = 0;
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const inner = typeof next === 'string' && !/^\s*\{/.test(next) ? next : openedJson(next);
		if (typeof inner !== 'object' || inner === null || isLossless(inner)) continue;
		const values = Object.values(inner) as Value[];
		count += values.length;
		if (count > bounds.fields) return true;
		open.push(...values);
	}
	return false;
}
