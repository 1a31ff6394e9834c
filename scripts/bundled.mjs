// `import text from './page.css?bundled'`: a style sheet or a browser's script, with all that it
// imports, as one text. The build and the tests both read it here, so that they see the same page.
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

const marked = /\?bundled$/;

/** @param {string} file */
async function textOf(file) {
	const { outputFiles } = await build({
		entryPoints: [file],
		bundle: true,
		write: false,
		format: 'iife',
		minifyWhitespace: true,
		charset: 'utf8',
		legalComments: 'none',
		logLevel: 'warning',
	});
	return outputFiles[0]?.text ?? '';
}

/** @type {import('esbuild').Plugin} */
export const bundledText = {
	name: 'bundled',
	setup(build) {
		build.onResolve({ filter: marked }, ({ path, resolveDir }) => ({
			path: resolve(resolveDir, path.replace(marked, '')),
			namespace: 'bundled',
		}));
		build.onLoad({ filter: /.*/, namespace: 'bundled' }, async ({ path }) => ({
			contents: await textOf(path),
			loader: 'text',
		}));
	},
};

/** The same for Vitest, under a name that its own plugin for style sheets passes by. */
export const bundledModule = {
	name: 'bundled',
	enforce: /** @type {const} */ ('pre'),
	/** @param {string} path @param {string | undefined} importer */
	resolveId(path, importer) {
		if (!marked.test(path) || importer === undefined) return undefined;
		return resolve(dirname(importer), path).replace(marked, '.bundled');
	},
	/** @param {string} id */
	async load(id) {
		if (!id.endsWith('.bundled')) return undefined;
		return `export default ${JSON.stringify(await textOf(id.replace(/\.bundled$/, '')))};`;
	},
};
