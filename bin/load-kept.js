// For Node 20, which has no module.enableCompileCache(): loads the bundle and keeps what V8 compiled
// for the next start, beside the bundle, where whoever may write could change the code itself.
'use strict';
const {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { Script, constants } = require('node:vm');

const head = '(function (exports, require, module, __filename, __dirname) { ';

/**
 * What `require(file)` answers. Files that it asks for by "./" are loaded in the same way; `kept`
 * is the folder of what was compiled, which need not exist, nor be writable.
 * @param {string} file a CommonJS file
 * @param {string} kept
 */
exports.loadKept = (file, kept) => {
	const folder = dirname(file);
	/** @type {Map<string, {exports: any}>} */
	const loaded = new Map();
	/** @type {Map<string, Script>} */
	const compiled = new Map();

	/** @param {string} name */
	const load = (name) => {
		const known = loaded.get(name);
		if (known !== undefined) return known.exports;
		const module = { exports: {} };
		loaded.set(name, module);
		const path = join(folder, name);
		/** @param {string} id */
		const requireFrom = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));
		compile(path).runInThisContext()(module.exports, requireFrom, module, path, folder);
		return module.exports;
	};

	/** @param {string} path */
	const compile = (path) => {
		const { size, mtimeMs } = statSync(path);
		const entry = `${basename(path)}.${size}-${Math.floor(mtimeMs)}`;
		const cachedData = readIfThere(join(kept, entry));
		const script = new Script(`${head}${readFileSync(path, 'utf8')}\n})`, {
			filename: path,
			columnOffset: -head.length,
			importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
			...(cachedData !== undefined && { cachedData }),
		});
		// One that V8 rejects was made for other flags: those of the next start decide.
		if (cachedData === undefined) compiled.set(entry, script);
		return script;
	};

	// At the end, when the functions that a command needs have been compiled as well.
	process.on('exit', () => {
		if (compiled.size === 0) return;
		try {
			keep(compiled, kept);
		} catch {
			// A folder that cannot be written, a full disk: the next start takes as long as this one.
		}
	});
	return load(basename(file));
};

/** @param {string} path */
function readIfThere(path) {
	try {
		return readFileSync(path);
	} catch {
		return undefined;
	}
}

/**
 * @param {Map<string, Script>} compiled
 * @param {string} folder
 */
function keep(compiled, folder) {
	const { setFlagsFromString } = require('node:v8');
	// What tuneForShortRuns set: V8 takes only what was compiled under the flags that it starts with.
	for (const flag of ['--no-liftoff-only', '--wasm-tier-up', '--wasm-dynamic-tiering'])
		setFlagsFromString(flag);
	mkdirSync(folder, { recursive: true });
	const before = readdirSync(folder);
	for (const [entry, script] of compiled) {
		const path = join(folder, entry);
		const unfinished = `${path}.${process.pid}`;
		writeFileSync(unfinished, script.createCachedData());
		renameSync(unfinished, path);
		const { 1: name } = /^(.+\.cjs)\./.exec(entry) ?? [];
		for (const old of before)
			if (old !== entry && old.startsWith(`${name}.`)) rmSync(join(folder, old), { force: true });
	}
}
