'use strict';
// Runs a bundle of dist/ with V8's code cache, which the build made beside it: a tenth of the start-up is compiling.
const { existsSync, readFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** What is loaded through the cache; the rest is needed too seldom. */
const cached = new Set(['cli.cjs', 'undici-client.cjs']);

/**
 * Bytecode is only good for the V8 that made it; another one does not even look. V8 compares no more than the length of
 * the source, so a cache must never outlive its bundle: the build empties dist/ first.
 */
function cacheFile(file) {
	return `${file}.${process.versions.v8}-${process.arch}.cache`;
}

/** Every bundle runs once, as with require. */
const modules = new Map();

/** @returns the module, whose exports are what the bundle exports */
function load(file) {
	const before = modules.get(file);
	if (before !== undefined) return before;
	const cache = cacheFile(file);
	const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
	// What the build has made is ASCII, which is read faster as such.
	const script = new Script(wrap(readFileSync(file, 'latin1')), { filename: file, cachedData });
	const own = createRequire(file);
	const require = (id) =>
		id.startsWith('.') && cached.has(basename(id)) ? load(join(dirname(file), id)).exports : own(id);
	const module = { exports: {} };
	modules.set(file, module);
	script.runInThisContext().call(module.exports, module.exports, require, module, file, dirname(file));
	load.loaded?.(file, script);
	return module;
}

module.exports = { cacheFile, load };
