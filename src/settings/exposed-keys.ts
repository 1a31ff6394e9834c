import type { Secret } from '../model/secret.ts';
import { shownWord } from '../model/shell.ts';
import type { EngineContext } from './engine-context.ts';
import { isReadByOthers } from './files.ts';

export const onCommandLine =
	'a key on the command line can be seen by other users of this machine, and stays in the history of the shell; give it as env:VAR or file:PATH';

/** A key file that more than its owner can read is remembered, to be told if it is a key. */
export function rememberFile(
	path: string,
	key: string,
	{ exposed }: Pick<EngineContext, 'exposed'>,
): void {
	if (exposed === undefined || !isReadByOthers(path)) return;
	const word = shownWord(path);
	exposed.set(key, `other users of this machine can read the key file ${word}; chmod 600 ${word}`);
}

/** Tells which of the keys in use others can read, and the better way. */
export function tellExposed(
	secrets: readonly Secret[],
	{ exposed, note }: Pick<EngineContext, 'exposed' | 'note'>,
): void {
	for (const secret of secrets) {
		const said = exposed?.get(secret.reveal());
		if (said !== undefined) note(said);
	}
}
