import { instantText } from '../../model/instant.ts';
import type { PrintFire, Settings } from '../../model/settings.ts';
import { shownWord } from '../../model/shell.ts';
import { type Flag, nameIn } from './flag.ts';
import { readingFlags } from './reading-flags.ts';
import { settingsFlags } from './settings-flags.ts';
import { shapingFlags } from './shaping-flags.ts';

/** The command line that means the same, safe to print: without values of credentials. */
export const fireLine: PrintFire = (events, { to, ...settings }) =>
	lineOf('fire', events, { to, ...settings }, Object.keys(settingsFlags));

/** The same, with the port where the shop asks the provider. */
export const fireLineBeside =
	(sandbox: string): PrintFire =>
	(events, settings) =>
		`${fireLine(events, settings)} --sandbox-port ${new URL(sandbox).port}`;

/** The same as the words behind `callsim fire`. */
export const fireWords = (events: readonly string[], settings: Settings): string[] =>
	wordsOf(events, settings, Object.keys(settingsFlags));

/** Under the flags that shape a callback `show` and `fire` mean the same request. */
export function showLine(event: string, settings: Settings): string {
	return lineOf('show', [event], settings, Object.keys({ ...shapingFlags, ...readingFlags }));
}

/** What explains a signature that somebody else computed for this callback. */
export function verifyLine(
	event: string,
	{ to: _, ...settings }: Settings,
	expect: string,
): string {
	const shaping = Object.keys({ ...shapingFlags, ...readingFlags });
	const [provider = ''] = event.split('/');
	return `${lineOf('verify', [provider], settings, shaping)} --event ${event} --expect ${expect}`;
}

/** @param scenario a name or a file */
export function runLine(scenario: string, to: URL): string {
	return lineOf('run', [scenario], { to }, []);
}

/** What repeats a run: its seed, and its instant where that is not the seed's own. */
export function againText(seed: string, now: number | undefined): string {
	return `--seed ${seed}${now === undefined ? '' : ` --now ${instantText(now)}`}`;
}

function lineOf(
	command: string,
	words: readonly string[],
	settings: Settings,
	names: readonly string[],
): string {
	return ['callsim', command, ...wordsOf(words, settings, names).map(word)].join(' ');
}

function wordsOf(words: readonly string[], settings: Settings, names: readonly string[]): string[] {
	const said = (['to', ...names.filter((name) => name !== 'to')] as (keyof Settings)[]).flatMap(
		(name) => {
			const { usage, write } = settingsFlags[name] as Flag<unknown>;
			const value = settings[name];
			const texts = value === undefined ? [] : write(value);
			return texts.flatMap((text) => (text === true ? [nameIn(usage)] : [nameIn(usage), text]));
		},
	);
	return [...words, ...said];
}

/** One word for a shell; what is left to be filled in needs no quotes. */
export const word = (text: string): string =>
	/^[\w@%+=:,./\u2026-]+$/.test(text) ? text : shownWord(text);
