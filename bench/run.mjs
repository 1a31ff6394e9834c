// 10 to 10,000 steps in one run against a local receiver, beside Newman sending as many equal
// requests, in turn: time and memory a step. Goal: at most a third of Newman's time for 1,000.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured, median } from './measured.mjs';
import { collectionIn, newmanIn } from './newman.mjs';
import { chart, keep, machine, table } from './results.mjs';
import { nodeSink } from './sinks.mjs';

const bin = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'callsim.js');
const short = process.argv.includes('--short');
const rounds = short ? 1 : Number(process.env.RUNS ?? 5);
const sizes = short ? [10, 100] : [10, 100, 1_000, 10_000];
const goal = 1 / 3;
const work = mkdtempSync(join(tmpdir(), 'callsim-bench-'));

/** Every step written out, as in a file that somebody wrote; beyond 1,000 as a repetition. */
function scenario(count) {
	const file = join(work, `${count}.yaml`);
	const one = '  - fire: transaction-success\n    set: { order_number: "ORD-${seq}" }\n';
	const written = count <= 1_000 ? one.repeat(count) : `${one}    repeat: ${count}\n`;
	writeFileSync(file, `name: ${count} steps\nprovider: bayarcash\nsteps:\n${written}`);
	return file;
}

const sink = await nodeSink();
try {
	const { url } = sink;
	const newman = short ? null : newmanIn(work);
	const body = spawnSync(process.execPath, [
		bin,
		'show',
		'bayarcash/transaction-success',
		'--print',
		'body',
	]).stdout.toString();
	const rows = [];
	for (const count of sizes) {
		const ours = [bin, 'run', scenario(count), '--to', url, '--speed', 'max'];
		const collection = newman === null ? '' : collectionIn(work, { url, body, count });
		const pairs = Array.from({ length: count > 1_000 ? 1 : rounds }, () => [
			measured(process.execPath, ours),
			newman === null
				? undefined
				: measured(process.execPath, [newman, 'run', collection, '--silent']),
		]);
		const ms = (value) => ((value * 1_000) / count).toFixed(2);
		const of = (side, what) => median(pairs.map((pair) => pair[side][what]));
		const ratio = (what) => median(pairs.map(([a, b]) => a[what] / b[what]));
		const theirs =
			newman === null
				? []
				: [
						ms(of(1, 'seconds')),
						ratio('seconds').toFixed(2),
						ms(of(1, 'cpu')),
						ratio('cpu').toFixed(2),
						of(1, 'peak').toFixed(0),
					];
		if (newman !== null && count === 1_000 && ratio('seconds') > goal) {
			process.stdout.write(`MISSED: ${ratio('seconds').toFixed(2)} (goal ${goal.toFixed(2)})\n`);
			process.exitCode = 1;
		}
		rows.push([
			count.toLocaleString('en'),
			ms(of(0, 'seconds')),
			ms(of(0, 'cpu')),
			of(0, 'peak').toFixed(0),
			...theirs,
		]);
	}
	const head = ['steps', 'ms a step', 'of the processor', 'peak MiB'];
	const newmans = ['Newman: ms', 'callsim / it', 'of the processor', 'callsim / it', 'peak MiB'];
	const text = `Start included, medians of ${rounds}, 10,000 once:\n\n${table([[...head, ...(newman === null ? [] : newmans)], ...rows])}`;
	process.stdout.write(`${machine()}\n${text}\n`);
	const bars = rows.flatMap(([steps, , ours, , , , theirs]) => [
		[`callsim, ${steps}`, Number(ours)],
		...(theirs === undefined ? [] : [[`Newman, ${steps}`, Number(theirs)]]),
	]);
	const link = chart('steps', bars, 'ms of the processor a step');
	keep('Steps', `${text}\n\n${link}${newman === null ? '\n\nNot there: newman.' : ''}`);
} finally {
	await sink.close();
	rmSync(work, { recursive: true, force: true });
}
