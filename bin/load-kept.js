// Loads the bundle and keeps what V8 compiled for the next start, beside the bundle: whoever may
// write there could change the code itself. Node's own compile cache keeps a file as it is when it
// is loaded; more than half of what a command compiles are functions, at their first call.
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
const { Script } = require('node:vm');

const head = '(function (exports, require, module, __filename, __dirname) { ';

/**
 * What `require(file)` answers. Files that it asks for by "./" are loaded in the same way.
 * @param {string} file a CommonJS file
 * @param {string} folder where compiled code is kept: need not exist, nor be writable
 */
exports.loadKept = (file, folder) => {
	const dist = dirname(file);
	/** @type {Map<string, {exports: any}>} */
	const loaded = new Map();
	/** @type {Map<string, Script>} by the name of what is kept */
	const scripts = new Map();
	let isComplete = true;

	/** @param {string} name */
	const load = (name) => {
		const known = loaded.get(name);
		if (known !== undefined) return known.exports;
		const module = { exports: {} };
		loaded.set(name, module);
		const path = join(dist, name);
		/** @param {string} id */
		const requireFrom = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));
		compile(path).runInThisContext()(module.exports, requireFrom, module, path, dist);
		return module.exports;
	};

	/** @param {string} path */
	const compile = (path) => {
		const { size, mtimeMs } = statSync(path);
		const entry = `${basename(path)}.${size}-${Math.floor(mtimeMs)}`;
		const cachedData = readIfThere(join(folder, entry));
		// What V8 rejects was made under other flags, and is not made again under these.
		if (cachedData === undefined) isComplete = false;
		const script = new Script(`${head}${readFileSync(path, 'utf8')}\n})`, {
			filename: path,
			columnOffset: -head.length,
			...(cachedData !== undefined && { cachedData }),
		});
		scripts.set(entry, script);
		return script;
	};

	// At the end, when what a command calls has been compiled. All of it once something is new: a
	// file that was kept before may have compiled more for this command.
	process.on('exit', () => {
		if (isComplete) return;
		try {
			keep(scripts, folder);
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
 * @param {Map<string, Script>} scripts
 * @param {string} folder
 */
function keep(scripts, folder) {
	// A worker of a burst ends under the flags that the process has set (src/delivery/v8-flags.ts).
	if (!require('node:worker_threads').isMainThread) return;
	mkdirSync(folder, { recursive: true });
	const before = readdirSync(folder);
	for (const [entry, script] of scripts) {
		const unfinished = join(folder, `${entry}.${process.pid}`);
		try {
			writeFileSync(unfinished, script.createCachedData());
			renameSync(unfinished, join(folder, entry));
		} finally {
			rmSync(unfinished, { force: true });
		}
		const name = entry.replace(/\.[^.]*$/, '.');
		for (const old of before)
			if (old !== entry && old.startsWith(name)) rmSync(join(folder, old), { force: true });
	}
}
