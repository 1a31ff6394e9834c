// Sends a burst to a receiver that is restarted ten times meanwhile, and reconciles the two sides to the last callback.
//
//   npm run restarts                    100,000 callbacks; writes docs/reliability.md
//   node scripts/restarts.mjs --short   2,000, for CI
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const isShort = process.argv.includes('--short');
const count = isShort ? 2_000 : 100_000;
const restarts = 10;

/** Order number → how often it was answered with 200. */
const answered = new Map();
let requests = 0;
let port = 0;
let restarted = 0;
let server;

async function listen() {
	server = createServer(async (request, response) => {
		let body = '';
		try {
			for await (const chunk of request) body += chunk;
		} catch {
			// Cut off by a restart.
			return;
		}
		requests++;
		const order = new URLSearchParams(body).get('order_number');
		answered.set(order, (answered.get(order) ?? 0) + 1);
		response.end('OK');
		if (restarted < restarts && answered.size > ((restarted + 1) * count) / (restarts + 1))
			restart();
	});
	await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
	port = server.address().port;
}

/** As a crash: connections are reset, with whatever is under way on them, and nobody listens for a moment. */
function restart() {
	restarted++;
	const old = server;
	old.close(() => setTimeout(listen, 20));
	old.closeAllConnections();
}

await listen();
const folder = mkdtempSync(join(tmpdir(), 'callsim-restarts-'));
const args = ['burst', 'bayarcash/transaction-success', '--to', `http://127.0.0.1:${port}/cb`];
const how = ['--count', String(count), '--connections', '20', '--retry', '10x1s', '--speed', '10'];
const child = spawn(
	process.execPath,
	[join(root, 'bin', 'callsim.js'), ...args, ...how, '--json'],
	{
		cwd: folder,
		env: { ...process.env, CALLSIM_NO_JOURNAL: '1' },
		stdio: ['ignore', 'pipe', 'inherit'],
	},
);
let out = '';
child.stdout.setEncoding('utf8').on('data', (text) => {
	out += text;
});
const code = await new Promise((resolve) => child.once('close', resolve));
server.close();
server.closeAllConnections();
const told = JSON.parse(out.trim().split('\n').at(-1));
const file = join(folder, 'callsim-unacknowledged.txt');
const given = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
const missing = new Set(given);
const acknowledged = count - missing.size;
const seen = [...answered.keys()].filter((order) => !missing.has(order)).length;
const lost = acknowledged - seen;
const twice = [...answered.values()].filter((times) => times > 1).length;
const isGood =
	restarted === restarts &&
	lost === 0 &&
	told.sent === count &&
	told.acknowledged === acknowledged &&
	told.acknowledged + told.refused + told.failed === count &&
	told.attempts >= requests &&
	(code === 0) === (missing.size === 0);
const row = [
	`${restarted} restarts of the receiver within one burst`,
	`${count.toLocaleString('en')} callbacks, ${told.attempts.toLocaleString('en')} attempts, ${requests.toLocaleString('en')} arrived`,
	`${told.acknowledged.toLocaleString('en')} acknowledged, ${missing.size} named as not acknowledged, ${lost} lost; ${twice} arrived again, whose answer a restart had cut off`,
];
process.stdout.write(`${isGood ? 'ok  ' : 'FAIL'} ${row.join(': ')}\n`);
if (!isShort && isGood) {
	const page = join(root, 'docs', 'reliability.md');
	const table = `| fault | tried | came of it |\n|---|---|---|\n| ${row.join(' | ')} |`;
	const text = readFileSync(page, 'utf8');
	writeFileSync(
		page,
		text.replace(/(<!-- restarts -->\n)[\s\S]*?(<!-- \/restarts -->)/, `$1${table}\n$2`),
	);
}
process.exitCode = isGood ? 0 : 1;
