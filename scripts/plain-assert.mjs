// undici asserts what it holds to be impossible. Node's own `assert` builds its message from the
// source at the call site, and parses the whole file for it: with a bundle that took minutes. What
// it throws here says where, and is made at once.
import { readFileSync } from 'node:fs';

const contents = `
class AssertionError extends Error {
	name = 'AssertionError';
	code = 'ERR_ASSERTION';
}
module.exports = function assert(value, message = 'what undici holds to be impossible has happened') {
	if (!value) throw message instanceof Error ? message : new AssertionError(message);
};
`;

const plain = '\0plain-assert';
/** Files of undici that assert. */
const asserting = new Set();

/** @type {import('rolldown').Plugin} */
export const plainAssert = {
	name: 'plain-assert',
	resolveId(path, importer = '') {
		if (!/^(node:)?assert(\/strict)?$/.test(path) || !/node_modules.undici./.test(importer))
			return undefined;
		asserting.add(importer);
		return plain;
	},
	load: (id) => (id === plain ? contents : undefined),
};

/**
 * A new undici may assert in other ways: then the build must not go on as if nothing were.
 *
 * @param {readonly import('rolldown').OutputChunk[]} chunks
 */
export function refuseOtherAsserts(chunks) {
	if (asserting.size === 0) throw new Error('undici asserts no longer: remove plain-assert.mjs');
	const other = chunks.find(({ imports }) => imports.some((path) => /^(node:)?assert/.test(path)));
	if (other !== undefined) throw new Error(`Node's assert is in ${other.fileName}`);
	for (const file of asserting) {
		const text = readFileSync(file, 'utf8');
		const [form] = /\bassert\.\w+|\{[^}]*\} = require\('(node:)?assert/.exec(text) ?? [];
		if (form !== undefined)
			throw new Error(`${file} needs "${form}", which plain-assert.mjs has not`);
	}
}
