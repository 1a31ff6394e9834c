// Bundles the command, packs the catalogue and collects the licences of what is bundled. Output: dist/.
//
// CommonJS, because start-up is part of the product: an ES module graph of the same code costs some 20 ms more on
// Node 20 (loading every file by itself, reading every export of every built-in module it names). See bench/README.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { plainAssert, refuseOtherAsserts } from './plain-assert.mjs';
import { writeTypes } from './types.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const finished = join(root, 'dist');
/** Put in its place when it is whole: whoever runs the command meanwhile has the last build. */
const dist = join(root, 'dist.new');

// "module" first: jsonc-parser's CommonJS build loads its parts in a way that cannot be bundled.
const common = {
	mainFields: ['module', 'main'],
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	target: 'node20.19',
	format: 'cjs',
	logLevel: 'warning',
	// They stand in THIRD-PARTY-LICENSES.txt.
	legalComments: 'none',
	// Not minified: with an error that nobody catches Node prints the source line, which was 30 kB, and start-up is the same
	// (bench/README.md). The limit is for tables and for undici's WebAssembly.
	lineLimit: 160,
	metafile: true,
	// import() of a CommonJS file would start the ES module loader and scan the file for exports; require does not.
	supported: { 'dynamic-import': false },
};

/** What few commands need and what costs start-up, each in a file of its own that is read when it is needed. */
const heavy = {
	'undici/lib/dispatcher/client.js': 'undici-client',
	'@inquirer/prompts': 'inquirer-prompts',
	'fast-xml-parser': 'fast-xml-parser',
	typebox: 'typebox',
	'typebox/compile': 'typebox-compile',
	// In the same file, or the settings would be those of another copy.
	'typebox/system': 'typebox-compile',
	'jsonc-parser': 'jsonc-parser',
	yaml: 'yaml',
	tinyglobby: 'tinyglobby',
};

/** @param {string} name of a file of the above */
function exportsOf(name) {
	const required = Object.entries(heavy)
		.filter(([, file]) => file === name)
		.map(([specifier]) => `require(${JSON.stringify(specifier)})`);
	return required.length === 1 ? required[0] : `Object.assign({}, ${required.join(', ')})`;
}

/** The same for modules of our own that share no class with the rest: what a report looks like. */
const ownApart = { './report-text.ts': 'reports' };

const apart = {
	name: 'apart',
	/** @param {import('esbuild').PluginBuild} build */
	setup(build) {
		build.onResolve({ filter: /^[^.]/ }, ({ path }) =>
			Object.hasOwn(heavy, path) ? { path: `./vendor/${heavy[path]}.cjs`, external: true } : undefined,
		);
		build.onResolve({ filter: /^\./ }, ({ path, importer }) =>
			importer !== '' && Object.hasOwn(ownApart, path)
				? { path: `./${ownApart[path]}.cjs`, external: true }
				: undefined,
		);
	},
};

/**
 * What a package loads at once for something we never ask of it: undici for HTTP/2, commander for commands that are
 * programs of their own. Each would cost 5 to 9 ms of every start. chalk asks the terminal what it can show; the levels
 * are ours, stream by stream. Whether it is still so is checked at the end.
 */
const neverUsed = { undici: 'node:http2', commander: 'node:child_process', chalk: '#supports-color' };
const leftOut = new Set();

const unused = {
	name: 'unused',
	/** @param {import('esbuild').PluginBuild} build */
	setup(build) {
		build.onResolve({ filter: /^(node:(http2|child_process)|#supports-color)$/ }, ({ path, importer }) => {
			const [, name = ''] = /node_modules.([^/\\]+)./.exec(importer) ?? [];
			if (neverUsed[name] !== path) return undefined;
			leftOut.add(name);
			return { path, namespace: 'unused' };
		});
		build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = { constants: {} };' }));
	},
};

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const results = [
	await build({ ...common, entryPoints: ['src/cli/start.ts'], outfile: 'dist.new/cli.cjs', plugins: [apart, unused] }),
	await build({
		...common,
		entryPoints: ['src/cli/report-text.ts'],
		outfile: 'dist.new/reports.cjs',
		plugins: [apart, unused],
	}),
	await build({
		...common,
		entryPoints: ['src/index.ts'],
		outfile: 'dist.new/library.cjs',
		plugins: [apart, unused],
		define: { CALLSIM_VERSION: JSON.stringify(version) },
	}),
	...(await Promise.all(
		[...new Set(Object.values(heavy))].map((name) =>
			build({
				...common,
				stdin: { contents: `module.exports = ${exportsOf(name)}`, resolveDir: root },
				outfile: `dist.new/vendor/${name}.cjs`,
				plugins: [unused, plainAssert],
			}),
		),
	)),
];

const changed = Object.keys(neverUsed).filter((name) => !leftOut.has(name));
if (changed.length > 0) throw new Error(`${changed.join(', ')} no longer loads what was left out of it: see neverUsed`);
refuseOtherAsserts(
	results.find(({ metafile }) => Object.keys(metafile.outputs).some((file) => file.endsWith('/undici-client.cjs')))
		.metafile,
	root,
);

// Programs import an ES module; the bundle behind it is CommonJS like the command, and shares what is loaded late.
writeFileSync(
	join(dist, 'index.mjs'),
	`import library from './library.cjs';\nexport const { ${Object.keys(createRequire(import.meta.url)(join(dist, 'library.cjs'))).join(', ')} } = library;\n`,
);

if (!writeTypes(root, dist)) process.exitCode = 1;

const packer = join(dist, 'pack-catalogue.tmp.cjs');
await build({ ...common, entryPoints: ['scripts/pack-catalogue.ts'], outfile: packer });
const { packCatalogue } = createRequire(import.meta.url)(packer);
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

writeFileSync(
	join(dist, 'THIRD-PARTY-LICENSES.txt'),
	licences(results.flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);

rmSync(finished, { recursive: true, force: true });
renameSync(dist, finished);

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
