'use strict';
// Runs a command line quietly, then writes the code cache of one bundle: what was compiled on the way is in it.
// Usage: node scripts/code-cache.cjs <bundle> <argument>…
const { writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { cacheFile, load } = require('../bin/load.js');

const [bundle, ...args] = process.argv.slice(2);
const dist = join(__dirname, '..', 'dist');
const wanted = resolve(dist, bundle);
load.loaded = (file, script) => {
	if (file === wanted) process.once('exit', () => writeFileSync(cacheFile(file), script.createCachedData()));
};
process.argv.splice(2, Infinity, ...args);
process.stdout.write = () => true;
process.stderr.write = () => true;
const { start } = load(join(dist, 'cli.cjs')).exports;
start('0.0.0', join(dist, 'catalogue.json'));
