import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	cpSync,
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { authority } from './support/certificates.ts';
import { scratch } from './support/scratch.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A copy of the package as it is installed, and a way to run it. */
function installed() {
	const folder = scratch();
	for (const part of ['bin', 'dist', 'package.json'])
		cpSync(join(root, part), join(folder, part), { recursive: true, preserveTimestamps: true });
	const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
		spawnSync(process.execPath, [join(folder, 'bin', 'callsim.js'), ...args], {
			cwd: folder,
			encoding: 'utf8',
			env: { PATH: process.env['PATH'], HOME: folder, CALLSIM_NO_JOURNAL: '1', ...env },
		});
	const kept = join(folder, '.compiled');
	const entries = () => readdirSync(kept, { recursive: true, encoding: 'utf8' }).sort();
	const sizeOf = (file: string) => {
		const entry = entries().find((one) => one.includes(`/${file}.`)) ?? '';
		return statSync(join(kept, entry)).size;
	};
	return { folder, run, kept, entries, sizeOf };
}

/** Prints which of the kept files V8 refuses. */
const takes = `
	const { readFileSync } = require('fs');
	const { basename, join } = require('path');
	const [dist, kept, ...files] = process.argv.slice(1);
	for (const file of files) {
		const source = readFileSync(join(dist, basename(file).replace(/\\.[^.]*$/, '')), 'utf8');
		const script = new (require('vm').Script)(
			'(function (exports, require, module, __filename, __dirname) { ' + source + '\\n})',
			{ cachedData: readFileSync(join(kept, file)) },
		);
		if (script.cachedDataRejected) console.log(file);
	}`;

describe('what was compiled', () => {
	test('is kept for the next start, which says the same', () => {
		const { run, entries } = installed();
		const first = run(['list']);
		const before = entries();
		expect(before.some((entry) => /\/cli\.cjs\.\d+-\d+$/.test(entry))).toBe(true);
		expect(run(['list'])).toMatchObject({ status: 0, stdout: first.stdout, stderr: '' });
		expect(entries()).toEqual(before);
	});

	test('grows by what another command reads and calls', () => {
		const { run, entries, sizeOf } = installed();
		run(['list']);
		const before = sizeOf('base.cjs');
		const one = run(['show', 'iak/pulsa-success', '--now', '2026-01-01T00:00:00Z']);
		expect(entries().join()).toContain('with-show.cjs');
		const again = run(['show', 'iak/pulsa-success', '--now', '2026-01-01T00:00:00Z']);
		expect(again.stdout).toBe(one.stdout);
		expect(sizeOf('base.cjs')).toBeGreaterThan(before);
	});

	test('is not used for a file that was changed, and goes when that is compiled', () => {
		const { folder, run, entries } = installed();
		run(['list']);
		const file = join(folder, 'dist', 'base.cjs');
		// As long as it was: V8 itself looks at the length alone.
		writeFileSync(file, readFileSync(file, 'utf8').replace('Next: ', 'Then: '));
		utimesSync(file, new Date(), new Date(statSync(file).mtimeMs + 5_000));
		expect(run(['list']).stdout).toContain('Then: ');
		expect(entries().filter((entry) => entry.includes('base.cjs'))).toHaveLength(1);
		expect(run(['list']).stdout).toContain('Then: ');
	});

	test('is compiled anew where what was kept is broken', () => {
		const { run, kept, entries } = installed();
		const { stdout } = run(['list']);
		for (const entry of entries().filter((one) => one.includes('.cjs')))
			writeFileSync(join(kept, entry), 'no code');
		expect(run(['list'])).toMatchObject({ status: 0, stdout, stderr: '' });
	});

	test('is not kept where the folder cannot be written, and nothing else is lost', () => {
		const { folder, run, kept } = installed();
		// A file in its place: root may write where others may not.
		writeFileSync(kept, '');
		expect(run(['list'])).toMatchObject({ status: 0, stderr: '' });
		chmodSync(folder, 0o500);
		expect(run(['list'])).toMatchObject({ status: 0, stderr: '' });
		chmodSync(folder, 0o700);
	});

	// Some change how V8 works while they run; it refuses what was compiled under other flags.
	test.each([
		['fire', 'iak/pulsa-success', '--to', 'http://127.0.0.1:1', '--retry', 'none'],
		['burst', 'iak/pulsa-success', '--to', 'http://127.0.0.1:1', '--count', '1'],
		['burst', 'iak/game-success', '--to', 'http://127.0.0.1:1', '--count', '4', '--workers', '2'],
		['sandbox', 'khoins', '--port', '0', '--exec', 'true'],
	])('is taken again, whichever of %s made it', (...args) => {
		const { folder, run, kept, entries } = installed();
		run(args);
		const files = entries().filter((entry) => entry.includes('.cjs'));
		expect(files.length).toBeGreaterThan(3);
		const refused = spawnSync(
			process.execPath,
			['-e', takes, join(folder, 'dist'), kept, ...files],
			{
				encoding: 'utf8',
			},
		);
		expect(refused).toMatchObject({ stdout: '', stderr: '', status: 0 });
	});

	test('is kept once by several who start at once', async () => {
		const { folder, entries } = installed();
		const start = () =>
			promisify(execFile)(process.execPath, [join(folder, 'bin', 'callsim.js'), 'list'], {
				env: { PATH: process.env['PATH'], HOME: folder },
			});
		const all = await Promise.all(Array.from({ length: 4 }, start));
		expect(new Set(all.map(({ stdout }) => stdout))).toHaveProperty('size', 1);
		// None is left half written.
		expect(entries().filter((entry) => /\.cjs\.\d+-\d+\.\d+$/.test(entry))).toEqual([]);
	});

	test('loads what is only needed for TLS and for packed answers', async () => {
		const { folder } = installed();
		const server = createServer(authority().sign('localhost'), (_, response) =>
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('OK')),
		).listen(0, '127.0.0.1');
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const fire = [
			'fire',
			'iak/pulsa-success',
			'--to',
			`https://127.0.0.1:${port}/cb`,
			'--insecure',
		];
		const start = () =>
			promisify(execFile)(process.execPath, [join(folder, 'bin', 'callsim.js'), ...fire], {
				env: { PATH: process.env['PATH'], HOME: folder, CALLSIM_NO_JOURNAL: '1' },
			});
		const first = await start();
		expect(first.stdout).toContain('acknowledged at the first attempt');
		const again = await start();
		expect(again.stdout).toContain('acknowledged at the first attempt');
		expect(again.stderr).toBe(first.stderr);
		expect(first.stderr).not.toContain('Warning');
	});

	test('is not kept with NODE_DISABLE_COMPILE_CACHE', () => {
		const { run, kept } = installed();
		expect(run(['list'], { NODE_DISABLE_COMPILE_CACHE: '1' }).status).toBe(0);
		expect(existsSync(kept)).toBe(false);
	});

	test('is not kept of a start that has flags of its own, under which later ones would refuse it', () => {
		const { run, kept } = installed();
		expect(run(['list'], { NODE_OPTIONS: '--stack-trace-limit=20' }).status).toBe(0);
		expect(existsSync(kept)).toBe(false);
		run(['list']);
		expect(existsSync(kept)).toBe(true);
	});

	test('shows a fault at the line where it is', () => {
		const { folder, run } = installed();
		const file = join(folder, 'dist', 'cli.cjs');
		const lines = readFileSync(file, 'utf8').split('\n');
		writeFileSync(file, [`null.fault;${lines[0]}`, ...lines.slice(1)].join('\n'));
		expect(run(['list']).stderr).toContain('cli.cjs:1');
	});
});
