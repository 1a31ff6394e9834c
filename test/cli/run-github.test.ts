import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

const success = 'bayarcash/transaction-success';
const scenario = `name: a\nsteps: [{ fire: ${success}, retry: none }]`;
const commands = (url: string): string[][] => [
	['fire', success, '--to', url, '--retry', 'none'],
	['run', 'a.yaml', '--to', url],
];

describe('on GitHub Actions', () => {
	const env = (path: string) => ({
		GITHUB_ACTIONS: 'true',
		GITHUB_STEP_SUMMARY: `${path}/summary.md`,
		GITHUB_WORKSPACE: path,
	});

	test('annotations come by themselves, at the file as it stands in the repository, and a summary', async () => {
		const { url } = await answering(500);
		const folder = folderWith({ 'deep/a.yaml': scenario });
		const { stdout, code } = await folder.callsim(['run', 'a.yaml', '--to', url], {
			env: env(folder.path),
			cwd: `${folder.path}/deep`,
		});
		expect(stdout).toMatch(
			/^::error file=deep\/a\.yaml,line=2,title=a%3A 1 bayarcash\/transaction-success::/m,
		);
		expect(folder.read('summary.md')).toMatch(/^## ✗ callsim /);
		expect(code).toBe(1);
	});

	test('a mistake in a file is annotated where it stands, and the others of the file are in the summary', async () => {
		const folder = folderWith({
			'deep/a.yaml': `name: a\nsteps:\n  - fier: ${success}\n    repeat: 0\n`,
		});
		const { stdout, code } = await folder.callsim(['run', 'a.yaml', '--to', ':1'], {
			env: env(folder.path),
			cwd: `${folder.path}/deep`,
		});
		expect(stdout).toMatch(
			/^::error file=deep\/a\.yaml,line=3,title=.*step 1: fier is an unknown key/m,
		);
		expect(folder.read('summary.md')).toMatch(/\na\.yaml:4:5: step 1: repeat must be >= 1\n/);
		expect(code).toBe(2);
	});

	test('go to stderr with --json, or where a report takes stdout', async () => {
		const { url } = await answering(500);
		const folder = folderWith({ 'a.yaml': scenario });
		for (const args of commands(url))
			for (const flags of [['--json'], ['--report', 'json']]) {
				const { stdout, stderr } = await folder.callsim([...args, ...flags], {
					env: env(folder.path),
				});
				expect(stderr).toMatch(/^::error /m);
				expect(stdout).not.toContain('::error');
				expect(() => jsonLines(stdout)).not.toThrow();
			}
	});

	test('a summary is added to what stands there, and one that cannot be written is a problem', async () => {
		const { url } = await answering(200);
		const folder = folderWith({ 'a.yaml': scenario });
		writeFileSync(`${folder.path}/summary.md`, 'before\n');
		await folder.callsim(['run', 'a.yaml', '--to', url], { env: env(folder.path) });
		expect(folder.read('summary.md')).toMatch(/^before\n## ✓ callsim /);
		mkdirSync(`${folder.path}/other/summary.md`, { recursive: true });
		const result = await folder.callsim(['run', 'a.yaml', '--to', url], {
			env: { ...env(folder.path), GITHUB_STEP_SUMMARY: `${folder.path}/other/summary.md` },
		});
		expect(result).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('error output-unwritable') as string,
		});
	});
});
