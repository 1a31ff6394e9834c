import { spawnSync } from 'node:child_process';

/**
 * Whether programs that some tests hold us against are installed. Where CI promises them, a missing one is an error,
 * so that a test cannot be skipped unnoticed.
 */
export function needs(...programs: string[]): boolean {
	const missing = programs.filter(
		(program) =>
			spawnSync('sh', ['-c', `command -v ${program} || test -x /usr/sbin/${program}`]).status !== 0,
	);
	if (missing.length > 0 && process.env['CALLSIM_REQUIRE_TOOLS'] === '1')
		throw new Error(`missing on this machine: ${missing.join(', ')}`);
	return missing.length === 0;
}
