import { Problem } from '../model/problem.ts';
import type { ShapingSettings } from '../model/settings.ts';
import type { Told } from '../model/words.ts';

/** What a user changes about an event: the settings, with files and standard input read. */
export interface Shaping extends Omit<ShapingSettings, 'body' | 'rawBody' | ReadElsewhere> {
	/** Replaces the values; the text of the file or of standard input. */
	readonly body?: string | undefined;
	/** Goes out as it is. */
	readonly rawBody?: Uint8Array | undefined;
}

/** What composing is given beside it. */
type ReadElsewhere = 'seed' | 'now' | 'credentials' | 'headers';

/** Opposite settings are a mistake, whichever came last. @throws Problem `option-conflict` */
export function refuseContradictions(shaping: Shaping): void {
	const given = (key: keyof Shaping) => {
		const value = shaping[key];
		return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
	};
	const clash = (a: string, b: string, hint: Told) => {
		throw new Problem('option-conflict', (say) => `${say(a)} and ${say(b)} contradict each other`, {
			hint,
		});
	};
	if (given('unsigned') && given('wrongKey')) clash('unsigned', 'wrongKey', 'Keep one of them.');
	if (!given('rawBody')) return;
	const ofValues = ['ref', 'amount', 'set', 'add', 'unset', 'body', 'fresh', 'newAttempt'] as const;
	for (const key of [...ofValues, 'tamper', 'unsigned'] as const)
		if (given(key))
			clash(
				'rawBody',
				key,
				(say) =>
					`${say('rawBody')} sends bytes as they are; use ${say('body')} to have values shaped and signed.`,
			);
}
