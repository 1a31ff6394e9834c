// Writes the tables of docs/providers.md from the fixtures, and docs/check.md from the rules; with
// --check only compares.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'callsim-readme-'));
const checkOnly = process.argv.includes('--check');

/** @param {string} script */
async function loaded(script) {
	const outfile = join(folder, `${script}.cjs`);
	await build({
		entryPoints: [join(root, 'scripts', `${script}.ts`)],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		logLevel: 'error',
		mainFields: ['module', 'main'],
	});
	return createRequire(import.meta.url)(outfile);
}

try {
	const { updateProviders } = await loaded('provider-tables');
	const { updateRules } = await loaded('rule-table');
	if (!updateProviders(join(root, 'docs', 'providers.md'), join(root, 'fixtures'), checkOnly))
		stale('docs/providers.md does not say what the fixtures say');
	if (!updateRules(join(root, 'docs', 'check.md'), checkOnly))
		stale('docs/check.md does not say what the rules say');
} finally {
	rmSync(folder, { recursive: true });
}

/** @param {string} what */
function stale(what) {
	process.stderr.write(`${what}; run "npm run readme"\n`);
	process.exitCode = 1;
}
