import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const library = pathToFileURL(`${dist}index.mjs`).href;
const bundles = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.cjs'),
);

/** What a program that catches nothing leaves on the terminal. */
function uncaughtIn(program: string): Promise<{ code: number | null; stderr: string }> {
	const { path } = folderWith({ 'program.mjs': program });
	const child = spawn(process.execPath, ['program.mjs'], {
		cwd: path,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

describe('an error that nobody catches fits on a screen, and says where', () => {
	test.each([
		["compose('bayarcash/transaction-sucess')", 'event-unknown'],
		['compose()', 'TypeError'],
		["compose('bayarcash/transaction-success', { set: 7, body: 1n })", 'Error'],
		["fire('bayarcash/transaction-success')", 'TypeError'],
		["fire('bayarcash/transaction-success', { to: 'http://203.0.113.9/' })", 'target-remote'],
		["check('bayarcash', { to: '' })", 'target-invalid'],
		["run({ name: 'none' }, { to: 'http://127.0.0.1:1/' })", 'scenario-invalid'],
	])('%s: %s', async (call, what) => {
		const { code, stderr } = await uncaughtIn(
			`import * as callsim from '${library}';\nawait callsim.${call};\n`,
		);
		expect(code).toBe(1);
		expect(stderr).toContain(what);
		expect(stderr).toMatch(/at (async )?(Module\.)?\w+ \(.*\/dist\/\w+\.cjs:\d+:\d+\)/);
		expect(stderr.length).toBeLessThan(3_000);
	});

	test('nor does an assertion of undici read its own source to say what it was about', async () => {
		const { code, stderr } = await uncaughtIn(`
			import { createRequire } from 'node:module';
			const Client = createRequire(import.meta.url)('${dist}client.cjs').default;
			const client = new Client('http://127.0.0.1:1', { maxHeaderSize: 16_384 });
			const own = (name) => Object.getOwnPropertySymbols(client).find(({ description }) => description === name);
			client.destroy();
			client[own('queue')].push({});
			client[own('resume')]();
		`);
		expect(code).toBe(1);
		expect(stderr).toContain('AssertionError: what undici holds to be impossible has happened');
		expect(stderr).toMatch(/at _resume \(.*client\.cjs:\d+:\d+\)/);
		expect(stderr.length).toBeLessThan(3_000);
	});
});

/** Constants, in which nothing is thrown: undici's WebAssembly, tables of typebox. */
const longest: Readonly<Record<string, number>> = {
	'client.cjs': 80_000,
	'typebox.cjs': 5_000,
};

/** The style and the scripts of pages, one text each, in whatever file the build puts them. */
const isOfAPage = (line: string): boolean => /^var \w+_(?:js|css)_default = "/.test(line);

test.each(bundles)('%s has lines that a terminal can show', (file) => {
	const lines = readFileSync(`${dist}${file}`, 'utf8').split('\n');
	const lengths = lines.filter((line) => !isOfAPage(line)).map(({ length }) => length);
	expect(Math.max(...lengths)).toBeLessThanOrEqual(longest[file] ?? 700);
});
