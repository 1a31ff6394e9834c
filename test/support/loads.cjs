// Required before the command: tells on stderr, at the end, which files of the build and which
// modules of Node it asked for.
const Module = require('node:module');
const { basename } = require('node:path');

const load = Module._load;
const getBuiltin = process.getBuiltinModule;
const asked = new Set();
const nameOf = (request) =>
	Module.isBuiltin(request) ? request.replace(/^node:/, '') : basename(request);

Module._load = function (request, ...more) {
	asked.add(nameOf(request));
	return load.call(this, request, ...more);
};
process.getBuiltinModule = (name) => {
	asked.add(nameOf(name));
	return getBuiltin(name);
};
process.on('exit', () => process.stderr.write(`\nloads ${JSON.stringify([...asked])}\n`));
