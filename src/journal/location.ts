import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the journal is kept: what is named, else the user's folder for state; undefined where
 * there is neither, as in many containers. A relative XDG_STATE_HOME is ignored, as its
 * specification says.
 */
export function journalFolder(named: string | undefined, env: Environment): string | undefined {
	if (named !== undefined) return named;
	const state = env['XDG_STATE_HOME'];
	if (state !== undefined && isAbsolute(state)) return join(state, 'callsim');
	const home = env['HOME'];
	if (home !== undefined && isAbsolute(home)) return join(home, '.local', 'state', 'callsim');
	const local = env['LOCALAPPDATA'];
	return local !== undefined && isAbsolute(local) ? join(local, 'callsim') : undefined;
}
