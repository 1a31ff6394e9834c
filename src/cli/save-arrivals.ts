import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { savedRequest } from '../inspect/saved-request.ts';
import { Problem } from '../model/problem.ts';
import type { Arrival } from '../report/arrival.ts';
import type { VerdictContext } from '../verify/verdict.ts';
import type { CliContext } from './cli-context.ts';

/**
 * Keeps each arrival as a file of the user's alone.
 * @throws Problem `output-unwritable` where there can be no such folder
 */
export function savingTo(
	given: string,
	run: string,
	contexts: readonly VerdictContext[],
	{ cwd, mask, stderr }: CliContext,
): (arrival: Arrival) => void {
	const folder = resolve(cwd, given);
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new Problem('output-unwritable', `cannot keep arrivals in "${given}" (${code})`, {
			hint: 'Name a folder that can be made or written.',
			cause,
		});
	}
	let isTold = false;
	return (arrival) => {
		const { name, bytes } = savedRequest(arrival, mask, isPublic(arrival, contexts));
		try {
			writeFileSync(join(folder, `${run}-${name}`), bytes, { mode: 0o600, flag: 'wx' });
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === undefined) throw error;
			if (!isTold)
				stderr.write(`warning: #${arrival.number} and what follows cannot be saved (${code})\n`);
			isTold = true;
		}
	};
}

/** Whether everybody has its provider's credentials: they are the simulator's. */
function isPublic({ verdict }: Arrival, contexts: readonly VerdictContext[]): boolean {
	const provider = verdict.recognised?.event.provider;
	const context = contexts.find((one) => one.provider === provider);
	return (
		context !== undefined &&
		Object.keys(context.provider.credentials).every(
			(name) => context.credentials(name).origin === 'simulator',
		)
	);
}
