import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { answering } from '../support/server.ts';

const success = 'bayarcash/transaction-success';

describe('--header', () => {
	test('takes a value from the environment or a file, and never shows it', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'callsim-header-'));
		onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
		writeFileSync(join(folder, 'key.txt'), 'from-a-file-4711\n');
		const { url, seen } = await answering(200);
		const references = ['--header', 'x-one: env:MY_TOKEN', '--header', 'x-two: file:key.txt'];
		const result = await callsim(['fire', success, '--to', url, ...references], {
			env: { MY_TOKEN: 'from-the-environment-4711' },
			cwd: folder,
		});
		expect(result).toMatchObject({ code: 0 });
		expect(seen[0]?.headers).toMatchObject({
			'x-one': 'from-the-environment-4711',
			'x-two': 'from-a-file-4711',
		});
		expect(result.stdout + result.stderr).not.toContain('4711');
		// What is printed to be typed next refers to the same.
		expect(result.stdout).toContain(
			"--header 'x-one: env:MY_TOKEN' --header 'x-two: file:key.txt'",
		);
	});

	test('with a variable that is not set is a problem, before anything is sent', async () => {
		const { url, seen } = await answering(200);
		const { code, stderr } = await callsim([
			'fire',
			success,
			'--to',
			url,
			'--header',
			'x-one: env:NOT_SET_HERE',
		]);
		expect([code, stderr]).toEqual([
			2,
			expect.stringContaining('the environment has no NOT_SET_HERE') as string,
		]);
		expect(seen).toHaveLength(0);
	});

	test('names another host than the one it is sent to', async () => {
		const { url, seen } = await answering(200);
		const { code } = await callsim(['fire', success, '--to', url, '--header', 'Host: shop.test']);
		expect([code, seen.map(({ headers }) => headers.host)]).toEqual([0, ['shop.test']]);
		const { stdout } = await callsim(['show', success, '--to', url, '--header', 'Host: shop.test']);
		expect(stdout.match(/^host: .*$/gim)).toEqual(['Host: shop.test']);
	});

	test.each(['content-length: 5', 'transfer-encoding: chunked', 'connection: close'])(
		'%s is made from the request itself',
		async (header) => {
			const { code, stderr } = await callsim(['fire', success, '--to', ':1', '--header', header]);
			expect([code, stderr]).toEqual([
				2,
				expect.stringContaining('is made from the request itself') as string,
			]);
		},
	);
});
