// Breaks the journal in every way that a laptop and a CI know, and counts what is lost.
//
//   npm run journal-faults              100 kills, 200 processes; writes docs/reliability.md
//   node scripts/journal-faults.mjs --short    the same, small, for CI
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'bin', 'callsim.js');
const isShort = process.argv.includes('--short');
const kills = isShort ? 6 : 100;
const crowd = isShort ? 20 : 200;
const events = ['bayarcash/transaction-pending', 'bayarcash/transaction-success'];

const env = (state) => ({ ...process.env, CALLSIM_NO_JOURNAL: '', XDG_STATE_HOME: state });
const state = () => mkdtempSync(join(tmpdir(), 'callsim-faults-'));
const start = (args, where) =>
	spawn(process.execPath, [bin, ...args], { env: env(where), stdio: 'ignore' });
const ended = (child) =>
	new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
const run = async (args, where) => ended(start(args, where));
const jsonOf = (args, where) =>
	spawnSync(process.execPath, [bin, ...args, '--json'], { env: env(where), encoding: 'utf8' })
		.stdout.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line));

/** Answers 500 to the first two attempts of each callback, 200 to the third and all further ones. */
function receiver() {
	const counts = new Map();
	const acknowledged = new Map();
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const count = (counts.get(body) ?? 0) + 1;
		counts.set(body, count);
		if (count >= 3) acknowledged.set(body, (acknowledged.get(body) ?? 0) + 1);
		response.writeHead(count < 3 ? 500 : 200).end('OK');
	});
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () =>
			resolve({ server, acknowledged, url: `http://127.0.0.1:${server.address().port}/cb` }),
		);
	});
}

const results = [];
const say = (what, tried, came, isGood) => {
	results.push({ what, tried, came, isGood });
	process.stdout.write(`${isGood ? 'ok  ' : 'FAIL'} ${what}: ${tried}: ${came}\n`);
};

async function killed() {
	const { server, acknowledged, url } = await receiver();
	const where = state();
	let lost = 0;
	let inFlight = 0;
	let repeated = 0;
	let cut = 0;
	for (let round = 0; round < kills; round++) {
		const seed = String(round + 1);
		const child = start(
			['fire', ...events, '--fresh', '--seed', seed, '--to', url, '--speed', '2000'],
			where,
		);
		// Anywhere from the start of the process to behind its end.
		const timer = setTimeout(() => child.kill('SIGKILL'), 100 + ((round * 997) % 1100));
		const how = await ended(child);
		clearTimeout(timer);
		if (how === 'SIGKILL') cut++;
		const before = jsonOf(['history'], where).filter(({ state: it }) => it === 'cut-off');
		inFlight += before.filter(
			({ id }) => jsonOf(['history', '--show', id], where)[0]?.inFlight !== undefined,
		).length;
		await run(['resume', '--speed', 'max'], where);
	}
	const all = jsonOf(['history'], where);
	lost = all.filter(({ state: it }) => it !== 'acknowledged').length;
	repeated = [...acknowledged.values()].filter((count) => count > 1).length;
	say(
		'kill -9 at any moment of a schedule, then resume',
		`${kills} runs, ${cut} cut off, ${all.length} deliveries`,
		`${lost} not acknowledged in the end, ${repeated} acknowledged twice, ${inFlight} told as in flight`,
		lost === 0 && repeated <= inFlight,
	);
	server.close();
}

async function crowded() {
	const { server, url } = await receiver();
	const where = state();
	const one = (at) =>
		run(['fire', events[1], '--ref', `R-${at}`, '--to', url, '--speed', 'max'], where);
	// A few at a time start at the same moment; all write to the same file.
	for (let at = 0; at < crowd; at += 20)
		await Promise.all(
			Array.from({ length: Math.min(20, crowd - at) }, (_, next) => one(at + next)),
		);
	const all = jsonOf(['history'], where);
	const whole = all.filter(({ state: it, attempts }) => it === 'acknowledged' && attempts === 3);
	say(
		'processes side by side, twenty at a time',
		`${crowd} processes`,
		`${whole.length} whole records`,
		whole.length === crowd,
	);
	server.close();
}

async function stopped() {
	const { server, acknowledged, url } = await receiver();
	const where = state();
	const child = start(['fire', ...events, '--fresh', '--to', url, '--speed', '1000'], where);
	let stops = 0;
	const timer = setInterval(() => {
		stops++;
		child.kill(stops % 2 === 1 ? 'SIGSTOP' : 'SIGCONT');
	}, 120);
	const code = await ended(child);
	clearInterval(timer);
	say(
		'SIGSTOP and SIGCONT all along',
		`${stops} signals`,
		`exit code ${code}, ${acknowledged.size} of ${events.length} acknowledged`,
		code === 0 && acknowledged.size === events.length,
	);
	server.close();
}

/** In a namespace of its own, where a small or read-only disk can be mounted. */
async function disk(name, options, expected) {
	const { server, url } = await receiver();
	const where = state();
	const script = [
		`mount -t tmpfs -o ${options} none '${where}'`,
		`'${process.execPath}' '${bin}' fire ${events[1]} --set payer_name=${'x'.repeat(3_000)} --to ${url} --speed max >/dev/null 2>'${where}.err'`,
		'echo $?',
		`'${process.execPath}' '${bin}' history --json 2>/dev/null | wc -l`,
	].join('; ');
	// Not spawnSync: the receiver lives in this process.
	const child = spawn('unshare', ['-m', 'sh', '-c', script], { env: env(where) });
	let out = '';
	child.stdout.on('data', (text) => {
		out += text;
	});
	const code = await new Promise((resolve) => child.once('error', resolve).once('exit', resolve));
	server.close();
	if (code !== 0) {
		process.stdout.write(`skip ${name}: no namespace can be made here\n`);
		return;
	}
	const [exitCode, lines] = out.trim().split('\n');
	const warnings = (readFileSync(`${where}.err`, 'utf8').match(/journal cannot be written/g) ?? [])
		.length;
	say(
		name,
		'1 run',
		`exit code ${exitCode}, ${warnings} warning, ${lines} ${lines === '1' ? 'record' : 'records'} in the history`,
		exitCode === '0' && warnings === 1 && expected(Number(lines)),
	);
}

await killed();
await crowded();
await stopped();
await disk('a disk that fills up in the middle (ENOSPC)', 'size=8k', (lines) => lines <= 1);
await disk('a disk that cannot be written (EROFS)', 'ro', (lines) => lines === 0);

if (!isShort) {
	const page = join(root, 'docs', 'reliability.md');
	const rows = results.map(({ what, tried, came }) => `| ${what} | ${tried} | ${came} |`);
	const table = ['| fault | tried | came of it |', '|---|---|---|', ...rows].join('\n');
	const text = readFileSync(page, 'utf8');
	writeFileSync(
		page,
		text.replace(/(<!-- faults -->\n)[\s\S]*?(<!-- \/faults -->)/, `$1${table}\n$2`),
	);
}
const failed = results.filter(({ isGood }) => !isGood).length;
process.stdout.write(`${results.length - failed} of ${results.length} faults survived\n`);
process.exitCode = failed === 0 ? 0 : 1;
