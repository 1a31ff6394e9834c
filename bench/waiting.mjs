// Orders that all wait at once: a receiver that is down, five attempts each on the provider's
// schedule, without waiting for it. Time and peak memory of the whole process, twice: with the
// receiver in the same process, where every attempt is held against the schedule, and the command
// over sockets to nginx.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured } from './measured.mjs';
import { program } from './program.mjs';
import { chart, keep, machine, table } from './results.mjs';
import { nginxSink } from './sinks.mjs';

const short = process.argv.includes('--short');
const bin = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'callsim.js');
const most = Number(process.env.MOST ?? 1_000_000);
const counts = (short ? [100, 1_000] : [1_000, 10_000, 100_000, 1_000_000]).filter(
	(count) => count <= most,
);
process.stdout.write(`${machine()}\n`);

const inside = await program('waiting-inside.ts');
const memory = series('in one process', (count) => {
	const result = measured(process.execPath, [inside.path, String(count)]);
	const { mistimed, outOfTurn, backwards, isWhole } = JSON.parse(result.stdout);
	if (mistimed + outOfTurn + backwards > 0 || !isWhole) throw new Error(result.stdout);
	return result;
});
inside.remove();

const nginx = await nginxSink();
const sockets = nginx === null ? undefined : series('over sockets', overSockets);
const late = nginx === null ? undefined : await lateness(short ? 1_000 : 10_000);
await nginx?.close();

function overSockets(count) {
	const result = measured(process.execPath, [
		...[bin, 'burst', 'bayarcash/transaction-success', '--to', `${nginx.url}down`],
		...['--connections', '32', '--json'],
		...['--count', String(count), '--retry', 'provider', '--speed', 'max'],
	]);
	const { attempts, refused } = JSON.parse(result.stdout.trim().split('\n').at(-1));
	if (attempts !== 5 * count || refused !== count)
		throw new Error(`${attempts} attempts of ${count} orders, ${refused} refused`);
	return result;
}

/** In real time. @returns {Promise<string>} */
async function lateness(count) {
	const { path, remove } = await program('lateness.ts');
	const { stdout } = measured(process.execPath, [path, String(count), `${nginx.url}down`]);
	remove();
	const { attempts, waiting, mean, p50, p99, max } = JSON.parse(stdout);
	if (attempts !== 3 * count || waiting < count * 0.9)
		throw new Error(`${attempts} attempts, ${waiting} orders waited at once`);
	const ms = (value) => `${value.toPrecision(2)} ms`;
	const text = `In real time, ${waiting.toLocaleString('en')} waiting at once, an attempt left ${ms(mean)} after it was due on average (goal 5), ${ms(p50)} in the middle, ${ms(p99)} at the 99th percentile, ${ms(max)} at most.`;
	process.stdout.write(`${text}\n`);
	return text;
}

/** @param {(count: number) => { seconds: number, cpu: number, peak: number }} run */
function series(name, run) {
	return counts.map((count) => {
		const { seconds, cpu, peak } = run(count);
		process.stdout.write(
			`${name}, ${count}: ${seconds} s, ${cpu.toFixed(1)} s of the processor, ${peak.toFixed(0)} MiB\n`,
		);
		return { count, seconds, cpu, peak };
	});
}

/** Bytes for each order beyond the thousand of the smallest run. */
const bytesEach = (rows, { count, peak }) =>
	count === rows[0].count
		? ''
		: (((peak - rows[0].peak) * 1024 * 1024) / (count - rows[0].count)).toFixed(0);

function told(name, title, rows) {
	const text = table([
		[
			'orders',
			'attempts',
			'µs of the processor an attempt',
			'peak MiB',
			'bytes an order',
			'seconds',
		],
		...rows.map((row) => [
			row.count.toLocaleString('en'),
			(5 * row.count).toLocaleString('en'),
			((row.cpu * 1e6) / row.count / 5).toFixed(1),
			row.peak.toFixed(0),
			bytesEach(rows, row),
			row.seconds.toFixed(1),
		]),
	]);
	const bars = (value) =>
		rows.map((row) => [`callsim ${row.count.toLocaleString('en')}`, value(row)]);
	const peaks = chart(
		`waiting-memory-${name}`,
		bars(({ peak }) => peak),
		'MiB',
	);
	const times = chart(
		`waiting-time-${name}`,
		bars(({ count, cpu }) => (cpu * 1e6) / count / 5),
		'µs',
	);
	return `${title}:\n\n${text}\n\nPeak memory: ${peaks}\n\nProcessor time an attempt: ${times}`;
}

const sections = [
	told('inside', 'The receiver in the same process, every attempt checked', memory),
];
if (sockets !== undefined)
	sections.push(told('sockets', 'The command, over sockets to nginx', sockets));
else sections.push('Not there: nginx.');
if (late !== undefined) sections.push(late);
keep('Waiting orders', sections.join('\n\n'));
