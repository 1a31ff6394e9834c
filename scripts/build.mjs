// Bundles the command, packs the catalogue and collects the licences of what is bundled. Output: dist/.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

// "module" first: jsonc-parser's CommonJS build loads its parts in a way that cannot be bundled.
const common = {
	mainFields: ['module', 'main'],
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	target: 'node20.19',
	format: 'esm',
	logLevel: 'warning',
};

// CommonJS packages (undici, commander) call require for Node's own modules; an ES module has none.
const banner = {
	js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const result = await build({
	...common,
	entryPoints: { cli: 'src/cli/start.ts' },
	outdir: 'dist',
	splitting: true,
	chunkNames: 'chunks/[name]-[hash]',
	minifySyntax: true,
	minifyWhitespace: true,
	banner,
	metafile: true,
});

const packer = join(dist, 'pack-catalogue.tmp.mjs');
await build({ ...common, entryPoints: ['scripts/pack-catalogue.ts'], outfile: packer, banner });
const { packCatalogue } = await import(pathToFileURL(packer).href);
try {
	packCatalogue(join(root, 'fixtures'), dist);
} catch (error) {
	// A fixture that does not validate is a problem of its author, not a stack.
	if (error?.name !== 'Problem') throw error;
	process.stderr.write(`error ${error.code}: ${error.message}\n  try: ${error.hint ?? 'Mend the fixture.'}\n`);
	process.exitCode = 1;
} finally {
	rmSync(packer);
}

writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licences(Object.keys(result.metafile.inputs)));

/** @param {string[]} inputs */
function licences(inputs) {
	const folders = new Set(
		inputs
			.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
			.filter((folder) => folder !== undefined),
	);
	return [...folders]
		.sort()
		.map((folder) => {
			const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
			const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
			const text =
				file !== undefined && existsSync(join(root, folder, file))
					? readFileSync(join(root, folder, file), 'utf8').trim()
					: '(no licence file in the package)';
			return `${name} ${version} (${license})\n\n${text}\n`;
		})
		.join(`\n${'-'.repeat(80)}\n\n`);
}
