import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callsim, jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';

const event = 'bayarcash/transaction-success';
const key = 'MyRealKey0123456789abcdef';
const simulator = 'sim_bayarcash_secret_0123456789ab';
const typed =
	'note: a key on the command line can be seen by other users of this machine, and stays in the history of the shell; give it as env:VAR or file:PATH\n';
const readable = (path: string) =>
	`note: other users of this machine can read the key file ${path}; chmod 600 ${path}\n`;
const show = ['show', event, '--json'];

describe('a key on the command line', () => {
	test.each<[string, string[]]>([
		['as a credential', ['--credential', `secret_key=${key}`]],
		['as a credential of a named provider', [`--credential=bayarcash.secret_key=${key}`]],
		['in a header', ['--header', `Authorization: Bearer ${key}`]],
		['in a cookie', ['--header', `Cookie: session=${key}`]],
		['twice', ['--credential', `secret_key=${key}`, '--header', `x-api-key: ${key}`]],
	])('%s is taken, with one note on stderr', async (_how, flags) => {
		const { code, stdout, stderr } = await callsim([...show, ...flags]);
		expect(code).toBe(0);
		expect(stderr).toBe(typed);
		expect(jsonLines(stdout)).toHaveLength(1);
	});

	test('is told once for a whole run, with --json as without', async () => {
		const { url } = await serve((_one, response) => response.end('OK'));
		const folder = folderWith({
			'one.yaml': `name: one\nsteps: [{ fire: ${event} }, { fire: ${event} }]\n`,
		});
		const line = ['run', 'one.yaml', '--to', url, '--credential', `secret_key=${key}`];
		for (const more of [[], ['--json']]) {
			const { code, stdout, stderr } = await folder.callsim([...line, ...more]);
			expect(code).toBe(0);
			expect(stdout).not.toContain('command line can be seen');
			expect(stderr.split(typed)).toHaveLength(2);
		}
	});

	test('is told by every command that takes one', async () => {
		const { url } = await serve((_one, response) => response.end('OK'));
		const flag = ['--credential', `secret_key=${key}`];
		const body = 'POST / HTTP/1.1\n\nrecord_type=transaction&checksum=00';
		const folder = folderWith({ 'raw.http': body });
		for (const line of [
			['fire', event, '--to', url],
			['burst', event, '--to', url, '--count', '2', '--connections', '1'],
			['check', 'bayarcash', '--to', url, '--only', 'genuine-success'],
			['verify', 'bayarcash', 'raw.http'],
		]) {
			const { stderr } = await folder.callsim([...line, ...flag]);
			expect(stderr.split(typed), line.join(' ')).toHaveLength(2);
		}
	});

	test.each<[string, string[]]>([
		['the simulator’s', ['--credential', `secret_key=${simulator}`]],
		['a reference', ['--credential', 'secret_key=env:OWN']],
		['a header by reference', ['--header', 'Authorization: env:OWN']],
		['a header that is no key', ['--header', 'X-Request-Id: 1234']],
	])('%s earns none', async (_what, flags) => {
		const { code, stderr } = await callsim([...show, ...flags], { env: { OWN: key } });
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	});
});

describe.skipIf(process.platform === 'win32')('a key file', () => {
	const withMode = (mode: number, text = key) => {
		const folder = folderWith({ 'key.txt': `${text}\n` });
		chmodSync(join(folder.path, 'key.txt'), mode);
		return folder;
	};
	const fromFile = [...show, '--credential', 'secret_key=file:key.txt'];

	test.each([0o644, 0o640, 0o604])('of mode %i earns one note with its path', async (mode) => {
		const folder = withMode(mode);
		const header = ['--header', 'x-token: file:key.txt'];
		const { code, stderr } = await folder.callsim([...fromFile, ...header]);
		expect({ code, stderr }).toEqual({ code: 0, stderr: readable(join(folder.path, 'key.txt')) });
	});

	test('that only its owner can read earns none', async () => {
		expect((await withMode(0o600).callsim(fromFile)).stderr).toBe('');
	});

	test('that holds the simulator’s key earns none', async () => {
		expect((await withMode(0o644, simulator).callsim(fromFile)).stderr).toBe('');
	});

	test('named in the project file is told as well', async () => {
		const folder = withMode(0o644);
		folder.write('callsim.yaml', 'credentials:\n  bayarcash: { secret_key: file:key.txt }\n');
		expect((await folder.callsim(show)).stderr).toBe(readable(join(folder.path, 'key.txt')));
	});
});
