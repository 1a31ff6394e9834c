import { printableLine } from '../../report/safe/escape.ts';
import type { CliContext } from '../cli-context.ts';
import { type Candidate, files } from './candidate.ts';
import { candidatesFor } from './candidates.ts';
import { typedIn } from './typed.ts';

/** What no shell reads as anything but itself. */
const harmless = /^[\w@%+=:,./[\]-]+$/;

const mostAbout = 60;

/**
 * Answers a shell: the words that fit where the cursor is, a line each. Silent where anything is
 * wrong; a prompt is no place to be told of it.
 */
export async function complete(
	[shell = '', ...given]: readonly string[],
	context: CliContext,
): Promise<0> {
	const quiet = Object.create(context, { note: { value: () => undefined } }) as CliContext;
	try {
		const typed = typedIn(shell, given);
		const found = typed === undefined ? [] : await candidatesFor(typed, quiet);
		if (typed === undefined) return 0;
		if (found === files) context.stdout.write(':files\n');
		else {
			const fitting = found.filter(
				({ value }) => value.startsWith(typed.current) && harmless.test(value),
			);
			const lines = new Set(fitting.map((one) => lineFor(shell, one, typed.kept)));
			context.stdout.write(context.mask([...lines].map((line) => `${line}\n`).join('')));
		}
	} catch {
		// A broken project file is told by the command itself.
	}
	return 0;
}

/** In bash and zsh a blank behind the word says that it is whole; fish looks at its last sign. */
function lineFor(shell: string, { value, about, isOpen = false }: Candidate, kept: string): string {
	const word = shell === 'fish' || isOpen ? value : `${value} `;
	if (shell === 'bash') return word.slice(kept.length);
	const text = printableLine(about ?? '').replaceAll('\\t', ' ');
	return text === '' ? word : `${word}\t${text.slice(0, mostAbout)}`;
}
