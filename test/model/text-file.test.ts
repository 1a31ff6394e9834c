import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';

const scenario = 'name: umlaut \u00fc\nsteps:\n  - fire: bayarcash/transaction-success\n';
const project = 'targets:\n  bayarcash: http://127.0.0.1:9/\u00fc\n';
const environment = 'CALLSIM_SPEED=7\n';

const written = {
	'UTF-8': (text: string) => Buffer.from(text),
	'UTF-8 with a mark': (text: string) => Buffer.from(`\ufeff${text}`),
	'UTF-16 with a mark': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
	'UTF-16, big end first': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};
const refused = {
	'UTF-16 without a byte order mark': (text: string) => Buffer.from(text, 'utf16le'),
	'not UTF-8': (text: string) => Buffer.from(`${text}# \u00e9\n`, 'latin1'),
};

const ofText = (bytes: Buffer, name: string) => {
	const cwd = mkdtempSync(join(tmpdir(), 'callsim-text-'));
	writeFileSync(join(cwd, name), bytes);
	return cwd;
};
const run = (cwd: string) => callsim(['run', 'a.yaml', '--to', ':9', '--retry', 'none'], { cwd });

describe.each(Object.entries(written))('%s is read', (_name, bytes) => {
	test('in a scenario', async () => {
		const { stdout, code } = await run(ofText(bytes(scenario), 'a.yaml'));
		expect(stdout).toContain('umlaut \u00fc');
		expect(code).toBe(3);
	});

	test('in a project file', async () => {
		const { stdout } = await callsim(['config'], { cwd: ofText(bytes(project), 'callsim.yaml') });
		expect(stdout).toContain('http://127.0.0.1:9/\u00fc');
	});

	test('in an environment file', async () => {
		const cwd = ofText(bytes(environment), 'e.env');
		const { stdout } = await callsim(['config', '--env-file', 'e.env'], { cwd });
		expect(stdout).toMatch(/speed +7 /);
	});
});

describe.each(Object.entries(refused))('%s is refused by name', (name, bytes) => {
	test.each([
		['a.yaml', scenario, ['run', 'a.yaml', '--to', ':9']],
		['callsim.yaml', project, ['config']],
		['e.env', environment, ['config', '--env-file', 'e.env']],
	])('in %s', async (file, text, args) => {
		const told = await callsim(args, { cwd: ofText(bytes(text), file) });
		expect(told).toMatchObject({ code: 2, stdout: '' });
		expect(told.stderr).toContain('error file-unreadable');
		expect(told.stderr).toContain(`${file}" is ${name}`);
		expect(told.stderr).toContain('Save it as UTF-8.');
	});
});
