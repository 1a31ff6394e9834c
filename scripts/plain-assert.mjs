// undici asserts what it holds to be impossible. Node's own `assert` builds its message from the source at the call site, and
// parses the whole file for it: with a bundle that took minutes. What it throws here says where, and is made at once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const contents = `
class AssertionError extends Error {
	name = 'AssertionError';
	code = 'ERR_ASSERTION';
}
module.exports = function assert(value, message = 'what undici holds to be impossible has happened') {
	if (!value) throw message instanceof Error ? message : new AssertionError(message);
};
`;

/** @type {import('esbuild').Plugin} */
export const plainAssert = {
	name: 'plain-assert',
	setup(build) {
		build.onResolve({ filter: /^(node:)?assert(\/strict)?$/ }, ({ importer }) =>
			/node_modules.undici./.test(importer) ? { path: 'assert', namespace: 'plain-assert' } : undefined,
		);
		build.onLoad({ filter: /.*/, namespace: 'plain-assert' }, () => ({ contents }));
	},
};

/**
 * A new undici may assert in other ways: then the build must not go on as if nothing were.
 *
 * @param {import('esbuild').Metafile} metafile of the bundle that holds undici
 * @param {string} root where its inputs begin
 */
export function refuseOtherAsserts({ inputs, outputs }, root) {
	if (inputs['plain-assert:assert'] === undefined) throw new Error('undici asserts no longer: remove plain-assert.mjs');
	const external = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
	if (external.some((path) => /^(node:)?assert/.test(path)))
		throw new Error("Node's assert is in the bundle of undici");
	for (const [file, { imports }] of Object.entries(inputs)) {
		if (!imports.some(({ path }) => path === 'plain-assert:assert')) continue;
		const text = readFileSync(join(root, file), 'utf8');
		const [other] = /\bassert\.\w+|\{[^}]*\} = require\('(node:)?assert/.exec(text) ?? [];
		if (other !== undefined) throw new Error(`${file} needs "${other}", which plain-assert.mjs has not`);
	}
}
