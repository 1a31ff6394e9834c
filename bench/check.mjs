// How long all rules of a provider take against a fast local receiver, and how that compares with a
// bare script that sends as many requests as the check did, one connection each. Goal: under 3 s.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const bin = join(here, '..', 'bin', 'callsim.js');
const runs = Number(process.env.RUNS ?? 5);
const goalMs = 3_000;

/** @returns wall milliseconds */
function timed(args) {
	const started = process.hrtime.bigint();
	return new Promise((resolve, reject) => {
		spawn(process.execPath, args, { stdio: 'ignore' }).once('close', (code) =>
			code === 0
				? resolve(Number(process.hrtime.bigint() - started) / 1e6)
				: reject(new Error(`exit code ${code}`)),
		);
	});
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

process.stdout.write(`Node ${process.versions.node}, medians of ${runs}\n`);
for (const provider of ['bayarcash', 'iak', 'khoins', 'transfez']) {
	const server = spawn(process.execPath, [
		join(here, '..', 'test', 'zoo', 'serve.js'),
		`careful/${provider}`,
		'0',
	]);
	const url = await new Promise((resolve) =>
		server.stdout.once('data', (text) => resolve(/http:\/\/[\d.:]+/.exec(String(text))?.[0])),
	);
	const count = async () => Number(await (await fetch(`${url}/count`)).text());
	const flags = [
		'--setup-url',
		`${url}/setup/{reference}?amount={amount}`,
		'--probe-url',
		`${url}/orders/{reference}`,
	];
	const times = [];
	let requests = 0;
	for (let run = 0; run < runs; run++) {
		const before = await count();
		times.push(await timed([bin, 'check', provider, '--to', `${url}/callback`, ...flags]));
		requests = (await count()) - before - 1;
	}
	const bare = median(
		await series(runs, () =>
			timed([join(here, 'bare-requests.mjs'), `${url}/count`, String(requests)]),
		),
	);
	const ours = median(times);
	if (ours > goalMs) process.exitCode = 1;
	process.stdout.write(
		`${provider.padEnd(9)} ${Math.round(ours)} ms for ${requests} requests; a bare script ${Math.round(bare)} ms: ratio ${(ours / bare).toFixed(2)}${ours > goalMs ? `  MISSED (goal ${goalMs} ms)` : ''}\n`,
	);
	server.kill();
}

async function series(times, work) {
	const results = [];
	for (let at = 0; at < times; at++) results.push(await work());
	return results;
}
