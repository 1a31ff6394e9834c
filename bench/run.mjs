// 1,000 steps in one run against a local receiver, beside Newman sending 1,000 equal requests; and
// how memory grows with the number of steps. Newman is installed into a folder of its own, and
// removed again. Goal: at most a third of its time.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const bin = join(here, '..', 'bin', 'callsim.js');
const runs = Number(process.env.RUNS ?? 5);
const steps = 1_000;
const work = mkdtempSync(join(tmpdir(), 'callsim-bench-'));

const server = spawn(process.execPath, [
	'-e',
	'require("http").createServer((q,r)=>{q.resume();q.on("end",()=>r.end("OK"))}).listen(0,"127.0.0.1",function(){console.log(this.address().port)})',
]);
try {
	const port = await new Promise((resolve) =>
		server.stdout.once('data', (data) => resolve(Number(data))),
	);
	const url = `http://127.0.0.1:${port}/cb`;
	const newman = installNewman();
	const collection = join(work, 'collection.json');
	writeFileSync(collection, JSON.stringify(collectionFor(url)));
	const ours = (count) => [bin, 'run', scenario(count), '--to', url, '--speed', 'max'];
	const theirs = [newman, 'run', collection, '--silent'];

	const pairs = Array.from({ length: runs + 1 }, () => [timed(ours(steps)), timed(theirs)]).slice(
		1,
	);
	const ratio = median(pairs.map(([a, b]) => a / b));
	process.stdout.write(
		`Node ${process.versions.node}, ${runs} pairs\n${steps} steps: ${ms(pairs, 0)} ms, Newman ${ms(pairs, 1)} ms: ratio ${ratio.toFixed(2)} (goal 0.33)${ratio > 1 / 3 ? '  MISSED' : ''}\n`,
	);
	if (ratio > 1 / 3) process.exitCode = 1;
	for (const count of [1_000, 4_000, 16_000]) {
		process.stdout.write(`${count} steps: ${Math.round(peakOf(ours(count)) / 1024)} MiB at most\n`);
	}
} finally {
	server.kill();
	rmSync(work, { recursive: true, force: true });
}

/** Every step written out, as in a file that somebody wrote; many more as a repetition. */
function scenario(count) {
	const file = join(work, `${count}.yaml`);
	const one = '  - fire: transaction-success\n    set: { order_number: "ORD-${seq}" }\n';
	const written = count <= steps ? one.repeat(count) : `${one}    repeat: ${count}\n`;
	writeFileSync(file, `name: ${count} steps\nprovider: bayarcash\nsteps:\n${written}`);
	return file;
}

function collectionFor(url) {
	const shown = spawnSync(process.execPath, [
		bin,
		'show',
		'bayarcash/transaction-success',
		'--print',
		'body',
	]);
	const item = {
		name: 'callback',
		request: {
			method: 'POST',
			url,
			header: [{ key: 'content-type', value: 'application/x-www-form-urlencoded' }],
			body: { mode: 'raw', raw: shown.stdout.toString() },
		},
	};
	const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
	return { info: { name: 'bench', schema }, item: Array.from({ length: steps }, () => item) };
}

function installNewman() {
	const { status } = spawnSync(
		'npm',
		['install', '--silent', '--no-audit', '--no-fund', '--prefix', work, 'newman@6'],
		{
			stdio: 'inherit',
		},
	);
	if (status !== 0) throw new Error('Newman could not be installed');
	return join(work, 'node_modules', 'newman', 'bin', 'newman.js');
}

function timed(args) {
	const started = process.hrtime.bigint();
	const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
	if (status !== 0) throw new Error(`exit code ${status}: ${args.join(' ')}`);
	return Number(process.hrtime.bigint() - started) / 1e6;
}

/** @returns KiB */
function peakOf(args) {
	const report = `process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`;
	const watch = join(work, 'peak.cjs');
	writeFileSync(watch, report);
	const { stderr } = spawnSync(
		process.execPath,
		['--max-semi-space-size=1', '--require', watch, ...args],
		{
			stdio: ['ignore', 'ignore', 'pipe'],
		},
	);
	return Number(/peak (\d+)/.exec(stderr.toString())?.[1]);
}

function ms(pairs, side) {
	return Math.round(median(pairs.map((pair) => pair[side])));
}
function median(values) {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
