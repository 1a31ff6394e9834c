import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../support/catalogue.ts';
import { callsim, type Json } from '../support/run-cli.ts';
import { answering } from '../support/server.ts';
import { keys } from '../support/verifier.ts';

/** Without blocking the server that it talks to. */
const shell = promisify(execFile);

const success = 'bayarcash/transaction-success';
const show = async (...args: string[]) =>
	JSON.parse((await callsim(['show', ...args, '--json'])).stdout) as Json;

describe('list', () => {
	test('--json is one document with every event, in the shape of the contract', async () => {
		const { code, stdout } = await callsim(['list', '--json']);
		const document = JSON.parse(stdout) as { v: number; events: Json[]; scenarios: unknown[] };
		expect(code).toBe(0);
		expect(document.events.map((event) => event['id'])).toEqual(
			catalogue.events.map(({ id }) => id),
		);
		expect(document.events.find((event) => event['id'] === success)).toMatchObject({
			provider: 'bayarcash',
			message: 'transaction',
			method: 'POST',
			to: 'callback_url',
			encoding: 'form',
			choices: { encoding: ['form', 'json'] },
			signature: 'hmac-sha256',
			schedule: {
				attempts: 5,
				pausesMs: [300_000, 300_000, 300_000, 300_000],
				trust: 'documented',
			},
			trust: 'observed',
			claims: {
				write: {
					trust: 'observed',
					source: 'https://github.com/bayarcash/php-sdk',
					note: 'the docs page shows JSON',
				},
			},
		});
		expect(document.v).toBe(1);
		expect(document.scenarios).toContainEqual({
			id: 'transfez/transfer',
			title: 'The ordinary life of a transfer',
			events: ['created', 'confirmed', 'submitted', 'completed'].map(
				(state) => `transfez/transaction-${state}`,
			),
		});
	});

	test('of one provider shows that one', async () => {
		const { stdout } = await callsim(['list', 'khoins']);
		expect(stdout).toContain('khoins/transaction-failed');
		expect(stdout).not.toContain('bayarcash/');
	});

	test('of an unknown provider is a problem', async () => {
		expect(await callsim(['list', 'bayarcas'])).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('Did you mean "bayarcash"?') as string,
		});
	});

	test('survives a reader that goes away', () => {
		const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
		const result = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" list | head -1`], {
			encoding: 'utf8',
		});
		expect(result).toMatchObject({ status: 0, stderr: '' });
	});
});

describe('show', () => {
	test('--json has the request and how its signature came about', async () => {
		const document = await show(success);
		expect(document).toMatchObject({
			v: 1,
			event: success,
			options: ['form'],
			method: 'POST',
			url: 'http://localhost:3000/callback',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		});
		const signature = document['signature'] as {
			algorithm: string;
			fields: string[];
			canonical: string;
			value: string;
		};
		expect(signature.algorithm).toBe('hmac-sha256');
		expect(signature.fields).toHaveLength(13);
		expect(createHmac('sha256', keys.bayarcash).update(signature.canonical).digest('hex')).toBe(
			signature.value,
		);
		expect(document['body']).toContain(`checksum=${signature.value}`);
	});

	test('has no signature where there is none', async () => {
		expect(await show('khoins/transaction-success')).not.toHaveProperty('signature');
		expect(await show('iak/pulsa-success', '--variant', 'unsigned')).not.toHaveProperty(
			'signature',
		);
	});

	test("masks the user's own credentials in the canonical string, and the signature stays true", async () => {
		const env = { CALLSIM_IAK_USERNAME: '0811000111', CALLSIM_IAK_API_KEY: 'own-key' };
		const { stdout } = await callsim(['show', 'iak/game-success', '--json'], { env });
		expect(JSON.parse(stdout)).toMatchObject({
			signature: {
				fields: ['username', 'api_key', 'ref_id'],
				canonical: '[secret:username][secret:api_key]order001',
				value: createHash('md5').update('0811000111own-keyorder001').digest('hex'),
			},
		});
		const explained = await callsim(['show', 'iak/game-success', '--explain'], { env });
		expect(explained.stdout + explained.stderr).not.toContain('own-key');
	});

	test('--explain shows the signed fields in order, the canonical string and the digest', async () => {
		const { stdout } = await callsim(['show', success, '--explain']);
		expect(stdout).toMatch(/ 1\. amount\n +2\. currency\n[\s\S]+13\. transaction_id\n/);
		expect(stdout).toContain('canonical  60.00|MYR|2024-12-27 12:15:02|');
	});

	test('--print body gives the bytes and nothing else, --print http the whole request', async () => {
		const body = (await callsim(['show', success, '--print', 'body'])).stdout;
		expect(body).toBe((await show(success))['body']);
		const http = (await callsim(['show', success, '--print', 'http'])).stdout;
		expect(http.startsWith('POST /callback HTTP/1.1\r\nhost: localhost:3000\r\n')).toBe(true);
		expect(http.endsWith(`\r\n\r\n${body}`)).toBe(true);
	});

	test('--print curl sends the same bytes when it is run', async () => {
		const { url, seen } = await answering(200);
		const args = [
			'bayarcash/transaction-success',
			'--to',
			url,
			'--set',
			`payer_name=Nur'ain $HOME "x" \\ é`,
		];
		const { stdout } = await callsim(['show', ...args, '--print', 'curl']);
		await callsim(['fire', ...args]);
		await shell('sh', ['-c', stdout], { env: { PATH: process.env['PATH'], HOME: '/nowhere' } });
		const [fired, curled] = seen;
		expect(curled?.body.toString()).toBe(fired?.body.toString());
		expect(curled?.headers['content-type']).toBe(fired?.headers['content-type']);
	});

	test.each([
		['a body that begins with @', Buffer.from('@/etc/hostname')],
		['bytes that are no text', Buffer.from([0xff, 0x00, 0x27, 0x5c, 0x0a, 0x25])],
		['line ends', Buffer.from('a\r\nb\n')],
	])('--print curl carries %s', async (_name, body) => {
		const { url, seen } = await answering(200);
		const { stdout } = await callsim(
			[
				'show',
				'iak/pulsa-success',
				'--to',
				`${url}?y={a,b}&z=[1-3]`,
				'--raw-body',
				'-',
				'--print',
				'curl',
			],
			{ input: body },
		);
		await shell('sh', ['-c', stdout], { env: { PATH: process.env['PATH'], HOME: '/nowhere' } });
		expect(seen.map((one) => Buffer.compare(one.body, body))).toEqual([0]);
	});

	test("--print curl takes the user's own credentials from the environment", async () => {
		const env = { CALLSIM_TRANSFEZ_API_KEY: 'own-user', CALLSIM_TRANSFEZ_API_SECRET: 'own-pass' };
		const digest = (
			await callsim(['show', 'transfez/transaction-created', '--print', 'curl'], { env })
		).stdout;
		const hmac = (
			await callsim(['show', 'transfez/transaction-created', '--auth', 'hmac', '--print', 'curl'], {
				env,
			})
		).stdout;
		expect(digest).toContain(
			'--digest -u "$CALLSIM_TRANSFEZ_API_KEY:$CALLSIM_TRANSFEZ_API_SECRET"',
		);
		expect(hmac).toContain('-H "x-transferto-apikey: $CALLSIM_TRANSFEZ_API_KEY"');
		expect(digest + hmac).not.toMatch(/own-user|own-pass/);
	});

	test('a credential comes from a file or a variable, without the line end an editor leaves', async () => {
		const file = join(mkdtempSync(join(tmpdir(), 'callsim-key-')), 'key');
		writeFileSync(file, 'test_secret_key_123\n');
		const vector = ['--set', 'exchange_reference_number=REF1', '--set', 'order_number=INV-1001'];
		for (const source of [`file:${file}`, 'env:OTHER', 'test_secret_key_123']) {
			const { stdout } = await callsim(
				[
					'show',
					'bayarcash/pre-transaction',
					...vector,
					'--credential',
					`secret_key=${source}`,
					'--json',
				],
				{ env: { OTHER: 'test_secret_key_123' } },
			);
			expect(JSON.parse(stdout)).toMatchObject({
				signature: { value: 'df8c3ff8c660311dce07d4fc9a1396db2d354fc02e1fd21d4787ddf4182d2833' },
			});
		}
	});

	test('--fresh --seed is the same every time, in the provider’s formats and all from one instant', async () => {
		const [one, two] = [
			await show(success, '--fresh', '--seed', '7'),
			await show(success, '--fresh', '--seed', '7'),
		];
		const fields = Object.fromEntries(new URLSearchParams(String(one['body'])));
		expect(two['body']).toBe(one['body']);
		expect(fields).toMatchObject({
			datetime: '2026-01-15 10:30:45',
			exchange_transaction_id: expect.stringMatching(/^260115103045\d{4}$/) as string,
			exchange_reference_number: expect.stringMatching(/^1-768-444-245-\d{6}$/) as string,
			transaction_id: expect.stringMatching(/^trx_[A-Za-z0-9]{6}$/) as string,
		});
		expect(String(fields['order_number']).length).toBeLessThanOrEqual(30);
		expect((await show(success, '--fresh', '--seed', '8'))['body']).not.toBe(one['body']);
	});
});

describe('the command itself', () => {
	test('--version is plain, --help has the exit codes, no arguments without a terminal is help on stderr', async () => {
		const { version } = JSON.parse(
			readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
		) as {
			version: string;
		};
		expect(await callsim(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
		const help = await callsim(['--help']);
		expect(help).toMatchObject({ code: 0, stderr: '' });
		for (const line of [
			'0  all as expected',
			'1  the receiver failed',
			'3  no attempt ever connected',
			'70 a bug',
			'130 SIGINT',
			'143 SIGTERM',
		])
			expect(help.stdout).toContain(line);
		const bare = await callsim([]);
		expect(bare).toMatchObject({ code: 2, stdout: '' });
		expect(bare.stderr).toContain('callsim demo');
	});

	test('an unknown command is a problem with a suggestion', async () => {
		expect(await callsim(['fier'])).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringMatching(/^error usage: .*fier.*\n {2}try: .*fire/) as string,
		});
	});

	test('says what to do when it is not built', () => {
		const folder = mkdtempSync(join(tmpdir(), 'callsim-bare-'));
		const root = fileURLToPath(new URL('../..', import.meta.url));
		execFileSync('cp', ['-r', join(root, 'bin'), join(root, 'package.json'), folder]);
		const result = spawnSync(process.execPath, [join(folder, 'bin', 'callsim.js'), 'list'], {
			encoding: 'utf8',
		});
		expect(result).toMatchObject({
			status: 2,
			stdout: '',
			stderr: expect.stringContaining('npm ci') as string,
		});
	});
});
