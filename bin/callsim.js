#!/usr/bin/env node
// CommonJS (see package.json beside it): an ES module as the entry costs a tenth of the whole start-up.
'use strict';
const { accessSync, constants, existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
const dist = join(__dirname, '..', 'dist');

if (!supported) {
	process.stderr.write(
		`error node-version: callsim needs Node 20.19, 22.13 or 24 and later, this is ${process.versions.node}\n  try: Install a current Node.js.\n`,
	);
	process.exitCode = 2;
} else if (!existsSync(join(dist, 'catalogue.json'))) {
	process.stderr.write(
		'error not-built: callsim has not been built here\n  try: Run "npm ci" (or "npm run build") in the folder of callsim.\n',
	);
	process.exitCode = 2;
} else {
	const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'));
	const [only, ...more] = process.argv.slice(2);
	if (more.length === 0 && (only === '--version' || only === '-V')) {
		process.stdout.on('error', ({ code }) => {
			// A reader that has gone wants no more.
			if (code === 'EPIPE') return;
			process.exitCode = 2;
			process.stderr.write(
				`error output-unwritable: cannot write the output (${code})\n  try: Check where it goes.\n`,
			);
		});
		process.stdout.write(`${version}\n`);
	} else {
		const { start } = loaded(join(dist, 'cli.cjs'), version);
		start(version, join(dist, 'catalogue.json')).then((code) => {
			// An output that could not be written has said so already.
			process.exitCode ??= code;
		});
	}
}

/**
 * What the bundle exports, with the code that earlier starts compiled where that could be kept.
 * @param {string} file
 * @param {string} version
 */
function loaded(file, version) {
	if (process.env.NODE_DISABLE_COMPILE_CACHE !== undefined) return require(file);
	const root = join(__dirname, '..');
	const kept = join(root, '.compiled', `${version}-${process.version}-${process.arch}`);
	// V8 takes what was compiled under the same flags alone: what is kept is for starts without any.
	const hasFlags = process.execArgv.length > 0 || (process.env.NODE_OPTIONS ?? '') !== '';
	if (!hasFlags && (existsSync(kept) || isWritable(root)))
		return require('./load-kept.js').loadKept(file, kept);
	// Node's own, in a folder for temporary files: from 22.8 on, and less than ours.
	require('node:module').enableCompileCache?.();
	return require(file);
}

/** @param {string} folder */
function isWritable(folder) {
	try {
		accessSync(folder, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}
