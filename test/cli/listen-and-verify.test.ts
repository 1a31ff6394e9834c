import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { everyCombination } from '../../src/compose/options.ts';
import { catalogue, eventOf } from '../support/catalogue.ts';
import { callsimProcess } from '../support/cli-process.ts';
import { deliveryOf, run } from '../support/deliver.ts';
import { listening } from '../support/listening.ts';
import { part } from '../support/long.ts';
import { callsim } from '../support/run-cli.ts';
import { closedPort } from '../support/server.ts';
import { needs } from '../support/tools.ts';

const shell = promisify(execFile);

describe('listen', () => {
	test('says where it listens first, and ends with 130 on SIGINT', async () => {
		const handler = await listening(['bayarcash'], callsimProcess);
		expect(handler.first).toEqual({
			v: 1,
			type: 'listening',
			url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
		});
		expect(await handler.stop()).toBe(130);
	});

	test.each([
		['bayarcash', 1],
		['iak', 5],
		['khoins', 1],
	])(
		'finds the events of %s genuine in their combinations, and tells each from the others',
		async (provider, every) => {
			const handler = await listening();
			const all = catalogue.events
				.filter((event) => event.provider.id === provider)
				.flatMap(({ id }) =>
					everyCombination(eventOf(id).message).map((variants) => [id, variants] as const),
				);
			const some = part(all, every);
			for (const [id, variants] of some)
				await run([await deliveryOf(id, handler.url, { variants }, 'none')]);
			const received = await handler.received(some.length);
			const expected = some.map(([id, variants]) =>
				variants.includes('unsigned') ? [id, false, 403] : [id, true, 200],
			);
			expect(received.map((line) => [line['event'], line['genuine'], line['answered']])).toEqual(
				expected,
			);
		},
	);

	test('finds none genuine in which one character of the signature was changed', async () => {
		const handler = await listening();
		// Each message once: looking for a mistake that explains a forgery is long work, and the same for all its events.
		const messages = new Map(
			catalogue.events.map((event) => [`${event.provider.id} ${event.file.message}`, event]),
		);
		const signed = [...messages.values()].flatMap(({ id, message }) =>
			message.signature !== undefined && 'field' in message.signature.into
				? [[id, message.signature.into.field] as const]
				: [],
		);
		expect(signed.length).toBeGreaterThanOrEqual(8);
		for (const [id, field] of signed) {
			const { request } = await deliveryOf(id, handler.url);
			const signature = request.signatureAt(0)?.value ?? '';
			const changed = `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`;
			await run([await deliveryOf(id, handler.url, { tamper: [`${field}=${changed}`] }, 'none')]);
		}
		const received = await handler.received(signed.length);
		expect(received.map((line) => [line['event'], line['genuine'], line['answered']])).toEqual(
			signed.map(([id]) => [id, false, 403]),
		);
	});

	test('challenges Transfez with Digest, and lets in who answers', async () => {
		const handler = await listening(['transfez']);
		for (const state of ['created', 'completed'])
			expect(
				(await run([await deliveryOf(`transfez/transaction-${state}`, handler.url)])).at(-1),
			).toMatchObject({
				exitCode: 0,
			});
		expect(
			(await handler.received(4)).map((line) => [line['genuine'], line['cause'], line['answered']]),
		).toEqual([
			[false, 'no-credentials', 401],
			[true, null, 200],
			[false, 'no-credentials', 401],
			[true, null, 200],
		]);
		expect(
			(
				await run([
					await deliveryOf('transfez/transaction-created', handler.url, { wrongKey: true }, 'none'),
				])
			).at(-1),
		).toMatchObject({ exitCode: 1 });
		expect(
			(
				await run([await deliveryOf('transfez/transaction-created', handler.url, { auth: 'hmac' })])
			).at(-1),
		).toMatchObject({ exitCode: 0 });
	});

	test.skipIf(!needs('curl'))(
		'is answered by curl --digest, and refuses a replayed answer',
		async () => {
			const handler = await listening(['transfez']);
			const { stdout } = await callsim([
				'show',
				'transfez/transaction-completed',
				'--to',
				handler.url,
				'--print',
				'curl',
			]);
			await shell('sh', ['-c', stdout]);
			const answered = (await handler.received(2)).at(-1) as {
				genuine: boolean;
				request: { headers: Record<string, string>; body: string };
			};
			expect(answered.genuine).toBe(true);
			const { authorization = '', 'content-type': type = '' } = answered.request.headers;
			const again = await fetch(handler.url, {
				method: 'POST',
				headers: { authorization, 'content-type': type },
				body: answered.request.body,
			});
			expect(again.status).toBe(401);
			expect((await handler.received(3)).at(-1)).toMatchObject({
				genuine: false,
				cause: 'nonce-unknown',
			});
		},
	);

	test('names the mistake of what is not genuine, and refuses it', async () => {
		const handler = await listening(['bayarcash']);
		await run([
			await deliveryOf('bayarcash/transaction-success', handler.url, { wrongKey: true }, 'none'),
		]);
		await run([
			await deliveryOf('bayarcash/transaction-success', handler.url, { unsigned: true }, 'none'),
		]);
		expect(await handler.received(2)).toMatchObject([
			{ genuine: false, cause: 'wrong-key', answered: 403 },
			{ genuine: false, cause: 'signature-missing', answered: 403 },
		]);
	});

	test('answers on script, per reference too, and shows repeats as repeats', async () => {
		const handler = await listening([
			'bayarcash',
			'--answer',
			'500,500,200',
			'--answer-for',
			'ORD-9=503,200',
		]);
		expect(
			(await run([await deliveryOf('bayarcash/transaction-success', handler.url)])).at(-1),
		).toMatchObject({
			exitCode: 0,
		});
		expect(
			(
				await run([
					await deliveryOf('bayarcash/transaction-success', handler.url, { ref: 'ORD-9' }),
				])
			).at(-1),
		).toMatchObject({ exitCode: 0 });
		expect((await handler.received(5)).map((line) => [line['answered'], line['repeatOf']])).toEqual(
			[
				[500, undefined],
				[500, 1],
				[200, 1],
				[503, undefined],
				[200, 4],
			],
		);
	});

	test('a body of more than a megabyte is refused without being kept', async () => {
		const handler = await listening(['bayarcash']);
		const status = await fetch(handler.url, { method: 'POST', body: 'x'.repeat(2_000_000) }).then(
			(answer) => answer.status,
			() => 413,
		);
		expect(status).toBe(413);
		expect(
			(await run([await deliveryOf('bayarcash/transaction-success', handler.url)])).at(-1),
		).toMatchObject({
			exitCode: 0,
		});
	});

	test('nothing that arrives can end it', async () => {
		const handler = await listening();
		const hostile = [
			'<!DOCTYPE mp [<!ENTITY x SYSTEM "file:///x">]><mp>&x;</mp>',
			'<mp><__proto__>1</__proto__></mp>',
			`a${'[x]'.repeat(5_000)}=1`,
			'{"a":',
		];
		for (const body of hostile)
			expect(
				(
					await fetch(handler.url, {
						method: 'POST',
						headers: { 'content-type': body.startsWith('<') ? 'application/xml' : 'text/plain' },
						body,
					})
				).status,
			).toBe(400);
		expect(
			(await run([await deliveryOf('bayarcash/transaction-success', handler.url)])).at(-1),
		).toMatchObject({
			exitCode: 0,
		});
	});

	test('of many forgeries at once each is answered and told, and stopping loses none', async () => {
		const handler = await listening(['bayarcash']);
		const { stdout } = await callsim(['show', 'bayarcash/transaction-success', '--print', 'body']);
		const post = (body: string) =>
			fetch(handler.url, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body,
			});
		const forged = Array.from({ length: 16 }, (_, at) =>
			stdout.trim().replace('amount=60.00', `amount=${at}.00`),
		);
		const answers = await Promise.all(forged.map(post));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
		await handler.stop();
		const lines = await handler.received(16);
		expect(lines.map((line) => [line['genuine'], line['event'], line['answered']])).toEqual(
			forged.map(() => [false, 'bayarcash/transaction-success', 403]),
		);
	});

	test('a port that is taken is a problem', async () => {
		const handler = await listening();
		expect(await callsim(['listen', '--port', new URL(handler.url).port])).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('port-unavailable') as string,
		});
		expect(
			await callsim(['listen', '--answer', 'abc', '--port', String(await closedPort())]),
		).toMatchObject({
			code: 2,
		});
	});
});

describe('verify', () => {
	const body = async (...args: string[]) =>
		(await callsim(['show', 'bayarcash/transaction-success', '--print', 'http', ...args])).stdout;

	test('exits 0 for a genuine callback, 1 for a forged one, 2 for what cannot be read', async () => {
		expect(await callsim(['verify', 'bayarcash', '-'], { input: await body() })).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('✓ genuine · bayarcash/transaction-success') as string,
		});
		expect(
			await callsim(['verify', 'bayarcash'], { input: await body('--tamper', 'amount=1.00') }),
		).toMatchObject({
			code: 1,
		});
		expect(await callsim(['verify', 'bayarcash', '-'], { input: 'hello' })).toMatchObject({
			code: 2,
			stdout: '',
		});
		expect(await callsim(['verify', 'bayarcash', '/does/not/exist'])).toMatchObject({ code: 2 });
	});

	test('--json is one verdict', async () => {
		const file = join(mkdtempSync(join(tmpdir(), 'callsim-verify-')), 'callback.http');
		writeFileSync(file, await body('--wrong-key'));
		const { code, stdout } = await callsim(['verify', 'bayarcash', file, '--json']);
		expect([code, JSON.parse(stdout)]).toEqual([
			1,
			expect.objectContaining({
				v: 1,
				type: 'verdict',
				genuine: false,
				event: 'bayarcash/transaction-success',
				cause: 'wrong-key',
				explanation: expect.any(String) as string,
				signature: expect.objectContaining({ algorithm: 'hmac-sha256' }) as object,
			}),
		]);
	});

	test('--expect explains the signature that one’s own code computed', async () => {
		const wrong = await callsim([
			'verify',
			'bayarcash',
			'--expect',
			'2b1cbf1b7b2d7b1d',
			'--event',
			'transaction-success',
		]);
		expect(wrong).toMatchObject({ code: 1 });
		const { stdout } = await callsim([
			'show',
			'bayarcash/transaction-success',
			'--set',
			'amount=60',
			'--json',
		]);
		const { signature } = JSON.parse(stdout) as { signature: { value: string } };
		expect(
			await callsim([
				'verify',
				'bayarcash',
				'--expect',
				signature.value,
				'--event',
				'bayarcash/transaction-success',
				'--explain',
			]),
		).toMatchObject({ code: 1, stdout: expect.stringContaining('number-reprinted') as string });
		expect(
			await callsim([
				'verify',
				'bayarcash',
				'--expect',
				signature.value,
				'--event',
				'transaction-success',
				'--set',
				'amount=60',
			]),
		).toMatchObject({ code: 0 });
	});

	test('says whose signature is whose, and by which algorithm', async () => {
		const { stdout } = await callsim(['show', 'bayarcash/transaction-success', '--json']);
		const right = (JSON.parse(stdout) as { signature: { value: string } }).signature.value;
		const given = '0'.repeat(64);
		const tampered = { input: await body('--tamper', `checksum=${given}`) };
		const received = await callsim(['verify', 'bayarcash', '-'], tampered);
		expect(received.stdout).toContain(
			`  received  ${given}\n  right     ${right}\n  hmac-sha256 over 13 fields\n`,
		);
		const asked = ['verify', 'bayarcash', '--expect', given, '--event', 'transaction-success'];
		const own = await callsim([...asked, '--explain']);
		expect(own.stdout).toContain(
			`  yours     ${given}\n  right     ${right}\n  hmac-sha256 over amount, currency,`,
		);
		expect(JSON.parse((await callsim([...asked, '--json'])).stdout)).toMatchObject({
			signature: { expected: given, received: right, right },
		});
		expect(
			JSON.parse((await callsim(['verify', 'bayarcash', '-', '--json'], tampered)).stdout),
		).toMatchObject({
			signature: { expected: right, received: given, right },
		});
	});

	test('--expect compares under the options asked for, and refuses where there is nothing to compare', async () => {
		const { stdout } = await callsim([
			'show',
			'bayarcash/pre-transaction',
			'--variant',
			'4-fields',
			'--json',
		]);
		const { signature } = JSON.parse(stdout) as { signature: { value: string } };
		const four = await callsim([
			'verify',
			'bayarcash',
			'--expect',
			signature.value,
			'--event',
			'pre-transaction',
		]);
		expect(four).toMatchObject({
			code: 1,
			stdout: expect.stringContaining('4 fields of pre-transaction (4-fields)') as string,
		});
		for (const event of ['khoins/transaction-success', 'transfez/transaction-completed']) {
			expect(
				await callsim(['verify', event.split('/')[0] ?? '', '--expect', 'zzz', '--event', event]),
			).toMatchObject({
				code: 2,
				stdout: '',
			});
		}
		expect(
			await callsim(['verify', 'iak', '--expect', 'x', '--event', 'bayarcash/pre-transaction']),
		).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('no event of iak') as string,
		});
	});

	test("the user's own key is not printed", async () => {
		const env = { CALLSIM_IAK_USERNAME: '0811000111', CALLSIM_IAK_API_KEY: 'own-key-4711' };
		const { stdout: input } = await callsim(
			['show', 'iak/pulsa-success', '--print', 'body', '--tamper', 'sign=00'],
			{
				env,
			},
		);
		for (const flags of [['--explain'], ['--json']]) {
			const { stdout, stderr } = await callsim(['verify', 'iak', '-', ...flags], { env, input });
			expect(stdout + stderr).not.toContain('own-key-4711');
		}
	});
});

describe.skipIf(!needs('php'))('a PHP receiver that forgets ksort', () => {
	test('is told so', async () => {
		const script = join(mkdtempSync(join(tmpdir(), 'callsim-php-')), 'sign.php');
		writeFileSync(
			script,
			`<?php parse_str(stream_get_contents(STDIN), $payload); unset($payload['checksum']); echo hash_hmac('sha256', implode('|', $payload), 'sim_bayarcash_secret_0123456789ab');`,
		);
		const { stdout: input } = await callsim([
			'show',
			'bayarcash/transaction-success',
			'--print',
			'body',
		]);
		const child = shell('php', [script]);
		child.child.stdin?.end(input);
		const { stdout: signature } = await child;
		const { stdout } = await callsim([
			'verify',
			'bayarcash',
			'--expect',
			signature,
			'--event',
			'transaction-success',
		]);
		expect(stdout).toContain('not sorted by name');
		expect(stdout).toContain('ksort');
	});
});
