import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { systemClock } from '../delivery/clock.ts';
import { KnownSecrets } from '../report/safe/mask.ts';
import type { EngineContext } from '../settings/engine-context.ts';
import type { SetupOptions } from './types.ts';

/** Put in when the package is built. */
declare const CALLSIM_VERSION: string;

/** The engine's context for a program: no output, no signals, nothing that was not handed over. */
export function libraryContext(
	{ env = {}, cwd = '.' }: SetupOptions,
	signal: AbortSignal | undefined,
): EngineContext {
	// One of our own: every attempt under way listens, and a program's signal is not ours to set up
	// for that.
	const own = signal === undefined ? new AbortController().signal : AbortSignal.any([signal]);
	setMaxListeners(0, own);
	const secrets = new KnownSecrets();
	return {
		env,
		cwd: resolve(cwd),
		stdin: Readable.from([]),
		clock: systemClock,
		random: { bytes: (count) => randomBytes(count) },
		interruption: () => own,
		version: CALLSIM_VERSION,
		cataloguePath: join(__dirname, 'catalogue.json'),
		note: () => undefined,
		learn: (more) => secrets.learn(more),
		mask: secrets.mask,
	};
}
