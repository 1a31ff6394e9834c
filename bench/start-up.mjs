// Start-up of whole processes, as ratios against named peers in the same run: pairs in turn, after
// a warm-up, medians.
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const bin = join(here, '..', 'bin', 'callsim.js');
const runs = Number(process.env.RUNS ?? 21);

// In a process of its own: spawnSync below stops this one, and with it any server it would hold.
const server = spawn(process.execPath, [
	'-e',
	'require("http").createServer((q,r)=>{q.resume();q.on("end",()=>r.end("OK"))}).listen(0,"127.0.0.1",function(){console.log(this.address().port)})',
]);
const port = await new Promise((resolve) =>
	server.stdout.once('data', (data) => resolve(Number(data))),
);
const url = `http://127.0.0.1:${port}/cb`;

// Of later versions `node -e 0` takes so little that a ratio says nothing.
const listed = process.versions.node.startsWith('20.') ? { goal: 1.5 } : { over: 25 };
const bare = ['-e', '0'];
const request = [join(here, 'bare-request.mjs'), url];
const contests = [
	{ name: '--version', args: ['--version'], peer: bare, against: 'node -e 0', goal: 1.4 },
	{ name: 'list', args: ['list'], peer: bare, against: 'node -e 0', ...listed },
	{
		name: 'show',
		args: ['show', 'bayarcash/transaction-success'],
		peer: bare,
		against: 'node -e 0',
		...listed,
	},
	{
		name: 'fire, one POST',
		args: ['fire', 'bayarcash/transaction-success', '--to', url],
		peer: request,
		against: 'bare http.request script',
		goal: 1.7,
	},
];

const timed = (args) => {
	const started = process.hrtime.bigint();
	const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
	if (status !== 0) throw new Error(`exit code ${status}: ${args.join(' ')}`);
	return Number(process.hrtime.bigint() - started) / 1e6;
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

process.stdout.write(`Node ${process.versions.node}, ${runs} pairs each\n`);
let missed = 0;
for (const { name, args, peer, against, goal, over } of contests) {
	const pairs = Array.from({ length: runs + 1 }, () => [timed([bin, ...args]), timed(peer)]).slice(
		1,
	);
	const ratio = median(pairs.map(([ours, theirs]) => ours / theirs));
	const ms = (side) => median(pairs.map((pair) => pair[side])).toFixed(1);
	const more = median(pairs.map(([ours, theirs]) => ours - theirs));
	const isMissed = over === undefined ? ratio > goal : more > over;
	if (isMissed) missed++;
	const wanted = over === undefined ? goal : `${over} ms over`;
	process.stdout.write(
		`${name.padEnd(16)} ${ms(0)} ms, ${against} ${ms(1)} ms: ratio ${ratio.toFixed(2)}, ${more.toFixed(1)} ms over (goal ${wanted})${isMissed ? '  MISSED' : ''}\n`,
	);
}
server.kill();
process.exitCode = missed === 0 ? 0 : 1;
