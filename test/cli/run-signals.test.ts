import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { exec, nested, survivors } from '../support/scenario-exec.ts';
import { receiverScript } from '../support/scenario-receiver.ts';
import { answering, closedPort, serve } from '../support/server.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

describe.each(['SIGINT', 'SIGTERM'] as const)(
	'after %s nothing is left running, and the reports are written',
	(signal) => {
		const expected = signal === 'SIGINT' ? 130 : 143;

		test('in the middle of a delivery', async () => {
			const reports = ['--report', 'junit=r/out.xml', '--report', 'tap=out.tap'];
			const { code, folder, pids, stdout } = await exec(
				'refuses',
				nested,
				['--real-time', '--json', ...reports],
				{
					ownProcess: true,
					onStdout: (text, kill) => {
						if (text.includes('"waiting"')) kill(signal);
					},
				},
			);
			expect(stdout).toContain(`"exitCode":${expected}`);
			expect(pids).toHaveLength(2);
			expect(survivors(pids)).toEqual([]);
			expect(folder.read('r/out.xml')).toMatch(/<error message="[^"]*interrupted/);
			expect(folder.read('out.tap')).toContain('Bail out!');
			expect(code).toBe(expected);
		});

		test('while it waits for the receiver', async () => {
			const stop = new AbortController();
			const { url } = await serve((_seen, response) => {
				response.end();
				stop.abort();
			});
			const deaf = (port: number) =>
				`${nested(port).replace('; echo after', '')} & node -e "require('http').get('${url}')"; wait`;
			const { code, folder, pids } = await exec('deaf', deaf, ['--report', 'junit=out.xml'], {
				signalWhen: [stop.signal, signal],
			});
			expect(survivors(pids)).toEqual([]);
			expect(folder.has('out.xml')).toBe(true);
			expect(code).toBe(expected);
		});

		test('while the receiver is stopped on purpose', async () => {
			const { code, pids, stdout } = await exec(
				'',
				nested,
				['--real-time', '--json'],
				{
					onStdout: (text, kill) => {
						if (text.includes('"waiting"')) kill(signal);
					},
				},
				'receiver: { stoppedFor: 7m }',
			);
			expect(stdout).toContain('"why":"interrupted"');
			expect(survivors(pids)).toEqual([]);
			expect(code).toBe(expected);
		});
	},
);

describe('a signal', () => {
	const success = 'fire: bayarcash/transaction-success';

	test('during a probe’s command stops the command and what it started', async () => {
		const stop = new AbortController();
		const { url } = await serve((seen, response) => {
			response.end('OK');
			if (seen.url === '/started') stop.abort();
		});
		const command = `echo $$ > pids; node -e "require('http').get('${new URL('/started', url).href}'); setInterval(() => {}, 1e3)"`;
		const folder = folderWith({
			'a.yaml': `name: a\nsteps: [{ ${success}, probe: { command: ${JSON.stringify(command)}, equals: x } }, { ${success} }]`,
		});
		const { steps, summary, code } = await folder.run(['a.yaml', '--to', url], {
			signalWhen: [stop.signal, 'SIGINT'],
		});
		expect(steps).toMatchObject([{ step: 1, passed: false, failures: [{ kind: 'interrupted' }] }]);
		expect(summary).toMatchObject({ steps: { passed: 0, failed: 1, skipped: 1 }, exitCode: 130 });
		expect(survivors([Number(folder.read('pids'))])).toEqual([]);
		expect(code).toBe(130);
	});

	test.each(['after: 10m', 'delay: 30s'])('during %s ends the run at once', async (wait) => {
		const { url, seen } = await answering(200);
		const folder = folderWith({
			'a.yaml': `name: a\nsteps: [{ ${success} }, { ${success}, ${wait} }]`,
		});
		const { summary, code } = await folder.run(['a.yaml', '--to', url, '--speed', '1'], {
			onStdout: (text, kill) => {
				if (text.includes('"type":"step"')) kill('SIGTERM');
			},
		});
		expect(summary).toMatchObject({ steps: { passed: 1, failed: 1, skipped: 0 }, exitCode: 143 });
		expect({ code, sent: seen.length }).toEqual({ code: 143, sent: 1 });
	});

	test('of a reader that has gone away leaves nothing running', async () => {
		const port = await closedPort();
		const folder = folderWith({ ...files(`repeat: 50`), 'start.sh': nested(port) });
		const line = `"$0" "$1" run a.yaml --to :${port} --json --exec 'sh start.sh' | head -n 1; echo done`;
		const output = execFileSync('sh', ['-c', line, process.execPath, bin], {
			cwd: folder.path,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		expect(output).toMatch(/^\{"v":1,"type":"scenario".*\ndone\n$/);
		expect(survivors(pidsIn(folder))).toEqual([]);
	});

	test('that comes twice ends at once, and takes a receiver with it that does not want to stop', async () => {
		const port = await closedPort();
		const stubborn = `trap '' TERM; echo $$ > pids; node receiver.mjs ${port} & while :; do sleep 1; done`;
		const folder = folderWith({ ...files('retry: none'), 'start.sh': stubborn });
		const child = spawn(
			process.execPath,
			[bin, 'run', 'a.yaml', '--to', `:${port}`, '--json', '--exec', 'sh start.sh'],
			{
				cwd: folder.path,
				stdio: ['ignore', 'pipe', 'ignore'],
			},
		);
		onTestFinished(() => {
			for (const pid of pidsIn(folder)) spawnSync('kill', ['-KILL', String(pid)]);
		});
		const signals = [() => child.kill('SIGINT'), () => child.kill('SIGINT')];
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			// Once while it runs, and once more while it waits for the receiver to end.
			if (text.includes('"started"') || text.includes('"summary"')) signals.shift()?.();
			if (text.includes('"summary"')) signals.shift()?.();
		});
		const code = await new Promise((resolve) => child.once('exit', resolve));
		expect(pidsIn(folder)).toHaveLength(1);
		expect(survivors(pidsIn(folder))).toEqual([]);
		expect(code).toBe(130);
	});
});

const files = (more: string) => ({
	'receiver.mjs': receiverScript,
	'a.yaml': `name: a\nsteps: [{ fire: bayarcash/transaction-success, ${more} }]`,
});

const pidsIn = (folder: { read(name: string): string }) =>
	[...folder.read('pids').matchAll(/\d+/g)].map(([pid]) => Number(pid));
