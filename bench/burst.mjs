// Floods beside hey, wrk and autocannon, in turn, each with one sending core where it can be said:
// every callback of ours is composed and signed, theirs is one fixed body, but for the last. Medians of rounds; a
// second of the processor is told beside one of the wall, which other work on the machine disturbs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { has, measured, median } from './measured.mjs';
import { chart, keep, machine, table } from './results.mjs';
import { nginxSink, nodeSink } from './sinks.mjs';

const short = process.argv.includes('--short');
const rounds = Number(process.env.ROUNDS ?? (short ? 1 : 5));
const count = Number(process.env.COUNT ?? (short ? 2_000 : 200_000));
const bin = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'callsim.js');
const temporary = mkdtempSync(join(tmpdir(), 'callsim-peers-'));
const body = 'a'.repeat(428);
const say = (text) => process.stdout.write(`${text}\n`);

const burst = (event, url, n, more = []) => [
	process.execPath,
	[
		bin,
		'burst',
		event,
		'--to',
		url,
		'--count',
		String(n),
		'--connections',
		'32',
		'--json',
		...more,
	],
];
const autocannon = join(temporary, 'node_modules', 'autocannon', 'autocannon.js');
const signing = join(dirname(fileURLToPath(import.meta.url)), 'autocannon-signing.mjs');
writeFileSync(
	join(temporary, 'wrk.lua'),
	`wrk.method="POST"; wrk.body="${body}"; wrk.headers["content-type"]="application/x-www-form-urlencoded"`,
);

/** Names and how each is started; those that are not there are named in the end. */
function peers() {
	const missing = [];
	const all = {
		callsim: (url) => burst('bayarcash/transaction-success', url, count),
		hey: (url) => [
			'hey',
			['-cpus', '1', '-n', String(count), '-c', '32', '-m', 'POST', '-d', body, url],
		],
		wrk: (url) => [
			'wrk',
			['-t1', '-c32', `-d${short ? 1 : 5}s`, '-s', join(temporary, 'wrk.lua'), url],
		],
		autocannon: (url) => [
			process.execPath,
			[autocannon, '-a', String(count), '-c', '32', '-m', 'POST', '-b', body, '--json', url],
		],
		'autocannon, signing': (url) => [
			process.execPath,
			[signing, dirname(autocannon), url, String(count), '32'],
		],
	};
	for (const name of ['hey', 'wrk'])
		if (!has(name)) {
			delete all[name];
			missing.push(name);
		}
	if (!short)
		try {
			execFileSync(
				'npm',
				['install', '--no-audit', '--no-fund', '--ignore-scripts', 'autocannon@8'],
				{
					cwd: temporary,
					stdio: 'ignore',
				},
			);
		} catch {
			// Told below.
		}
	if (!existsSync(autocannon)) {
		delete all.autocannon;
		delete all['autocannon, signing'];
		missing.push('autocannon');
	}
	return { all, missing };
}

/** How many were sent: wrk goes by time. */
const sentBy = (name, { stdout }) =>
	name === 'wrk' ? Number(/(\d+) requests in/.exec(stdout)?.[1] ?? 0) : count;

function compete(all, url) {
	const rates = Object.fromEntries(Object.keys(all).map((name) => [name, { wall: [], cpu: [] }]));
	for (let round = 0; round < rounds; round++)
		for (const [name, command] of Object.entries(all)) {
			const result = measured(...command(url));
			rates[name].wall.push(sentBy(name, result) / result.seconds);
			rates[name].cpu.push(sentBy(name, result) / result.cpu);
		}
	const ours = rates.callsim;
	const ratio = (kind, peer) =>
		median(ours[kind].map((rate, at) => rate / peer[kind][at])).toFixed(2);
	return Object.entries(rates).map(([name, rate]) => [
		name,
		Math.round(median(rate.wall)).toLocaleString('en'),
		ratio('wall', rate),
		Math.round(median(rate.cpu)).toLocaleString('en'),
		ratio('cpu', rate),
	]);
}

const head = ['sender', 'a second', 'callsim / it', 'a second of the processor', 'callsim / it'];
const { all, missing } = peers();
say(machine());
const sections = [];
for (const [name, sink] of [
	['nginx', await nginxSink()],
	['node:http', await nodeSink()],
]) {
	if (sink === null) {
		missing.push('nginx');
		continue;
	}
	const rows = compete(all, sink.url);
	await sink.close();
	const link = chart(
		`floods-${name.replace(':', '-')}`,
		rows.map(([sender, , , cpu]) => [sender, Number(cpu.replaceAll(',', ''))]),
		'a second of the processor',
	);
	sections.push(
		`Against ${name}, ${count} each, 32 connections:\n\n${table([head, ...rows])}\n\n${link}`,
	);
	say(sections.at(-1));
}

/** The other providers, one core's worth. */
const kinds = [
	['bayarcash/transaction-success', []],
	['iak/pulsa-success', []],
	['iak/pulsa-success', ['--encoding', 'xml']],
	['khoins/transaction-success', []],
	['transfez/transaction-completed', []],
];
const rows = [];
for (const [event, more] of kinds) {
	const sink = await nodeSink(event.startsWith('transfez'));
	const { cpu, stdout } = measured(...burst(event, sink.url, count, more));
	await sink.close();
	const { acknowledged, attempts, challenges } = JSON.parse(stdout.trim().split('\n').at(-1));
	if (acknowledged !== count) throw new Error(`${event}: ${acknowledged} of ${count} acknowledged`);
	rows.push([
		`${event} ${more.join(' ')}`.trim(),
		Math.round(count / cpu).toLocaleString('en'),
		String(attempts),
		String(challenges),
	]);
}
sections.push(table([['event', 'a second of the processor', 'attempts', 'challenges'], ...rows]));
say(sections.at(-1));

/** Memory is flat. */
const sink = (await nginxSink()) ?? (await nodeSink());
const [few, many] = short ? [1_000, 20_000] : [10_000, Number(process.env.MOST ?? 1_000_000)];
const peakOf = (n) => measured(...burst('bayarcash/transaction-success', sink.url, n)).peak;
const [small, large] = [peakOf(few), peakOf(many)];
await sink.close();
sections.push(
	`Peak memory: ${small.toFixed(0)} MiB for ${few.toLocaleString('en')}, ${large.toFixed(0)} MiB for ${many.toLocaleString('en')}: ${(large / small).toFixed(2)} × (goal 1.15).`,
);
say(sections.at(-1));
if (missing.length > 0) sections.push(`Not there: ${missing.join(', ')}.`);
keep('Floods', sections.join('\n\n'));
rmSync(temporary, { recursive: true, force: true });
