import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { systemClock } from '../delivery/clock.ts';
import type { EngineWorld } from '../engine/world.ts';
import type { SetupOptions } from './types.ts';

/** Put in when the package is built. */
declare const CALLSIM_VERSION: string;

/** The engine's world for a program: no output, no signals, nothing of the process that was not handed over. */
export function libraryWorld({ env = {}, cwd = '.' }: SetupOptions, signal: AbortSignal | undefined): EngineWorld {
	const never = new AbortController().signal;
	return {
		env,
		cwd: resolve(cwd),
		stdin: Readable.from([]),
		clock: systemClock,
		random: { bytes: (count) => randomBytes(count) },
		interruption: () => signal ?? never,
		version: CALLSIM_VERSION,
		cataloguePath: join(__dirname, 'catalogue.json'),
		note: () => undefined,
	};
}
