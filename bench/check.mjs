// How long all rules of a provider take against a fast local receiver, and how that compares with a
// bare script that sends as many requests as the check did, one connection each (goal: under 3 s);
// and how long one of 10 to 10,000 rules takes, beside Newman sending as many requests.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured, median } from './measured.mjs';
import { collectionIn, newmanIn } from './newman.mjs';
import { chart, keep, machine, table } from './results.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bin = join(here, '..', 'bin', 'callsim.js');
const short = process.argv.includes('--short');
const runs = short ? 1 : Number(process.env.RUNS ?? 5);
const sizes = short ? [10] : [10, 100, 1_000, 10_000];
/** More requests take Newman minutes, and no less each. */
const mostOfNewman = 1_000;
const goalSeconds = 3;
const work = mkdtempSync(join(tmpdir(), 'callsim-bench-'));
const newman = short ? null : newmanIn(work);

/** A careful receiver that counts its requests. */
async function receiver(provider) {
	const zoo = join(here, '..', 'test', 'zoo', 'serve.js');
	const child = spawn(process.execPath, [zoo, `careful/${provider}`, '0']);
	const url = await new Promise((resolve) =>
		child.stdout.once('data', (text) => resolve(/http:\/\/[\d.:]+/.exec(String(text))?.[0])),
	);
	// Not kept: while a process is measured nobody here sees that the receiver has closed.
	const count = async () =>
		Number(await (await fetch(`${url}/count`, { headers: { connection: 'close' } })).text());
	/** What was measured, and how many requests came meanwhile. */
	const counted = async (work) => {
		const before = await count();
		const results = work();
		return { results, requests: (await count()) - before - 1 };
	};
	return { url, counted, close: () => child.kill() };
}
const timed = (args, times) =>
	Array.from({ length: times }, () => measured(process.execPath, args));
const medianOf = (results, what) => median(results.map((result) => result[what]));

const rows = [];
for (const provider of short ? ['bayarcash'] : ['bayarcash', 'iak', 'khoins', 'transfez']) {
	const { url, counted, close } = await receiver(provider);
	const flags = ['--setup-url', `${url}/setup/{reference}?amount={amount}`];
	const probe = ['--probe-url', `${url}/orders/{reference}`];
	const args = [bin, 'check', provider, '--to', `${url}/callback`, ...flags, ...probe];
	const { results, requests: all } = await counted(() => timed(args, runs));
	const requests = Math.round(all / runs);
	const bare = timed([join(here, 'bare-requests.mjs'), `${url}/count`, String(requests)], runs);
	close();
	const seconds = medianOf(results, 'seconds');
	if (seconds > goalSeconds && !short) process.exitCode = 1;
	rows.push([
		provider,
		`${seconds.toFixed(1)} s${seconds > goalSeconds ? ' (missed)' : ''}`,
		`${medianOf(results, 'cpu').toFixed(1)} s`,
		String(requests),
		`${medianOf(bare, 'seconds').toFixed(2)} s`,
		(seconds / medianOf(bare, 'seconds')).toFixed(1),
	]);
}
const providers = table([
	[`check`, 'took', 'of the processor', 'requests', 'a bare script', 'ratio'],
	...rows,
]);
process.stdout.write(`${machine()}\n${providers}\n\n`);

const names = spawnSync(process.execPath, [bin, 'check', 'bayarcash', '--list'])
	.stdout.toString()
	.split('\n')
	.flatMap((line) => /^([a-z\d-]+) +(?:must|should|advice) /.exec(line)?.[1] ?? []);
const { url, counted, close } = await receiver('bayarcash');
const each = [];
for (const size of sizes) {
	const { results, requests } = await counted(() =>
		timed([join(here, 'rules.mjs'), url, String(size), ...names], 1),
	);
	const [{ seconds, cpu, peak, stdout }] = results;
	const judged = Number(stdout);
	if (judged === 0) throw new Error(`${size} rules: none was judged`);
	const ms = (value, of) => ((value * 1_000) / of).toFixed(2);
	const row = [
		size.toLocaleString('en'),
		judged.toLocaleString('en'),
		ms(seconds, size),
		ms(cpu, size),
		peak.toFixed(0),
		String(requests),
		ms(cpu, requests),
	];
	if (newman !== null) {
		const count = Math.min(requests, mostOfNewman);
		const file = collectionIn(work, { url: `${url}/count`, body: 'a=1', count });
		const [theirs] = timed([newman, 'run', file, '--silent'], 1);
		row.push(ms(theirs.cpu, count), (cpu / requests / (theirs.cpu / count)).toFixed(2));
	}
	each.push(row);
}
close();
rmSync(work, { recursive: true, force: true });
const head = [
	'rules',
	'passed',
	'ms a rule',
	'of the processor',
	'peak MiB',
	'requests',
	'ms of it a request',
];
if (newman !== null) head.push('Newman', 'callsim / it');
const rules = table([head, ...each]);
process.stdout.write(`${rules}\n`);
const link = chart(
	'rules',
	each.map(([size, , , cpu]) => [`callsim, ${size}`, Number(cpu)]),
	'ms of the processor a rule',
);
keep(
	'Checks',
	`Medians of ${runs}; a bare script sends as many requests one after the other:\n\n${providers}\n\nRules of bayarcash in one process, its start included, four checks side by side:\n\n${rules}\n\n${link}${newman === null ? '\n\nNot there: newman.' : ''}`,
);
