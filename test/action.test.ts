import { execFile } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { isLong } from './support/long.ts';
import { answering, closedPort } from './support/server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Action {
	readonly name: string;
	readonly description: string;
	readonly inputs: Record<string, { readonly description: string; readonly default: string }>;
	readonly outputs: Record<string, { readonly description: string; readonly value: string }>;
	readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}
interface Step {
	readonly id: string;
	readonly shell: string;
	readonly run: string;
	readonly env: Record<string, string>;
	readonly 'working-directory': string;
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	version: string;
};

/** What stands for `npx`: runs the built command and writes down what it was called with. */
const npx = `#!/bin/sh
printf '%s\\n' "$*" >> "$NPX_CALLS"
[ -z "$NPX_FAILS" ] || exit 1
shift 2
exec node "${join(root, 'bin', 'callsim.js')}" "$@"
`;

/** Runs the steps of the action as the runner does: bash with its flags, inputs filled in, files for what they tell. */
async function runAction(inputs: Record<string, string>, env: Record<string, string> = {}) {
	const workspace = mkdtempSync(join(tmpdir(), 'callsim-action-'));
	onTestFinished(() => rmSync(workspace, { recursive: true, force: true }));
	const outside = mkdtempSync(join(tmpdir(), 'callsim-runner-'));
	onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
	for (const file of ['output', 'summary', 'calls']) writeFileSync(join(outside, file), '');
	writeFileSync(join(outside, 'npx'), npx);
	chmodSync(join(outside, 'npx'), 0o755);
	const filled = (text: string) =>
		text.replace(
			/\$\{\{ inputs\.([\w-]+) \}\}/g,
			(_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? '?',
		);
	let code = 0;
	let log = '';
	for (const step of action.runs.steps) {
		const script = join(outside, `${step.id}.sh`);
		writeFileSync(script, step.run);
		const cwd = join(workspace, filled(step['working-directory']));
		mkdirSync(cwd, { recursive: true });
		await new Promise<void>((done) => {
			execFile(
				'bash',
				['--noprofile', '--norc', '-eo', 'pipefail', script],
				{
					cwd,
					env: {
						PATH: `${outside}:${process.env['PATH'] ?? ''}`,
						GITHUB_ACTIONS: 'true',
						GITHUB_ACTION_PATH: root,
						GITHUB_WORKSPACE: workspace,
						GITHUB_OUTPUT: join(outside, 'output'),
						GITHUB_STEP_SUMMARY: join(outside, 'summary'),
						NPX_CALLS: join(outside, 'calls'),
						...Object.fromEntries(
							Object.entries(step.env).map(([name, text]) => [name, filled(text)]),
						),
						...env,
					},
				},
				(error, stdout, stderr) => {
					code = typeof error?.code === 'number' ? error.code : 0;
					log += stdout + stderr;
					done();
				},
			);
		});
	}
	const read = (file: string) => readFileSync(join(outside, file), 'utf8');
	return {
		code,
		log,
		workspace,
		outputs: outputsOf(read('output')),
		summary: read('summary'),
		calls: read('calls'),
	};
}

/** `name<<end`, the value, `end`: GitHub's own format. */
const outputsOf = (text: string): Record<string, string> =>
	Object.fromEntries(
		[...text.matchAll(/^([\w-]+)<<(.*)\n([\s\S]*?)\n\2\n/gm)].map((match) => [match[1], match[3]]),
	);

describe('the GitHub Action', () => {
	test('has the shape that GitHub asks for, and inputs stand nowhere but in the environment', () => {
		expect(action).toMatchObject({
			name: expect.any(String) as string,
			description: expect.any(String) as string,
		});
		expect(action.runs.using).toBe('composite');
		expect(Object.keys(action.inputs).sort()).toEqual(
			[
				'scenarios',
				'to',
				'exec',
				'wait-for',
				'speed',
				'report',
				'reports',
				'args',
				'version',
				'working-directory',
			].sort(),
		);
		for (const { description, default: usual } of Object.values(action.inputs))
			expect([typeof description, typeof usual]).toEqual(['string', 'string']);
		const ids = action.runs.steps.map(({ id }) => id);
		for (const [name, { value }] of Object.entries(action.outputs))
			expect(ids.map((id) => `\${{ steps.${id}.outputs.${name} }}`)).toContain(value);
		for (const { shell, run, env } of action.runs.steps) {
			expect(shell).toBe('bash');
			expect(run).not.toContain('${{');
			for (const name of Object.values(env)) expect(name).toMatch(/^\$\{\{ inputs\.[\w-]+ \}\}$/);
		}
	});

	test('gives 0 for a receiver that does what is expected, and names the reports', async () => {
		const { url } = await answering(200);
		const result = await runAction({ scenarios: 'bayarcash/payment iak/pulsa-order', to: url });
		expect(result.code, result.log).toBe(0);
		const folder = join(result.workspace, 'callsim-reports');
		expect(result.outputs).toEqual({
			'exit-code': '0',
			junit: join(folder, 'callsim.xml'),
			html: join(folder, 'callsim.html'),
		});
		expect(readFileSync(join(folder, 'callsim.xml'), 'utf8')).toContain('<testsuites');
		expect(result.summary).toContain('callsim');
		expect(result.calls.split('\n')[1]).toMatch(
			`--yes callback-simulator@${version} run bayarcash/payment iak/pulsa-order --speed max --to ${url} --report junit=`,
		);
	});

	test('gives 1 for a receiver that fails, with reports all the same', async () => {
		const { url } = await answering(500);
		const result = await runAction({
			scenarios: 'iak/pulsa-order',
			to: url,
			report: 'junit tap',
			reports: 'out of/the way',
			'working-directory': 'shop',
			args: '--retry none --seed 7',
		});
		expect(result.code, result.log).toBe(1);
		const folder = join(result.workspace, 'shop', 'out of', 'the way');
		expect(result.outputs).toEqual({ 'exit-code': '1', junit: join(folder, 'callsim.xml') });
		expect(readFileSync(join(folder, 'callsim.tap'), 'utf8')).toContain('not ok 1');
		expect(result.log).toContain('::error');
	});

	test('starts the receiver itself, with a command in which blanks and quotes stay what they are', async () => {
		const shop = mkdtempSync(join(tmpdir(), 'callsim a shop '));
		onTestFinished(() => rmSync(shop, { recursive: true, force: true }));
		const server =
			"require('node:http').createServer((q, r) => r.end('OK')).listen(process.argv[2], '127.0.0.1')";
		writeFileSync(join(shop, 'server.cjs'), server);
		const port = await closedPort();
		const exec = `node "${join(shop, 'server.cjs')}" ${port}`;
		const to = `http://127.0.0.1:${port}/`;
		const result = await runAction({ scenarios: 'iak/pulsa-order', to, exec, 'wait-for': '10s' });
		expect(result.code, result.log).toBe(0);
		expect(result.outputs['exit-code']).toBe('0');
	});

	test('gives 2 for a mistake and 3 where nobody is, 2 also where the package cannot be had', async () => {
		const unknown = await runAction({ scenarios: 'iak/pulsa-odor', to: 'http://127.0.0.1:1/' });
		expect([unknown.code, unknown.outputs['exit-code']]).toEqual([2, '2']);
		const nobody = await runAction({
			scenarios: 'iak/pulsa-order',
			to: 'http://127.0.0.1:1/',
			args: '--retry none',
		});
		expect([nobody.code, nobody.outputs['exit-code']]).toEqual([3, '3']);
		const missing = await runAction(
			{ scenarios: 'iak/pulsa-order', version: '99.0.0' },
			{ NPX_FAILS: '1' },
		);
		expect(missing.calls).toBe('--yes callback-simulator@99.0.0 --version\n');
		expect([missing.code, missing.outputs]).toEqual([2, { 'exit-code': '2' }]);
		const open = await runAction({ scenarios: 'iak/pulsa-order "never closed' });
		expect([open.code, open.outputs]).toEqual([2, { 'exit-code': '2' }]);
	});

	const hostile = [
		'scenarios',
		'to',
		'exec',
		'wait-for',
		'speed',
		'report',
		'reports',
		'args',
		'version',
	].map((input, at) => ({ input, at }));

	test.each(hostile)('runs nothing of what stands in $input', async ({ input, at }) => {
		const trap = join(mkdtempSync(join(tmpdir(), 'callsim-trap-')), 'sprung');
		onTestFinished(() => rmSync(join(trap, '..'), { recursive: true, force: true }));
		const { url } = await answering(200);
		const texts = [
			`"; touch ${trap}; " $(touch ${trap}) \`touch ${trap}\``,
			`a\ntouch ${trap}\nb<<x`,
		];
		// The short form tries them in turn.
		for (const text of texts.filter((_, turn) => isLong || turn === at % texts.length)) {
			const given = input === 'exec' ? `: '${text.replaceAll("'", '')}'` : text;
			const result = await runAction({
				scenarios: 'iak/pulsa-order',
				to: url,
				args: '--retry none',
				[input]: given,
			});
			expect(existsSync(trap), `${input}: ${text}\n${result.log}`).toBe(false);
			expect(Object.keys(result.outputs).filter((name) => !(name in action.outputs))).toEqual([]);
			expect(result.outputs['exit-code']).toBe(String(result.code));
		}
	});
});
