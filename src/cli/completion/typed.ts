import { shellWords } from '../../capture/wrappings/shell-words.ts';

/** What stands on the command line behind `callsim` when Tab is pressed. */
export interface TypedLine {
	/** Whole words. */
	readonly before: readonly string[];
	/** What there is of the word that is asked about. */
	readonly current: string;
	/** How much of it the shell leaves standing, and does not want to hear again. */
	readonly kept: string;
}

/** Undefined where it cannot be told, in a quote for example. */
export function typedIn(shell: string, given: readonly string[]): TypedLine | undefined {
	if (shell !== 'bash')
		return { before: given.slice(0, -1), current: given.at(-1) ?? '', kept: '' };
	const [breaks = '', line = ''] = given;
	// Behind what runs or assigns something first, such as `cd x && X=1 callsim`.
	const words = shellWords(line.replace(/^.*(?:[;&|]|\s)(?=\S*callsim\s)/s, ''));
	if (words === undefined) return undefined;
	const isNew = /\s$/.test(line);
	const current = isNew ? '' : (words.at(-1) ?? '');
	const last = Math.max(
		...[...'=:'].filter((sign) => breaks.includes(sign)).map((sign) => current.lastIndexOf(sign)),
		-1,
	);
	return {
		before: words.slice(1, isNew ? undefined : -1),
		current,
		kept: current.slice(0, last + 1),
	};
}
