// Writes the tables of docs/providers.md from the fixtures, docs/check.md from the rules, and
// docs/commands.md from the parser; with --check only compares.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledText } from './bundled.mjs';

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
		plugins: [bundledText],
	});
	return createRequire(import.meta.url)(outfile);
}

try {
	const { updateProviders } = await loaded('provider-tables');
	const { updateRules } = await loaded('rule-table');
	const { updateCommands } = await loaded('command-table');
	if (!updateProviders(join(root, 'docs', 'providers.md'), join(root, 'fixtures'), checkOnly))
		stale('docs/providers.md does not say what the fixtures say');
	if (!updateRules(join(root, 'docs', 'check.md'), checkOnly))
		stale('docs/check.md does not say what the rules say');
	if (!(await updateCommands(join(root, 'docs', 'commands.md'), checkOnly)))
		stale('docs/commands.md does not say what the commands say');
} finally {
	rmSync(folder, { recursive: true });
}

/** @param {string} what */
function stale(what) {
	process.stderr.write(`${what}; run "npm run readme"\n`);
	process.exitCode = 1;
}
