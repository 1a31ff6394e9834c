import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { transaction } from '../support/verifier.ts';

const key = 'MyRealKey0123456789abcdef';
const show = ['show', 'bayarcash/transaction-success', '--json'];

const utf16 = (text: string, isBig: boolean): Buffer => {
	const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
	return isBig ? bytes.swap16() : bytes;
};

/** A folder with a file of these bytes, and what `show` makes with it. */
async function shown(bytes: Buffer, args: readonly string[]) {
	const folder = folderWith({});
	writeFileSync(join(folder.path, 'file'), bytes, { mode: 0o600 });
	const { code, stdout, stderr } = await folder.callsim([...show, ...args]);
	if (code !== 0) return { code, stderr, signedWith: undefined };
	const fields = Object.fromEntries(
		new URLSearchParams((JSON.parse(stdout) as { body: string }).body),
	);
	const text = transaction
		.toSorted()
		.map((name) => fields[name])
		.join('|');
	const signedWith = [key, `${key}\n`, `"${key}"`, `${key} `, `${key}\u200b`].find(
		(one) => createHmac('sha256', one).update(text).digest('hex') === fields['checksum'],
	);
	return { code, stderr, signedWith };
}

describe('a key file', () => {
	const flag = ['--credential', 'secret_key=file:file'];
	test.each<[string, Buffer, string, string]>([
		['with a byte order mark', Buffer.from(`\ufeff${key}\r\n`), key, ''],
		['in UTF-16 of Windows', utf16(`${key}\r\n`, false), key, ''],
		['in UTF-16, the other way round', utf16(`${key}\n`, true), key, ''],
		['with one line break', Buffer.from(`${key}\n`), key, ''],
		['with two', Buffer.from(`${key}\n\n`), `${key}\n`, 'a line break at its end'],
		['with quotes', Buffer.from(`"${key}"\n`), `"${key}"`, 'double quotes around it'],
		['with a blank', Buffer.from(`${key} \n`), `${key} `, 'a blank at its end'],
		[
			'with a zero-width space',
			Buffer.from(`${key}\u200b`),
			`${key}\u200b`,
			'a zero-width space (U+200B) at its end',
		],
	])('%s', async (_what, bytes, signedWith, told) => {
		const result = await shown(bytes, flag);
		expect(result.signedWith).toBe(signedWith);
		if (told === '') expect(result.stderr).toBe('');
		else
			expect(result.stderr).toBe(`note: bayarcash's secret_key has ${told}; it is used as given\n`);
	});

	test.each<[string, Buffer, string]>([
		[
			'in UTF-16 that does not say so',
			Buffer.from(key, 'utf16le'),
			'UTF-16 without a byte order mark, or no text at all',
		],
		['in Latin-1', Buffer.from(`${key}\u00e9`, 'latin1'), 'not UTF-8'],
		['in half a UTF-16', utf16(key, false).subarray(0, 21), 'broken UTF-16'],
	])('%s is refused', async (_what, bytes, told) => {
		const { code, stderr } = await shown(bytes, flag);
		expect(stderr).toBe(`error file-unreadable: "file" is ${told}\n  try: Save it as UTF-8.\n`);
		expect(code).toBe(2);
	});
});

describe('an environment file', () => {
	const text = `CALLSIM_BAYARCASH_SECRET_KEY=${key}\r\n`;
	test.each<[string, Buffer]>([
		['with a byte order mark', Buffer.from(`\ufeff${text}`)],
		['in UTF-16', utf16(text, false)],
		['as it should be', Buffer.from(text)],
	])('%s', async (_what, bytes) => {
		expect(await shown(bytes, ['--env-file', 'file'])).toEqual({
			code: 0,
			stderr: '',
			signedWith: key,
		});
	});
});

test('a damaged key of the environment and of the command line is told, once for several events', async () => {
	const env = { CALLSIM_BAYARCASH_SECRET_KEY: `${key}\n` };
	const told = "note: bayarcash's secret_key has a line break at its end; it is used as given\n";
	const { stderr } = await folderWith({}).callsim(
		[
			'fire',
			'bayarcash/transaction-success',
			'bayarcash/receipt-success',
			'--to',
			':9',
			'--retry',
			'none',
		],
		{ env },
	);
	expect(stderr.split(told)).toHaveLength(2);
	const typed = await folderWith({}).callsim([...show, '--credential', `secret_key=${key}\n`]);
	expect(typed.stderr).toContain(told);
});

describe('verify, with a damaged key', () => {
	test.each<[string, string]>([
		[`${key}\n`, 'a line break at its end'],
		[`"${key}"`, 'double quotes around it'],
		[`\u00a0${key}`, 'a no-break space (U+00A0) at its beginning'],
		[`MyReal\u200bKey0123456789abcdef`, 'a zero-width space (U+200B) inside'],
	])('tries the key without what does not belong to it, and says so: %j', async (damaged, told) => {
		const folder = folderWith({});
		const own = (value: string) => ['--credential', `secret_key=${value}`];
		const { stdout: body } = await folder.callsim([
			'show',
			'bayarcash/transaction-success',
			'--print',
			'http',
			...own(key),
		]);
		const { code, stdout } = await folder.callsim(
			['verify', 'bayarcash', '--json', ...own(damaged)],
			{ input: body },
		);
		expect(JSON.parse(stdout)).toMatchObject({
			genuine: false,
			cause: 'key-damaged',
			explanation: `It is genuine under the key without what does not belong to it: secret_key has ${told}.`,
		});
		expect(code).toBe(1);
	});
});
