import { Problem } from '../model/problem.ts';

/** What a user changes about an event before it is sent. Assignments are still text, as typed or as a scenario writes them. */
export interface Shaping {
	readonly ref?: string | undefined;
	readonly amount?: string | undefined;
	readonly set?: readonly string[] | undefined;
	readonly add?: readonly string[] | undefined;
	readonly unset?: readonly string[] | undefined;
	/** Replaces the values; the text of the file or of standard input. */
	readonly body?: string | undefined;
	/** Goes out as it is. */
	readonly rawBody?: Uint8Array | undefined;
	readonly variants?: readonly string[] | undefined;
	readonly encoding?: string | undefined;
	readonly auth?: string | undefined;
	readonly fresh?: boolean | undefined;
	readonly tamper?: readonly string[] | undefined;
	readonly unsigned?: boolean | undefined;
	readonly wrongKey?: boolean | undefined;
}

/** Flags that say opposite things are a mistake, not a matter of precedence. @throws Problem `option-conflict` */
export function refuseContradictions(shaping: Shaping): void {
	const given = (key: keyof Shaping) => {
		const value = shaping[key];
		return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
	};
	const clash = (a: string, b: string, hint: string) => {
		throw new Problem('option-conflict', `${a} and ${b} contradict each other`, { hint });
	};
	if (given('unsigned') && given('wrongKey')) clash('--unsigned', '--wrong-key', 'Keep one of them.');
	if (!given('rawBody')) return;
	const flags = {
		ref: '--ref',
		amount: '--amount',
		set: '--set',
		add: '--add',
		unset: '--unset',
		body: '--body',
		fresh: '--fresh',
		tamper: '--tamper',
		unsigned: '--unsigned',
	} as const;
	for (const [key, flag] of Object.entries(flags)) {
		if (given(key as keyof Shaping))
			clash('--raw-body', flag, '--raw-body sends bytes as they are; use --body to have values shaped and signed.');
	}
}
