import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';

const long = join(mkdtempSync(join(tmpdir(), 'callsim-long-')), 'long.form');
writeFileSync(long, `a=${'x'.repeat(4 * 1024 * 1024)}`);

describe('what is longer than any capture is told of, and not read to its end', () => {
	test.each([
		['verify, of a file', ['verify', 'bayarcash', long]],
		['verify, of a file without an end', ['verify', 'bayarcash', '/dev/zero']],
		['replay', ['replay', '--from', '/dev/zero', '--to', 'http://127.0.0.1:9/cb']],
	])('%s', async (_name, args) => {
		expect(await callsim(args)).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining('is longer than 4 MiB') as string,
		});
	});

	test('verify, of standard input', async () => {
		const input = `a=${'x'.repeat(4 * 1024 * 1024)}`;
		expect(await callsim(['verify', 'bayarcash'], { input })).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('standard input is longer than 4 MiB') as string,
		});
	});
});

test('verify decides nothing about a body of more fields than any callback has', async () => {
	const fields = Array.from({ length: 70_000 }, (_, at) => [`k${at}`, 1]);
	const input = JSON.stringify(Object.fromEntries(fields));
	expect(await callsim(['verify', 'bayarcash'], { input })).toMatchObject({
		code: 2,
		stderr: expect.stringContaining('Not decided: more than 500 fields') as string,
	});
});
