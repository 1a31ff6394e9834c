import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { exec, nested, survivors } from '../support/scenario-exec.ts';
import { junitCases } from '../support/scenario-reports.ts';
import { answering, closedPort, serve } from '../support/server.ts';

const success = 'fire: bayarcash/transaction-success';

describe('what a receiver answers', () => {
	test('never becomes the name of a file that is sent', async () => {
		const folder = folderWith({ 'key.json': '{"payer_name":"SECRET-OF-THE-DISK"}' });
		const { url, seen } = await serve((_seen, response) =>
			response.end(`@${join(folder.path, 'key.json')}`),
		);
		folder.write(
			'a.yaml',
			`name: a\nsteps:\n  - { ${success} }\n  - { ${success}, encoding: json, retry: none, body: "\${steps.1.response.body}" }\n`,
		);
		await folder.callsim(['run', 'a.yaml', '--to', url, '--speed', 'max']);
		expect(seen.some(({ body }) => body.includes('SECRET-OF-THE-DISK'))).toBe(false);
	});

	test('never becomes a command behind a backslash', async () => {
		const { url } = await serve((_seen, response) => response.end('$(touch pwned)'));
		const folder = folderWith({
			'a.yaml': `name: a\nsteps:\n  - { ${success} }\n  - { ${success}, probe: { command: 'echo "\\\${steps.1.response.body}"', equals: x } }\n`,
		});
		const { code, stderr } = await folder.callsim(['run', 'a.yaml', '--to', url]);
		expect(stderr).toContain('no quoting is certain');
		expect({ code, executed: folder.has('pwned') }).toEqual({ code: 2, executed: false });
	});

	test('never begins a line of the output that a runner would take for a command', async () => {
		const { url } = await serve((_seen, response, count) =>
			response.writeHead(count === 1 ? 200 : 500).end('{"t":"a\\n::stop-commands::xyz"}'),
		);
		const folder = folderWith({
			'a.yaml': `name: a\nsteps:\n  - { ${success} }\n  - { ${success}, retry: none, set: { order_number: "\${steps.1.response.t}" } }\n`,
		});
		const { stdout } = await folder.callsim(['run', 'a.yaml', '--to', url], {
			env: { GITHUB_ACTIONS: 'true' },
		});
		expect(stdout.split('\n').filter((line) => line.trimStart().startsWith('::stop'))).toEqual([]);
		expect(stdout).toContain('::error ');
	});
});

test('a scenario’s body is text, and - is no standard input', async () => {
	const { url } = await answering(200);
	const folder = folderWith({ 'a.yaml': `name: a\nsteps: [{ ${success}, body: "-" }]` });
	expect((await folder.callsim(['run', 'a.yaml', '--to', url])).code).toBe(2);
});

test('steps at the same time cannot stop the receiver', async () => {
	const step = `{ ${success}, receiver: { stoppedFor: 7m } }`;
	const folder = folderWith({ 'a.yaml': `name: a\nsteps: [{ parallel: [${step}, ${step}] }]` });
	const { stderr, code } = await folder.callsim(['run', 'a.yaml', '--to', ':1', '--exec', 'true']);
	expect(stderr).toContain('stops the receiver beside other steps');
	expect(code).toBe(2);
});

test('a terminal that hangs up leaves no receiver behind', async () => {
	const { pids } = await exec('refuses', nested, ['--real-time', '--json'], {
		ownProcess: true,
		onStdout: (text, kill) => {
			if (text.includes('"waiting"')) kill('SIGHUP');
		},
	});
	expect(survivors(pids)).toEqual([]);
});

describe('a report says what the exit code says', () => {
	test('of a check in which nobody listened', async () => {
		const folder = folderWith({});
		const to = `:${await closedPort()}/cb`;
		const { code } = await folder.callsim([
			'check',
			'iak',
			'--to',
			to,
			'--report',
			'junit=out.xml',
		]);
		expect(code).toBe(3);
		expect(
			(await junitCases(folder.read('out.xml'))).some(({ verdict }) => verdict === 'error'),
		).toBe(true);
	});

	test('of a check whose failures are below the gate', async () => {
		const { url } = await serve(({ headers }, response) => {
			response.statusCode = headers['content-type'] === 'application/json' ? 500 : 200;
			response.end();
		});
		const folder = folderWith({});
		const only = ['--only', 'json-body', '--report', 'junit=out.xml'];
		const { code } = await folder.callsim(['check', 'bayarcash', '--to', url, ...only]);
		expect(code).toBe(0);
		expect(
			(await junitCases(folder.read('out.xml'))).filter(({ verdict }) => verdict === 'failure'),
		).toEqual([]);
	});
});

test('a file: reference may be absolute, and reaches the signature', async () => {
	const { url, seen } = await answering(200);
	const folder = folderWith({ key: 'own-key-4711\n' });
	folder.write(
		'callsim.yaml',
		`targets: { bayarcash: "${url}" }\ncredentials: { bayarcash: { secret_key: "file:${join(folder.path, 'key')}" } }`,
	);
	const { stdout } = await folder.callsim(['fire', 'bayarcash/transaction-success', '--json']);
	expect(jsonLines(stdout)[0]).toMatchObject({ credentials: 'own' });
	expect(seen).toHaveLength(1);
	expect(readFileSync(join(folder.path, 'key'), 'utf8')).toBe('own-key-4711\n');
});

test('a step’s own option is stronger than the scenario’s', async () => {
	const { url, seen } = await answering(200);
	const folder = folderWith({
		'a.yaml': `name: a\nencoding: form\nsteps: [{ ${success}, variant: json }]`,
	});
	expect((await folder.callsim(['run', 'a.yaml', '--to', url])).code).toBe(0);
	expect(seen[0]?.headers['content-type']).toBe('application/json');
});

test('a folder’s other YAML is no scenario', async () => {
	const { url } = await answering(200);
	const folder = folderWith({
		's/a.yaml': `name: a\nsteps: [{ ${success} }]`,
		's/docker-compose.yml': 'services: { shop: { image: "x" } }',
	});
	expect((await folder.callsim(['run', 's', '--to', url])).code).toBe(0);
});
