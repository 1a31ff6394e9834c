import type { MessageFile } from '../model/provider.ts';
import type { ValueObject } from '../model/value.ts';
import type { Told } from '../model/words.ts';
import { segmentsOf, valueAt } from './path.ts';

/** A body replaces every value: signed fields that it lacks are signed as empty. */
export function missingFieldWarnings({ signature }: MessageFile, values: ValueObject): Told[] {
	if (signature === undefined || typeof signature.over === 'string') return [];
	const missing = signature.over.fields.filter(
		(field) => valueAt(values, segmentsOf(field)) === undefined,
	);
	if (missing.length === 0) return [];
	const { length } = signature.over.fields;
	return [
		(say) =>
			`${say('body')} lacks ${missing.length} of ${length} signed fields, signed as empty: ${missing.join(', ')}`,
	];
}
