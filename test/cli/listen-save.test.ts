import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deliveryOf, run } from '../support/deliver.ts';
import { listening } from '../support/listening.ts';
import { callsim } from '../support/run-cli.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'callsim-save-')), 'deep', 'arrived');
const filesIn = (path: string) =>
	readdirSync(path)
		.sort()
		.map((name) => join(path, name));

describe('listen --save', () => {
	test.each([
		'bayarcash/transaction-success',
		'iak/pulsa-success',
		'khoins/transaction-success',
		'transfez/transaction-completed',
		'bayarcash/receipt-success',
	])('keeps %s as a file of one’s own that verify and replay read', async (id) => {
		const path = folder();
		const listener = await listening(['--save', path]);
		await run([await deliveryOf(id, listener.url, {}, 'none')]);
		await listener.received(id.startsWith('transfez') ? 2 : 1);
		await listener.stop();
		const files = filesIn(path);
		expect(files).toHaveLength(1);
		const [file = ''] = files;
		expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
		expect((statSync(path).mode & 0o777).toString(8)).toBe('700');
		expect(await callsim(['verify', id.split('/')[0] ?? '', file])).toMatchObject({
			code: 0,
			stdout: expect.stringContaining(`✓ genuine · ${id}`) as string,
		});
		const again = await listening(['--auth', 'none']);
		const sent = await callsim(['replay', '--from', file, '--to', again.url, '--no-journal']);
		expect(sent.stderr).not.toContain('error');
		const [first] = await again.received(1);
		expect(first).toMatchObject({ event: id });
		const body = String((first?.['request'] as { body?: string } | undefined)?.body);
		expect(readFileSync(file, 'utf8').endsWith(body)).toBe(true);
	});

	test('keeps a body in pieces, and one that is no text, so that both are read', async () => {
		const path = folder();
		const listener = await listening(['--save', path]);
		const pieces = new ReadableStream({
			start(controller) {
				controller.enqueue(Buffer.from('ref_id=1&'));
				controller.enqueue(Buffer.from('status=1'));
				controller.close();
			},
		});
		await fetch(listener.url, { method: 'POST', body: pieces, duplex: 'half' } as RequestInit);
		await fetch(listener.url, { method: 'POST', body: Buffer.from([0x61, 0x3d, 0xff, 0xfe]) });
		await listener.received(2);
		await listener.stop();
		const [http = '', json = ''] = filesIn(path);
		expect(readFileSync(http, 'utf8')).toMatch(/Content-Length: 17\r\n\r\nref_id=1&status=1$/);
		expect(readFileSync(http, 'utf8')).not.toMatch(/transfer-encoding/i);
		expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
			request: { bodyBase64: Buffer.from([0x61, 0x3d, 0xff, 0xfe]).toString('base64') },
		});
	});

	test('keeps nothing of the user’s: keys, Digest answers, cookies', async () => {
		const path = folder();
		const key = 'own-key-0815-4711';
		const own = ['--credential', 'api_key=own-user-4711', '--credential', `api_secret=${key}`];
		const listener = await listening(['transfez', '--save', path, ...own]);
		const fired = await callsim([
			...['fire', 'transfez/transaction-completed', '--to', listener.url, '--no-journal'],
			...own,
			...['--header', 'Cookie: session=s3cr3t-session', '--header', `X-Note: ${key}`],
		]);
		expect(fired.code).toBe(0);
		expect(await listener.received(2)).toMatchObject([{}, { genuine: true }]);
		await listener.stop();
		const text = filesIn(path)
			.map((file) => readFileSync(file, 'utf8'))
			.join('');
		expect(text).toContain('TRX124');
		expect(text).not.toMatch(/own-key-0815-4711|s3cr3t-session|response="/);
		expect(text).toMatch(/authorization: \[masked\]/i);
		const [file = ''] = filesIn(path);
		expect(await callsim(['verify', 'transfez', file])).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('Not decided: its authorization was masked') as string,
		});
	});

	test('a folder that cannot be is a problem before anything listens', async () => {
		const file = join(mkdtempSync(join(tmpdir(), 'callsim-save-')), 'file');
		writeFileSync(file, '');
		expect(await callsim(['listen', '--port', '0', '--save', join(file, 'in')])).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining('output-unwritable') as string,
		});
	});

	test('what cannot be saved is told once, and answered all the same', async () => {
		const path = folder();
		const listener = await listening(['--save', path]);
		rmSync(path, { recursive: true });
		expect((await fetch(listener.url, { method: 'POST', body: 'a=1' })).status).toBe(400);
		expect(await listener.received(1)).toHaveLength(1);
	});
});
