// Orders that all wait at once: a receiver that is down, five attempts each on the provider's
// schedule, without waiting for it. Time and peak memory of the whole process.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured } from './measured.mjs';
import { chart, keep, machine, table } from './results.mjs';
import { nginxSink, nodeSink } from './sinks.mjs';

const short = process.argv.includes('--short');
const bin = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'callsim.js');
const most = Number(process.env.MOST ?? 1_000_000);
const counts = (short ? [100, 1_000] : [1_000, 10_000, 100_000, 1_000_000]).filter(
	(count) => count <= most,
);
const nginx = await nginxSink();
const sink = nginx ?? (await nodeSink());
// 200 is not what a down receiver says; without nginx the schedule is not gone through.
const url = nginx === null ? sink.url : `${sink.url}down`;
process.stdout.write(`${machine()}\n`);
const rows = [];
for (const count of counts) {
	const { seconds, cpu, peak, stdout } = measured(process.execPath, [
		...[
			bin,
			'burst',
			'bayarcash/transaction-success',
			'--to',
			url,
			'--connections',
			'32',
			'--json',
		],
		...['--count', String(count), '--retry', 'provider', '--speed', 'max'],
	]);
	const { attempts, refused } = JSON.parse(stdout.trim().split('\n').at(-1));
	if (nginx !== null && (attempts !== 5 * count || refused !== count))
		throw new Error(`${attempts} attempts of ${count} orders, ${refused} refused`);
	rows.push({ count, seconds, cpu, peak, attempts });
	process.stdout.write(
		`${count}: ${seconds} s, ${cpu.toFixed(1)} s of the processor, ${peak.toFixed(0)} MiB\n`,
	);
}
await sink.close();
const text = table([
	['orders', 'attempts', 'µs of the processor an attempt', 'peak MiB', 'seconds'],
	...rows.map(({ count, seconds, cpu, peak, attempts }) => [
		count.toLocaleString('en'),
		attempts.toLocaleString('en'),
		((cpu * 1e6) / attempts).toFixed(1),
		peak.toFixed(0),
		seconds.toFixed(1),
	]),
]);
const link = chart(
	'waiting-memory',
	rows.map(({ count, peak }) => [`callsim ${count}`, peak]),
	'MiB',
);
const time = chart(
	'waiting-time',
	rows.map(({ count, cpu, attempts }) => [`callsim ${count}`, (cpu * 1e6) / attempts]),
	'µs',
);
if (!short)
	keep('Waiting orders', `${text}\n\nPeak memory: ${link}\n\nProcessor time an attempt: ${time}`);
