// Bundles the command and the library, packs the catalogue and collects the licences of what is
// bundled. Output: dist/.
//
// CommonJS, because start-up is part of the product: an ES module graph of the same code costs some
// 20 ms more on Node 20 (loading every file by itself, reading every export of every built-in
// module it names). In chunks, so that a command reads what it needs and no more. See
// bench/README.md.
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { bundledModule } from './bundled.mjs';
import { inAscii } from './in-ascii.mjs';
import { leftOut, refuseChangedPackages } from './left-out.mjs';
import { plainAssert, refuseOtherAsserts } from './plain-assert.mjs';
import { writeTypes } from './types.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const finished = join(root, 'dist');
/** Put in its place when it is whole: whoever runs the command meanwhile has the last build. */
const dist = join(root, 'dist.new');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const common = {
	cwd: root,
	platform: /** @type {const} */ ('node'),
	// "module" first: jsonc-parser's CommonJS build loads its parts in a way that cannot be bundled.
	resolve: { mainFields: ['module', 'main'] },
	logLevel: /** @type {const} */ ('warn'),
};

/**
 * A file each: what these reach that is in no file above. A command reads one for each command above
 * it; programs read `base`, never the command line.
 * @type {[string, RegExp][]}
 */
const layers = [
	[
		'base',
		/cli.(list|options.list-flags|keeping-secrets|cli-context|help-texts)|delivery.(clock|v8-flags)|model.interruption/,
	],
	['cli', /cli.start/],
	// Enough for help and for a shell's completion.
	['flags', /cli.options.(show|fire|run|check)-flags/],
	...['show', 'fire', 'run', 'check'].map((name) => [
		`with-${name}`,
		new RegExp(`cli.(options.)?${name}(-flags)?`),
	]),
];

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const bundle = await rolldown({
	...common,
	input: { start: 'src/cli/start.ts', library: 'src/index.ts' },
	plugins: [bundledModule, leftOut, plainAssert],
	transform: { define: { CALLSIM_VERSION: JSON.stringify(version) } },
});
// Not minified: with an error that nobody catches Node prints the source line, which was 30 kB, and
// start-up is the same (bench/README.md).
const { output } = await bundle.write({
	dir: dist,
	format: 'cjs',
	entryFileNames: '[name].cjs',
	chunkFileNames: '[name].cjs',
	// Kept code (bin/load-kept.js) has no loader of modules: what stayed an `import()` would fail there.
	dynamicImportInCjs: false,
	codeSplitting: {
		groups: [
			// Read only by what needs one of them.
			...['yaml', 'typebox', 'jsonc-parser'].map((name) => ({
				name,
				test: new RegExp(`node_modules/${name}/`),
				priority: layers.length + 1,
			})),
			...layers.map(([name, test], at) => ({
				name,
				test: new RegExp(`src.(?:${test.source})\\.ts$`),
				priority: layers.length - at,
			})),
		],
	},
	comments: { legal: false, jsdoc: false, annotation: false },
});
const chunks = output.filter((file) => file.type === 'chunk');
for (const { fileName, code } of chunks)
	writeFileSync(join(dist, fileName), inAscii(code, fileName));
const modules = chunks.flatMap(({ moduleIds }) => moduleIds).map((file) => relative(root, file));
refuseChangedPackages();
refuseOtherAsserts(chunks);

for (const { fileName, code } of chunks)
	if (/(?<![.\w$])import\(/.test(code)) throw new Error(`${fileName} imports at run time`);

// The entry in front of it would be one more file to open.
if (chunks.find(({ fileName }) => fileName === 'cli.cjs')?.exports.includes('start') !== true)
	throw new Error('cli.cjs does not export start');
rmSync(join(dist, 'start.cjs'));

// Programs import an ES module; the bundle behind it is CommonJS like the command, and shares what
// is loaded late.
const exported = chunks.find(({ fileName }) => fileName === 'library.cjs')?.exports ?? [];
writeFileSync(
	join(dist, 'index.mjs'),
	`import library from './library.cjs';\nexport const { ${exported.join(', ')} } = library;\n`,
);

if (!writeTypes(root, dist)) process.exitCode = 1;

const packer = await rolldown({
	...common,
	input: { 'pack-catalogue.tmp': 'scripts/pack-catalogue.ts' },
});
const packed = await packer.write({
	dir: dist,
	format: 'cjs',
	entryFileNames: '[name].cjs',
	codeSplitting: false,
});
const packerFile = join(dist, packed.output[0].fileName);
const { packCatalogue } = createRequire(import.meta.url)(packerFile);
try {
	packCatalogue(join(root, 'fixtures'), dist);
} catch (error) {
	// A fixture that does not validate is a problem of its author, not a stack.
	if (error?.name !== 'Problem') throw error;
	process.stderr.write(
		`error ${error.code}: ${error.message}\n  try: ${error.hint ?? 'Fix the fixture.'}\n`,
	);
	process.exitCode = 1;
} finally {
	rmSync(packerFile);
}

writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licences(modules));

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
			const { name, version, license, author } = JSON.parse(
				readFileSync(join(root, folder, 'package.json'), 'utf8'),
			);
			const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
			const text =
				file !== undefined && existsSync(join(root, folder, file))
					? readFileSync(join(root, folder, file), 'utf8').trim()
					: `(no licence file in the package, which is by ${author?.name ?? author})`;
			return `${name} ${version} (${license})\n\n${text}\n`;
		})
		.join(`\n${'-'.repeat(80)}\n\n`);
}
