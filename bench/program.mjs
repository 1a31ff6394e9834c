// A program in TypeScript that uses parts of ours, as one file that Node runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { bundledModule } from '../scripts/bundled.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** @param {string} name of a file beside this one @returns its path, and how it is removed */
export async function program(name) {
	const bundle = await rolldown({
		cwd: here,
		input: name,
		platform: 'node',
		resolve: { mainFields: ['module', 'main'] },
		plugins: [bundledModule],
		// Files of ours that read the fixtures say where they are as seen from themselves.
		transform: {
			define: {
				'import.meta.url': JSON.stringify(new URL('../test/support/x.ts', import.meta.url).href),
			},
		},
		logLevel: 'warn',
	});
	const folder = mkdtempSync(join(tmpdir(), 'callsim-program-'));
	const path = join(folder, 'program.mjs');
	await bundle.write({ file: path, format: 'esm', codeSplitting: false });
	return { path, remove: () => rmSync(folder, { recursive: true }) };
}
