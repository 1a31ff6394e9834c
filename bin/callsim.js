#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
const built = new URL('../dist/cli.js', import.meta.url);

if (!supported) {
	process.stderr.write(
		`error node-version: callsim needs Node 20.19, 22.13 or 24 and later, this is ${process.versions.node}\n  try: Install a current Node.js.\n`,
	);
	process.exitCode = 2;
} else if (!existsSync(built)) {
	process.stderr.write(
		'error not-built: callsim has not been built here\n  try: Run "npm ci" (or "npm run build") in the folder of callsim.\n',
	);
	process.exitCode = 2;
} else {
	const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
	const [only, ...more] = process.argv.slice(2);
	if (more.length === 0 && (only === '--version' || only === '-V')) {
		process.stdout.write(`${version}\n`);
	} else {
		const { start } = await import(built.href);
		process.exitCode = await start(version);
	}
}
