import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { exec, nested, paid, plain, survivors } from '../support/scenario-exec.ts';
import { serve } from '../support/server.ts';

describe('--exec', () => {
	test('starts the receiver, and keeps what it prints to itself where all is well', async () => {
		const { code, stdout, stderr } = await exec('', plain);
		expect(stdout).toContain('✓ 1 scenario passed, 2 of 2 steps passed');
		expect(stderr).not.toContain('receiver');
		expect(code).toBe(0);
	});

	test('shows it where something failed', async () => {
		const { code, stderr, stdout } = await exec('late', plain);
		expect(stderr).toMatch(
			/the receiver printed:\n {2}│ receiver starts \d+\n {2}│ callback ORD-0060 3\n {2}│ callback ORD-0060 2\n/,
		);
		expect(stdout).not.toContain('receiver starts');
		expect(code).toBe(1);
	});

	test('stops everything that the command has started', async () => {
		const { code, pids } = await exec('', nested);
		expect(pids).toHaveLength(2);
		expect(survivors(pids)).toEqual([]);
		expect(code).toBe(0);
	});

	test('kills what does not want to stop', async () => {
		const stubborn = (port: number) =>
			`trap '' TERM; echo $$ > pids; node -e "process.on('SIGTERM', () => {})" & node receiver.mjs ${port} & while :; do sleep 1; done`;
		const { code, pids } = await exec('', stubborn);
		expect(survivors(pids)).toEqual([]);
		expect(code).toBe(0);
	});

	test('one that ends at once is a problem, with what it printed', async () => {
		const { code, stdout, stderr } = await exec('dies', plain);
		expect(stderr).toMatch(/the receiver printed:\n {2}│ receiver starts \d+\n {2}│ no database\n/);
		expect(stderr).toMatch(
			/error exec-failed: --exec: the command ended before it listened on 127\.0\.0\.1:\d+ \(exit code 7\)/,
		);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	});

	test('a command that does not exist, too', async () => {
		const { code, stderr } = await exec('', () => 'nothing-such-4711');
		expect(stderr).toMatch(/error exec-failed: .*\(exit code 127\)/);
		expect(code).toBe(2);
	});

	test('one that never listens is given up after --wait-for, and stopped', async () => {
		const { code, stderr, pids } = await exec('deaf', nested, ['--wait-for', '300ms']);
		expect(stderr).toMatch(
			/error exec-failed: .* does not listen on 127\.0\.0\.1:\d+ within 300 ms\n {2}try: .*--wait-for/,
		);
		expect(survivors(pids)).toEqual([]);
		expect(code).toBe(2);
	});

	test('one behind a proxy that resets connections until it is up is waited for', async () => {
		// What a published port of a container does.
		const script = `let early = 5;
			const app = require('http').createServer((q, r) => { q.resume(); r.end('OK'); });
			require('net').createServer((s) => {
				s.on('error', () => {});
				if (early-- > 0) setImmediate(() => s.resetAndDestroy());
				else app.emit('connection', s);
			}).listen(process.env.PORT, '127.0.0.1');`;
		const proxied = () => `node -e "${script}"`;
		const { code, stdout } = await exec('', proxied, [], {}, 'retry: none');
		expect(stdout).toContain('✓ 1 scenario passed');
		expect(code).toBe(0);
	});

	test('one that answers 503 until the end is given up after --wait-for', async () => {
		const starting = (port: number) =>
			`node -e "require('http').createServer((q, r) => { r.statusCode = 503; r.end(); }).listen(${port}, '127.0.0.1')"`;
		const { code, stderr } = await exec('', starting, ['--wait-for', '1s']);
		expect(stderr).toMatch(
			/error exec-failed: .* gives no whole answer \(503\) on 127\.0\.0\.1:\d+ within 1 s/,
		);
		expect(code).toBe(2);
	});

	test('is not started where the port is somebody else’s', async () => {
		const { url, seen } = await serve((_seen, response) => response.end('OK'));
		const folder = folderWith({ 'paid.yaml': paid });
		const { code, stderr } = await folder.callsim(
			['run', 'paid.yaml', '--to', url, '--exec', 'echo started > pids'],
			{
				env: { PORT: '1' },
			},
		);
		expect(stderr).toContain(
			`error exec-failed: something listens on ${new URL(url).host} already`,
		);
		expect({ code, started: folder.has('pids'), sent: seen.length }).toEqual({
			code: 2,
			started: false,
			sent: 0,
		});
	});

	test('is not started where a scenario is wrong', async () => {
		const folder = folderWith({ 'a.yaml': 'name: a\nsteps: [{ fire: nothing }]' });
		const { code } = await folder.callsim([
			'run',
			'a.yaml',
			'--to',
			':1',
			'--exec',
			'echo started > pids',
		]);
		expect({ code, started: folder.has('pids') }).toEqual({ code: 2, started: false });
	});

	test.each([
		['run', 'bayarcash/payment'],
		['check', 'bayarcash'],
		['init', 'bayarcash', '--ci', 'github'],
	])('one that is blank is a problem of %s', async (...args) => {
		const folder = folderWith({});
		for (const blank of ['', ' \t']) {
			const { code, stderr } = await folder.callsim([...args, '--to', ':9', '--exec', blank]);
			expect(stderr).toMatch(
				/^error value-missing: --exec (is empty|" \\t" holds nothing)\n {2}try: Give it a value/,
			);
			expect(code).toBe(2);
		}
	});

	test('one that ends in the middle of the run is told', async () => {
		const suicidal = (port: number) =>
			`node -e "const s = require('http').createServer((q, r) => { r.end('OK'); if (q.method !== 'POST') return; s.close(); s.closeAllConnections(); setImmediate(() => process.exit(9)) }).listen(${port}, '127.0.0.1')"`;
		const { code, stderr } = await exec('', suicidal);
		expect(stderr).toContain('note: the receiver ended by itself (exit code 9)');
		expect(code).toBe(1);
	});
});
