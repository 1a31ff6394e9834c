// Start-up on the versions of Node that people run, beside the command lines of the field: whole
// processes in turn, medians. Node and the peers come from the package registry, into a folder that is
// removed again. `RUNS=21 NODES=20,24 node bench/start-up-peers.mjs`; 20 is the Node that runs this.
import { spawn, spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './measured.mjs';
import { keep, table } from './results.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const bin = join(root, 'bin', 'callsim.js');
const bare = join(here, 'bare-request.mjs');
const runs = Number(process.env.RUNS ?? 11);
const own = process.versions.node.split('.')[0];
const nodes = (process.env.NODES ?? `${own},22,24,26`).split(',');
const work = mkdtempSync(join(tmpdir(), 'callsim-bench-'));
const env = {
	...process.env,
	XDG_STATE_HOME: join(work, 'state'),
	XDG_CACHE_HOME: join(work, 'cache'),
};

let heard = () => undefined;
const server = createServer((request, response) => {
	heard();
	request.resume();
	request.on('end', () => response.end('OK'));
});
try {
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${server.address().port}/cb`;
	keep('Start-up', `${await versions(url)}\n\n${await peers()}`);
} finally {
	server.close();
	rmSync(work, { recursive: true, force: true });
}

async function versions(url) {
	const event = 'bayarcash/transaction-success';
	const commands = [
		['--version', ['--version'], 'nothing'],
		['list', ['list'], 'nothing'],
		['show', ['show', event], 'nothing'],
		['a completion', ['complete', '--', 'fire', 'bayarcash/tr'], 'nothing'],
		['fire, one POST', ['fire', event, '--to', url], 'request'],
		['check, to its first request', ['check', 'bayarcash', '--to', url], 'first'],
		['run, to its first request', ['run', 'bayarcash/duplicate', '--to', url], 'first'],
	];
	const rows = [
		[
			'processor time, ms more than `node -e 0` (a bare `http.request` script for `fire`), and the ratio',
			...nodes.map((node) => `Node ${node}`),
		],
	];
	const cells = new Map(commands.map(([name]) => [name, []]));
	for (const node of nodes) {
		const program = nodeOf(node);
		for (const [name, args, against] of commands) {
			const peer = against === 'request' ? [bare, url] : ['-e', '0'];
			const ours = () =>
				against === 'first' ? toFirst(program, [bin, ...args]) : spent(program, [bin, ...args]);
			const theirs = () => (against === 'first' ? wall(program, peer) : spent(program, peer));
			const pairs = [];
			for (let turn = 0; turn <= runs; turn++) pairs.push([await ours(), await theirs()]);
			const kept = pairs.slice(1);
			const more = median(kept.map(([a, b]) => a - b));
			const ratio = median(kept.map(([a, b]) => a / b));
			cells.get(name).push(`${more.toFixed(1)} (${ratio.toFixed(2)} ×)`);
			process.stdout.write(
				`Node ${node}  ${name.padEnd(28)} ${more.toFixed(1)} ms over, ${ratio.toFixed(2)} ×\n`,
			);
		}
	}
	rows.push(
		...commands.map(([name, , against]) => [
			against === 'first' ? `${name} (by the clock)` : name,
			...cells.get(name),
		]),
	);
	return table(rows);
}

/** `--version` of each, and what it takes on disk with all that it brings. */
async function peers() {
	const packages = [
		['callsim', packed(), 'callsim'],
		['@stripe/cli', '@stripe/cli', 'stripe'],
		['hookdeck-cli', 'hookdeck-cli', 'hookdeck'],
		['smee-client', 'smee-client', 'smee'],
		['newman', 'newman@6', 'newman'],
	];
	const installed = packages.map(([name, from, command]) => ({
		name,
		...install(name, from),
		command,
	}));
	const times = new Map(installed.map(({ name }) => [name, []]));
	const natives = installed.flatMap(({ name, folder }) =>
		nativeIn(folder).map((file) => ({ name: `${name}, its native binary`, file })),
	);
	for (const { name } of natives) times.set(name, []);
	for (let turn = 0; turn <= runs; turn++) {
		for (const { name, folder, command } of installed)
			times
				.get(name)
				.push(await wall(join(folder, 'node_modules', '.bin', command), ['--version']));
		for (const { name, file } of natives) times.get(name).push(await wall(file, ['--version']));
	}
	const [ours] = installed;
	const first = median(times.get(ours.name).slice(1));
	const line = (name, more) => {
		const ms = median(times.get(name).slice(1));
		return [name, ms.toFixed(0), (ms / first).toFixed(2), ...more];
	};
	return table([
		['`--version`', 'ms by the clock', 'of callsim', 'installed, MB', 'packages'],
		...installed.map(({ name, mb, packages: count }) => line(name, [mb.toFixed(1), String(count)])),
		...natives.map(({ name }) => line(name, ['', ''])),
	]);
}

function nodeOf(version) {
	if (version === own) return process.execPath;
	const folder = join(work, `node${version}`);
	mkdirSync(folder);
	npm(folder, ['install', `node@${version}`]);
	const found = filesIn(folder).find(
		(file) => /bin[/\\]node$/.test(file) && statSync(file).size > 1e6,
	);
	if (found === undefined) throw new Error(`node@${version} brought no node`);
	return found;
}

/** The package as it would be published. */
function packed() {
	const { stdout } = spawnSync('npm', ['pack', '--silent', '--pack-destination', work, root], {
		encoding: 'utf8',
	});
	return join(work, stdout.trim().split('\n').at(-1));
}

function install(name, from) {
	const folder = join(work, name.replace('/', '-'));
	mkdirSync(folder);
	npm(folder, ['install', '--ignore-scripts', from]);
	const lock = filesIn(join(folder, 'node_modules'));
	const bytes = lock.reduce((sum, file) => sum + statSync(file).size, 0);
	const packages = lock.filter((file) =>
		/node_modules[/\\](@[^/\\]+[/\\])?[^/\\@]+[/\\]package\.json$/.test(file),
	);
	return { folder, mb: bytes / 1e6, packages: packages.length };
}

function npm(folder, args) {
	writeFileSync(join(folder, 'package.json'), '{}');
	const { status } = spawnSync('npm', [...args, '--silent', '--no-audit', '--no-fund'], {
		cwd: folder,
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}`);
}

function nativeIn(folder) {
	const native = /linux-x64.*[/\\](stripe|hookdeck)$/;
	return filesIn(join(folder, 'node_modules')).filter((file) => native.test(file));
}

function filesIn(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/** User and system milliseconds of a process. */
async function spent(command, args) {
	const timing = `TIMEFORMAT='%U %S'; time "$@" > /dev/null 2>&1`;
	const child = spawn('bash', ['-c', timing, 'bash', command, ...args], {
		stdio: ['ignore', 'ignore', 'pipe'],
		env,
	});
	let told = '';
	child.stderr.on('data', (data) => {
		told += data;
	});
	await ended(child);
	const [user, system] = told.trim().split('\n').at(-1).split(' ').map(Number);
	return (user + system) * 1_000;
}

/** Milliseconds by the clock until it has ended. */
async function wall(command, args) {
	const started = performance.now();
	await ended(spawn(command, args, { stdio: 'ignore', env }));
	return performance.now() - started;
}

/** The same until the receiver hears of it. */
async function toFirst(command, args) {
	const started = performance.now();
	const child = spawn(command, args, { stdio: 'ignore', env });
	const gone = ended(child);
	await Promise.race([
		gone.then(() => {
			throw new Error(`the receiver heard nothing of ${args.join(' ')}`);
		}),
		new Promise((resolve) => {
			heard = resolve;
		}),
	]);
	const took = performance.now() - started;
	child.kill('SIGKILL');
	await gone;
	return took;
}

function ended(child) {
	return new Promise((resolve) => child.once('close', resolve));
}
