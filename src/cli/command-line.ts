import { shownWord } from '../model/shell.ts';

/** What is not said of the run: where its results go, and what is as if nothing were said. */
const beside = new Set(['report', 'json', 'verbose', 'explain']);

/**
 * The command line as it was given, but for its reports; what is secret in it is still there.
 * @param title the command and its arguments
 * @param flags as commander hands them over
 */
export function commandLineOf(title: string, flags: object): string {
	const words = Object.entries(flags as Record<string, unknown>).flatMap(([name, given]) => {
		if (beside.has(name)) return [];
		const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
		// `--no-color` makes `color` true where it was not given.
		const isUsual = ['color', 'input', 'journal', 'pager'].includes(name);
		if (given === true) return isUsual ? [] : [`--${flag}`];
		if (given === false) return [`--no-${flag}`];
		const values = [given].flat().filter((value) => typeof value === 'string');
		return values.flatMap((value) => [`--${flag}`, shownWord(value)]);
	});
	return ['callsim', title, ...words].join(' ');
}
