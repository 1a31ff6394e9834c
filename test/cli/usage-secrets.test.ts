import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';

const key = 'sk_live_hush';
const success = 'bayarcash/transaction-success';
const to = ['--to', 'http://127.0.0.1:9/cb'];

describe('a mistake is told without the key in it:', () => {
	test.each<[string, readonly string[], RegExp]>([
		[
			'a flag that is none',
			['fire', success, `--secret-key=${key}`],
			/unknown option "--secret-key=…"/,
		],
		[
			'with a quote in the key',
			['fire', `--secret-key=a'b"${key}`],
			/unknown option "--secret-key=…"/,
		],
		['with a line break', ['fire', `--secret-key=a\n${key}`], /unknown option "--secret-key=…"/],
		['one letter', ['fire', success, `-k${key}`], /unknown option "-k…"/],
		['before the command', [`--key=${key}`, 'fire'], /unknown option "--key=…"/],
		['the key apart', ['fire', success, '--secret-key', key], /unknown option "--secret-key"\n/],
		['the key where a command should stand', [key, 'fire'], /unknown command\n/],
		[
			'a flag with a typo',
			['fire', success, `--credentail=secret_key=${key}`],
			/unknown option "--credentail=…"/,
		],
		[
			'a credential without a name',
			['fire', success, ...to, '--credential', key],
			/needs a name and a value/,
		],
		[
			'in base64',
			['fire', success, ...to, '--credential', `${key}==`],
			/no credential of the name/,
		],
		[
			'of another provider',
			['fire', success, ...to, '--credential', `${key.replaceAll('_', '-')}.a=b`],
			/takes no part/,
		],
		[
			'a key where the name of a variable should stand',
			['fire', success, ...to, '--credential', `secret_key=env:${key}`],
			/no variable of the name behind env:/,
		],
		[
			'twice',
			['fire', success, ...to, '--credential', `secret_key=${key}`, '--credential', 'secret_key=b'],
			/given twice/,
		],
		[
			'of which one half is missing',
			['fire', 'iak/pulsa-success', ...to, '--credential', `api_key=${key}`],
			/credentials-incomplete/,
		],
		[
			'a header without a name',
			['fire', success, ...to, '--header', key],
			/needs a name and a value/,
		],
		[
			'a header with a line break',
			['fire', success, ...to, '--header', `x-api-key: ${key}\nx`],
			/no header can carry/,
		],
		[
			'a header of the connection',
			['fire', success, ...to, '--header', `connection: ${key}`],
			/made from the request itself/,
		],
		[
			'a password in the URL',
			['fire', success, '--to', `http://user:${key}@localhost/`],
			/\[masked\]@localhost/,
		],
		[
			'with an @ in it',
			['fire', success, '--to', `http://user:a@${key}@localhost/`],
			/\[masked\]@localhost/,
		],
		[
			'with a line break',
			['fire', success, '--to', `http://user:\n${key}@localhost/`],
			/\[masked\]@localhost/,
		],
		[
			'without a scheme',
			['fire', success, '--to', `user:${key}@localhost`],
			/\[masked\]@localhost/,
		],
		['with another', ['fire', success, '--to', `ftp://${key}@localhost/`], /\[masked\]@localhost/],
		[
			'a token behind the question mark',
			['fire', success, '--to', `ftp://localhost/?token=${key}`],
			/localhost\/\?…/,
		],
		[
			'a probe with a password',
			['check', 'bayarcash', ...to, '--probe-url', `http://a:${key}@localhost/{reference}`],
			/\[masked\]@/,
		],
		[
			'a password of the return page',
			['fire', success, ...to, '--return-to', `http://a:${key}@localhost/`],
			/\[masked\]@/,
		],
		['a body that is none', ['fire', success, ...to, '--raw-body', key], /takes @file or -/],
		[
			'a key that stands elsewhere, too',
			['fire', success, ...to, '--credential', `secret_key=${key}`, '--retry', key],
			/"\[secret:secret_key\]" is not a schedule/,
		],
		[
			'a header that stands elsewhere, too',
			['fire', success, ...to, '--header', `x-token: ${key}`, '--speed', key],
			/"\[secret:x-token\]" is not a factor/,
		],
		[
			'a receiver that does not start',
			['run', 'bayarcash/payment', ...to, '--exec', `TOKEN=${key} false`],
			/the command ended before it listened/,
		],
	])('%s', async (_what, args, told) => {
		const { stdout, stderr, code } = await folderWith({}).callsim(args);
		expect(stdout + stderr).not.toContain(key);
		expect(stderr).toMatch(told);
		expect(code).toBe(2);
	});
});

describe('a mistake in the project file is told without the key in it:', () => {
	test.each([
		...[
			'*',
			'|',
			'>',
			'@',
			'`',
			'!',
			'&',
			'{',
			'[',
			'"',
			"'",
			'"a" ',
			"'a' ",
			'? ',
			'!<a b> ',
			'a: b: ',
			'env:',
			'',
		],
	])('%s before it', async (before) => {
		const places = [
			`credentials:\n  bayarcash:\n    secret_key: ${before}${key}\n`,
			`credentials: { bayarcash: { secret_key: ${before}${key} } }\n`,
			`credentials:\n  bayarcash: ${before}${key}\n`,
			`headers:\n  authorization: ${before}${key}\n`,
		];
		for (const text of places) {
			const folder = folderWith({ 'callsim.yaml': text });
			const fired = await folder.callsim(['fire', success, ...to, '--retry', 'none']);
			expect(fired.stdout + fired.stderr, text).not.toContain(key);
			expect(fired.stderr, text).toMatch(/^error |^note: /);
		}
	});

	test('config prints no password, and no key behind env:', async () => {
		const folder = folderWith({ 'callsim.yaml': `headers: { x-token: "env:${key}" }\n` });
		const told = await folder.callsim(['config']);
		expect(told.stdout).toContain('headers.x-token');
		expect(told.stdout + told.stderr).not.toContain(key);
		const refused = await folder.callsim(['config', '--to', `http://a:${key}@localhost/`]);
		expect(refused.stderr).toContain('http://[masked]@localhost/');
		expect(refused.stdout + refused.stderr).not.toContain(key);
	});
});

test('an environment file with a key in it is told by its name alone', async () => {
	const folder = folderWith({ env: `CALLSIM_BAYARCASH_SECRET_KEY="${key}\n=${key}\n${key}\n` });
	const { stdout, stderr } = await folder.callsim([
		'fire',
		success,
		...to,
		'--retry',
		'none',
		'--env-file',
		'env',
	]);
	expect(stdout + stderr).not.toContain(key);
	expect(stderr).not.toContain('simulator key');
});
