import { Problem } from '../model/problem.ts';
import type { MessageFile } from '../model/provider.ts';
import { exactNumber } from '../model/read-json.ts';
import { isLossless, type Value, type ValueObject } from '../model/value.ts';
import { valueAt, withValue } from './path.ts';

/**
 * Gives fields the JSON type of the chosen option; one that was written with `:=` stays.
 * @throws Problem `value-misfit` when a text is to be a number and is none
 */
export function cast(
	values: ValueObject,
	message: MessageFile,
	asWritten: ReadonlySet<string>,
): ValueObject {
	let result = values;
	for (const [path, kind] of Object.entries(message.cast ?? {})) {
		const segments = path.split('.');
		const value = valueAt(result, segments);
		if (value === undefined || asWritten.has(path)) continue;
		result = withValue(result, segments, casts[kind](value, path));
	}
	return result;
}

const casts: Record<'number' | 'string' | 'quoted', (value: Value, path: string) => Value> = {
	number(value, path) {
		if (typeof value !== 'string') return value;
		if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) {
			throw new Problem(
				'value-misfit',
				`${path} is sent as a number here, and "${value}" is none`,
				{
					hint: (say) => `Write ${say('set', `${path}:="${value}"`)} to send it as text.`,
				},
			);
		}
		return exactNumber(value);
	},
	string(value) {
		if (isLossless(value)) return value.value;
		return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
	},
	/** As a page that quotes everything shows it: null is the word. */
	quoted: (value, path) => (value === null ? 'null' : casts.string(value, path)),
};
