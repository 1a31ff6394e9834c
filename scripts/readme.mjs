// Writes the provider tables of the README from the fixtures; with --check only compares.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'callsim-readme-'));
const outfile = join(folder, 'readme-tables.cjs');
await build({
	entryPoints: [join(root, 'scripts/readme-tables.ts')],
	outfile,
	bundle: true,
	platform: 'node',
	format: 'cjs',
	mainFields: ['module', 'main'],
});
const { updateReadme } = createRequire(import.meta.url)(outfile);
rmSync(folder, { recursive: true });
if (!updateReadme(join(root, 'README.md'), join(root, 'fixtures'), process.argv.includes('--check'))) {
	process.stderr.write('README.md does not say what the fixtures say; run "npm run readme"\n');
	process.exitCode = 1;
}
