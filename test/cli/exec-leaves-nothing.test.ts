import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { exec, paid, survivors } from '../support/scenario-exec.ts';
import { receiverScript } from '../support/scenario-receiver.ts';
import { closedPort } from '../support/server.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

/** Leaves the group, the session and the output, then its parent; does not end when it is asked to. */
const daemonScript = `const { appendFileSync } = require('fs');
const [, , times] = process.argv;
if (times > 0)
	require('child_process')
		.spawn(process.execPath, [__filename, times - 1], { detached: true, stdio: 'ignore' })
		.unref();
else {
	process.on('SIGTERM', () => {});
	appendFileSync('pids', process.pid + ' ');
	setInterval(() => {}, 1_000);
}`;

/** Writes the daemon beside the receiver, which then goes on as the shell's child. */
const withDaemons = (port: number) =>
	`cat > daemon.cjs <<'END'\n${daemonScript}\nEND\nnode daemon.cjs 1; node daemon.cjs 2; echo $$ >> pids; while [ $(wc -w < pids) -lt 3 ]; do sleep 0.05; done; node receiver.mjs ${port}`;

describe.skipIf(process.platform !== 'linux')('what --exec has started', () => {
	test('in sessions of its own is stopped, too', async () => {
		const { code, pids, stderr } = await exec('', withDaemons);
		expect(pids).toHaveLength(3);
		expect(survivors(pids)).toEqual([]);
		expect(stderr).not.toContain('could not be stopped');
		expect(code).toBe(0);
	});

	test('is told by number where it cannot be stopped', async () => {
		const { receiverWatch } = await import('../../src/cli/receiver-watch.ts');
		const said: string[] = [];
		receiverWatch({ stderr: { write: (text: string) => said.push(text) } } as never).onLeft([7, 8]);
		expect(said).toEqual([
			'warning: what the receiver started could not be stopped: processes 7, 8\n',
		]);
	});

	test('ends with callsim, however that ends', async () => {
		const port = await closedPort();
		const folder = folderWith({ 'paid.yaml': paid, 'receiver.mjs': receiverScript });
		const args = ['run', 'paid.yaml', '--to', `127.0.0.1:${port}/cb`, '--real-time'];
		const child = spawn(process.execPath, [bin, ...args, '--json', '--exec', withDaemons(port)], {
			cwd: folder.path,
			env: { ...process.env, PORT: String(port), MISTAKE: 'refuses', CALLSIM_NO_JOURNAL: '1' },
		});
		for await (const text of child.stdout.setEncoding('utf8'))
			if (String(text).includes('"waiting"')) break;
		child.kill('SIGKILL');
		await once(child, 'exit');
		const pids = folder.read('pids').trim().split(/\s+/).map(Number);
		expect(pids).toHaveLength(3);
		await expect.poll(() => survivors(pids), { timeout: 10_000 }).toEqual([]);
	});
});

describe('a receiver of --exec that ends by itself', () => {
	const crashing = (port: number) =>
		`node -e "const s = require('http').createServer((q, r) => { if (q.method !== 'POST') return r.end(); console.error('Error: no such table'); process.exit(9) }).listen(${port}, '127.0.0.1')"`;

	test('ends the run, and not after its whole schedule', async () => {
		const { code, stdout, stderr } = await exec('', crashing, ['--real-time']);
		expect(stdout).toContain('got        the receiver ended by itself (exit code 9)');
		expect(stderr).toContain('the receiver printed:\n  │ Error: no such table\n');
		expect(code).toBe(1);
	});

	test('is the reason of every step that was not tried', async () => {
		const { lines } = await (async () => {
			const result = await exec('', crashing, ['--real-time', '--json']);
			return {
				lines: result.stdout
					.trim()
					.split('\n')
					.map((line) => JSON.parse(line)),
			};
		})();
		const skipped = lines.filter(({ type }) => type === 'step-skipped');
		expect(skipped.map(({ why }) => why)).toEqual(['the receiver ended by itself (exit code 9)']);
	});

	test('ends nothing where what it has left behind goes on listening', async () => {
		const leaving = (port: number) => `node receiver.mjs ${port} > /dev/null 2>&1 & sleep 0.5`;
		const { code } = await exec('', leaving);
		expect(code).toBe(0);
	});
});
