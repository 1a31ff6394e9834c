import { describe, expect, test } from 'vitest';
import { callsimProcess } from '../support/cli-process.ts';
import { callsim, jsonLines } from '../support/run-cli.ts';
import { answering, closedPort, serve } from '../support/server.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const success = 'bayarcash/transaction-success';

describe('exit codes of the built command', () => {
	test('0: a receiver that fails four times is acknowledged at attempt 5, at 1,200,000 ms of provider time', async () => {
		const { url, seen } = await answering(500, 500, 500, 500, 200);
		const { code, stdout } = await callsimProcess([
			'fire',
			success,
			'--to',
			url,
			'--speed',
			'max',
			'--json',
		]);
		const attempts = jsonLines(stdout).filter(({ type }) => type === 'attempt');
		expect(attempts.at(-1)).toMatchObject({ attempt: 5, offsetMs: 1_200_000, acknowledged: true });
		expect(seen).toHaveLength(5);
		expect(code).toBe(0);
	});

	test('1: one that always fails gets 5 attempts', async () => {
		const { url, seen } = await answering(500);
		const { code } = await callsimProcess(['fire', success, '--to', url, '--speed', 'max']);
		expect([code, seen.length]).toEqual([1, 5]);
	});

	test('3: a closed port', async () => {
		const { code, stdout, stderr } = await callsimProcess([
			'fire',
			success,
			'--to',
			`:${await closedPort()}/cb`,
			'--speed',
			'max',
		]);
		expect(code).toBe(3);
		expect(stdout).toContain('never reached');
		expect(stderr).toContain('--wait-for 30s');
	});

	test('0: a receipt answered with 302, in one attempt', async () => {
		const { url, seen } = await answering(302);
		expect((await callsimProcess(['fire', 'bayarcash/receipt-success', '--to', url])).code).toBe(0);
		expect(seen).toHaveLength(1);
	});

	test('1: a wrong Digest password', async () => {
		const { url } = await serve((_seen, response) =>
			response
				.writeHead(401, { 'www-authenticate': 'Digest realm="transfez", nonce="n", qop="auth"' })
				.end(),
		);
		const wrong = ['--credential', 'api_key=api-key-demo', '--credential', 'api_secret=wrong'];
		expect(
			(
				await callsimProcess([
					'fire',
					'transfez/transaction-completed',
					'--to',
					url,
					'--speed',
					'max',
					...wrong,
				])
			).code,
		).toBe(1);
	});

	test.each(['SIGINT', 'SIGTERM'] as const)(
		'130 and 143: %s in a pause stops the run in good order',
		async (signal) => {
			const { url } = await answering(500);
			const result = await callsimProcess(['fire', success, '--to', url, '--real-time', '--json'], {
				onStdout: (text, kill) => {
					if (text.includes('"waiting"')) kill(signal);
				},
			});
			expect(result.code).toBe(signal === 'SIGINT' ? 130 : 143);
			expect(jsonLines(result.stdout).slice(-2)).toMatchObject([
				{ type: 'finished', why: 'interrupted', attempts: 1, lastStatus: 500 },
				{ type: 'summary', exitCode: result.code },
			]);
		},
	);
});

describe('the JSON lines', () => {
	test('are what the contract says, and nothing else stands on stdout', async () => {
		const { url } = await serve((_seen, response, count) =>
			response.writeHead(count === 1 ? 500 : 200, { 'x-test': 'yes' }).end('said'),
		);
		const clock = virtualClock();
		const { stdout, stderr } = await callsim(['fire', success, '--to', url, '--json'], { clock });
		const [started, first, waiting, second, finished, summary, ...rest] = jsonLines(stdout);
		expect(rest).toEqual([]);
		const run = expect.any(String) as string;
		const id = { v: 1, run, delivery: 1 };
		expect(started).toEqual({
			...id,
			type: 'started',
			event: success,
			options: ['form'],
			target: url,
			schedule: {
				attempts: 5,
				pausesMs: [300_000, 300_000, 300_000, 300_000],
				trust: 'documented',
			},
			credentials: 'simulator',
			order: {
				reference: 'ORD-0060',
				id: 'trx_q6LJdl',
				amount: '60.00',
				currency: 'MYR',
				status: 'Approved',
			},
		});
		expect(first).toEqual({
			...id,
			type: 'attempt',
			attempt: 1,
			offsetMs: 0,
			at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
			request: {
				method: 'POST',
				url,
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
					accept: '*/*',
					'user-agent': expect.stringContaining('callsim/') as string,
				},
				body: expect.stringContaining('record_type=transaction&') as string,
			},
			outcome: {
				kind: 'answered',
				status: 500,
				headers: expect.objectContaining({ 'x-test': 'yes' }) as object,
				body: 'said',
				tookMs: expect.any(Number) as number,
			},
			acknowledged: false,
			reason: 'status 500, expected 200',
		});
		expect(waiting).toEqual({
			...id,
			type: 'waiting',
			attempt: 2,
			offsetMs: 300_000,
			waitMs: 3_000,
		});
		expect(second).toMatchObject({ attempt: 2, offsetMs: 300_000, acknowledged: true });
		expect(finished).toEqual({
			...id,
			type: 'finished',
			event: success,
			acknowledged: true,
			attempts: 2,
			lastStatus: 200,
			why: 'acknowledged',
		});
		expect(summary).toEqual({
			v: 1,
			type: 'summary',
			run,
			deliveries: 1,
			acknowledged: 1,
			exitCode: 0,
		});
		expect(new Set(jsonLines(stdout).map((line) => line['run'])).size).toBe(1);
		expect(stderr).toContain('simulator key');
	});

	test('carry bytes that are no text as base64, and say when an answer was cut', async () => {
		const { url } = await serve((_seen, response, count) =>
			response.end(count === 1 ? Buffer.from([0xff, 0xfe, 0x00]) : 'é'.repeat(40_000)),
		);
		const { stdout } = await callsim(
			['fire', 'iak/pulsa-success', 'iak/pulsa-failed', '--to', url, '--json', '--raw-body', '-'],
			{ input: Buffer.from([0x80, 0x81]) },
		);
		const [one, two] = jsonLines(stdout).filter(({ type }) => type === 'attempt') as {
			outcome: Record<string, unknown>;
			request: Record<string, unknown>;
		}[];
		expect(one?.outcome).toMatchObject({ bodyBase64: '//4A' });
		expect(one?.request).toMatchObject({ bodyBase64: 'gIE=' });
		expect(two?.outcome).toMatchObject({ truncated: true, body: 'é'.repeat(32_768) });
	});
});

describe('text output', () => {
	test('says what is sent, each attempt, what the receiver said, and the verdict', async () => {
		const { url } = await serve((_seen, response) =>
			response.writeHead(419).end('<h1>Page Expired</h1>\u001b[2J'),
		);
		const { stdout, stderr } = await callsim([
			'fire',
			success,
			'--to',
			url,
			'--retry',
			'2x1s',
			'--speed',
			'max',
		]);
		const normal = stdout.replaceAll(/in [\d.]+ m?s/g, 'in N ms').replaceAll(url, 'URL');
		expect(normal).toBe(
			[
				`${success} · form · observed (the docs page shows JSON) → URL`,
				'  ORD-0060 · trx_q6LJdl · RM 60.00 · Approved',
				'  attempt 1  +0 s      419 in N ms  status 419, expected 200',
				'    │ Page Expired',
				'    │ \\x1b[2J',
				'    │ (text of an HTML page; --json has it as it came)',
				'  attempt 2  +1 s      419 in N ms  status 419, expected 200',
				'    │ (the same answer)',
				'✗ not acknowledged in 2 attempts',
				'',
			].join('\n'),
		);
		expect(stderr).toContain("Laravel's CSRF check");
	});

	test('numbers deliveries where there are several', async () => {
		const { url } = await answering(200);
		const { stdout } = await callsim(['fire', success, '--to', url, '--duplicate', '2']);
		expect(stdout).toContain('#1 ');
		expect(stdout).toContain('#2 ');
		expect(stdout).toContain('2 of 2 deliveries acknowledged');
	});
});

test('the command that is suggested next keeps the flags of this one, but not a key typed as a value', async () => {
	const { url } = await answering(500);
	const flags = [
		'--set',
		"payer_name=Nur'ain",
		'--encoding',
		'json',
		'--retry',
		'none',
		'--credential',
		'secret_key=typed-key',
	];
	const { stdout } = await callsim(['fire', success, '--to', url, ...flags]);
	expect(stdout).toContain(
		`next: callsim show ${success} --to ${url} --set 'payer_name=Nur'\\''ain' --encoding json --credential secret_key=… --explain`,
	);
	expect(stdout).not.toContain('typed-key');
});

describe('a fault that was asked for', () => {
	test('is named where the event is, and a receiver that accepts it is warned about', async () => {
		const { url } = await answering(200);
		const { code, stdout, stderr } = await callsim([
			'fire',
			success,
			'--to',
			url,
			'--tamper',
			'amount=1.00',
		]);
		expect(stdout).toContain('· --tamper ·');
		expect(stderr).toContain('accepted a callback that was broken on purpose (--tamper)');
		expect(code).toBe(0);
		const json = await callsim(['fire', success, '--to', url, '--unsigned', '--json']);
		expect(jsonLines(json.stdout)[0]).toMatchObject({ faults: ['unsigned'], credentials: 'none' });
		expect(json.stderr).not.toContain('simulator key');
	});
});

describe('an interruption', () => {
	test.each(['SIGINT', 'SIGTERM'] as const)(
		'%s while the receiver thinks reports the attempt that was under way',
		async (signal) => {
			const stop = new AbortController();
			const { url } = await serve(() => stop.abort());
			const result = await callsimProcess(
				['fire', success, '--to', url, '--timeout', '0', '--json'],
				{
					signalWhen: [stop.signal, signal],
				},
			);
			expect(result.code).toBe(signal === 'SIGINT' ? 130 : 143);
			expect(jsonLines(result.stdout).slice(1)).toMatchObject([
				{
					type: 'attempt',
					attempt: 1,
					acknowledged: false,
					outcome: { kind: 'broken', cause: 'closed', detail: 'interrupted' },
				},
				{ type: 'finished', why: 'interrupted', attempts: 1 },
				{ type: 'summary', exitCode: result.code },
			]);
		},
	);

	test('during --wait-for is one too', async () => {
		const port = await closedPort();
		const child = callsim(['fire', success, '--to', `:${port}/cb`, '--wait-for', '30s', '--json'], {
			signalAfter: ['simulator key', 'SIGINT'],
		});
		expect(await child).toMatchObject({
			code: 130,
			stdout: expect.stringContaining('"exitCode":130') as string,
		});
	});
});

describe('secrets', () => {
	const own = 'my-very-own-key-4711';

	test("a user's own key is printed nowhere, even where the receiver prints it", async () => {
		const { url, seen } = await serve((_seen, response) =>
			response.writeHead(403, { 'x-echo': own }).end(`bad key ${own}`),
		);
		for (const flags of [[], ['--json']]) {
			const result = await callsim(['fire', success, '--to', url, '--retry', 'none', ...flags], {
				env: { CALLSIM_BAYARCASH_SECRET_KEY: own },
			});
			expect(result.stdout + result.stderr).not.toContain(own);
			expect(result.stdout).toContain('[secret:secret_key]');
			expect(result.stderr).not.toContain('simulator');
		}
		expect(seen).toHaveLength(2);
	});

	test.each([
		['JSON', (key: string) => JSON.stringify({ key }).replaceAll('/', '\\/')],
		['HTML', (key: string) => key.replaceAll('&', '&amp;')],
		['a URL', (key: string) => encodeURIComponent(key)],
		['base64', (key: string) => Buffer.from(key).toString('base64')],
		[
			'bytes that are no text',
			(key: string) => Buffer.concat([Buffer.from([0xff]), Buffer.from(key)]),
		],
	])('are taken out of an answer that repeats them as %s', async (_name, spelled) => {
		const key = 'own/key&4711';
		const { url } = await serve((_seen, response) =>
			response.writeHead(302, { location: `/x?k=${key}` }).end(spelled(key)),
		);
		for (const flags of [[], ['--json']]) {
			const { stdout, stderr } = await callsim(
				['fire', success, '--to', url, '--retry', 'none', ...flags],
				{
					env: { CALLSIM_BAYARCASH_SECRET_KEY: key },
				},
			);
			const decoded = [...stdout.matchAll(/"bodyBase64":"([^"]+)"/g)].map((match) =>
				Buffer.from(match[1] ?? '', 'base64').toString('latin1'),
			);
			for (const text of [stdout, stderr, ...decoded]) {
				expect(text).not.toContain(key);
				expect(text).not.toContain(String(spelled(key)));
			}
		}
	});

	test('that no header can carry are a problem before anything is sent', async () => {
		const { url, seen } = await answering(200);
		for (const [key, auth] of [
			['two\nlines', 'digest'],
			['two\nlines', 'hmac'],
			['ключ', 'hmac'],
		] as const) {
			const env = { CALLSIM_TRANSFEZ_API_KEY: key, CALLSIM_TRANSFEZ_API_SECRET: 's' };
			const result = await callsim(
				['fire', 'transfez/transaction-completed', '--to', url, '--auth', auth],
				{ env },
			);
			expect(result).toMatchObject({ code: 2, stdout: '' });
			expect(result.stderr).toMatch(/^error (credential|header)-invalid: /);
		}
		expect(seen).toHaveLength(0);
	});

	test('a mistyped flag with a key behind it is not repeated', async () => {
		expect(
			(await callsim(['fire', success, '--credentail=secret_key=SEKRET'])).stderr,
		).not.toContain('SEKRET');
	});

	test('a Digest answer under own credentials is masked, one under the simulator’s is not', async () => {
		const { url, seen } = await serve((one, response) => {
			if (one.headers.authorization === undefined)
				response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n"' }).end();
			else response.end();
		});
		const fire = async (env: Record<string, string>) => {
			const { stdout } = await callsim(
				['fire', 'transfez/transaction-completed', '--to', url, '--json'],
				{ env },
			);
			const attempt = jsonLines(stdout).find(({ type }) => type === 'attempt') as {
				request: { headers: Record<string, string> };
			};
			return attempt.request.headers['authorization'];
		};
		expect(
			await fire({ CALLSIM_TRANSFEZ_API_KEY: 'own-user', CALLSIM_TRANSFEZ_API_SECRET: own }),
		).toBe('Digest [masked]');
		expect(seen[1]?.headers.authorization).toContain('username="own-user"');
		expect(await fire({})).toContain('username="api-key-demo"');
	});
});

describe('nothing is sent when something is wrong', () => {
	test.each([
		[
			['bayarcash/transaction-sucess'],
			'event-unknown',
			'Did you mean "bayarcash/transaction-success"?',
		],
		[
			['bayarcsh/transaction-success'],
			'provider-unknown',
			'Did you mean "bayarcash/transaction-success"?',
		],
		[['success'], 'event-unknown', 'Did you mean'],
		[[success, '--variant', 'jsn'], 'option-unknown', 'Did you mean "json"?'],
		[[success, '--variant', 'json,form'], 'option-conflict', ''],
		[[success, '--encoding', 'xml'], 'option-unknown', 'form, json'],
		[[success, '--auth', 'none'], 'option-unknown', ''],
		[[success, '--set', 'ammount=1'], 'path-unknown', 'Did you mean "amount"?'],
		[[success, '--set', 'status=three'], 'value-misfit', ''],
		[[success, '--set', 'amount'], 'usage', '--set path=value'],
		[[success, '--set', 'amount:={'], 'value-misfit', ''],
		[[success, '--retry', 'often'], 'schedule-invalid', '5x300s'],
		[[success, '--timeout', '30'], 'duration-invalid', '30s'],
		[[success, '--speed', '0'], 'usage', ''],
		[[success, '--real-time', '--speed', '5'], 'option-conflict', ''],
		[[success, '--duplicate', '0'], 'usage', ''],
		[[success, '--header', 'nonsense'], 'header-invalid', ''],
		[[success, '--seed', 'seven', '--fresh'], 'usage', ''],
		[[success, '--fresh', '--now', '2026-02-30T00:00:00Z'], 'usage', ''],
		[[success, '--ref', ''], 'value-missing', ''],
		[[success, '--amount', 'abc'], 'value-misfit', ''],
		[[success, '--tamper', 'nosuch=1'], 'path-unknown', ''],
		[[success, '--raw-body', '@package.json', '--wrong-key'], 'nothing-signed', '--body'],
		[[success, '--credential', 'secret_key=env:constructor'], 'credential-invalid', ''],
		[
			[success, '--credential', 'secret_key=a', '--credential', 'secret_key=b'],
			'credential-invalid',
			'',
		],
		[[success, '--body', '{"a":'], 'body-invalid', ''],
		[
			['transaction-success'],
			'event-unknown',
			'"bayarcash/transaction-success" or "khoins/transaction-success"',
		],
		[[success, '--header', 'x: a\r\ny: b'], 'header-invalid', ''],
		[[success, '--credential', 'secret_kee=x'], 'credential-invalid', 'secret_key'],
		[
			[success, '--credential', 'secret_key=env:NOT_SET_HERE'],
			'credential-invalid',
			'NOT_SET_HERE',
		],
		[[success, '--body', '@/does/not/exist'], 'file-unreadable', ''],
		[[success, '--raw-body', 'text'], 'usage', '@'],
		[[success, '--seed', '1'], 'usage', '--fresh'],
		[[success, '--fresh', '--now', 'yesterday'], 'usage', 'RFC 3339'],
		[['khoins/transaction-success', '--unsigned'], 'nothing-signed', ''],
		[[success, '--bogus'], 'usage', ''],
		[[success, '--wrongkey'], 'usage', '--wrong-key'],
		[[success, '--providers', '/does/not/exist'], 'file-unreadable', ''],
	])('%j is %s', async (args, problem, hint) => {
		const { url, seen } = await answering(200);
		const { code, stdout, stderr } = await callsim(['fire', ...args, '--to', url]);
		expect({ code, stdout, sent: seen.length }).toEqual({ code: 2, stdout: '', sent: 0 });
		expect(stderr.split('\n')[0]).toMatch(new RegExp(`^error ${problem}: `));
		expect(stderr).toContain(hint);
		expect(stderr.trimEnd().split('\n')).toHaveLength(2);
	});

	test.each([
		['8.8.8.8', 'target-remote'],
		['http://169.254.169.254/latest', 'target-remote'],
		['http://[2001:db8::1]/', 'target-remote'],
		['ftp://localhost/', 'target-invalid'],
		['http://user:secret-pw@localhost/', 'target-invalid'],
		['user:secret-pw@localhost:1/x', 'target-invalid'],
		['http://user:sec/secret-pw@localhost/', 'target-invalid'],
		['http:/user:secret-pw@localhost', 'target-invalid'],
		['http:///callback', 'target-invalid'],
		['/callback', 'target-invalid'],
		['http://', 'target-invalid'],
		['', 'value-missing'],
	])('the target %j is %s', async (target, problem) => {
		const { code, stderr } = await callsim(['fire', success, '--to', target]);
		expect(code).toBe(2);
		expect(stderr).toMatch(new RegExp(`^error ${problem}: `));
		expect(stderr).not.toContain('secret-pw');
	});

	test('half a set of credentials names the other half', async () => {
		const { code, stderr } = await callsim(['fire', 'iak/pulsa-success', '--to', ':1'], {
			env: { CALLSIM_IAK_USERNAME: '0811' },
		});
		expect(code).toBe(2);
		expect(stderr).toContain('CALLSIM_IAK_API_KEY');
	});

	test('a missing target names the flag, since nobody is there to ask', async () => {
		expect(await callsim(['fire', success])).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('--to') as string,
		});
		expect(await callsim(['fire', '--to', ':1'])).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('no event') as string,
		});
	});

	test('a mistake in the second event keeps the first from going out', async () => {
		const { url, seen } = await answering(200);
		expect((await callsim(['fire', success, 'bayarcash/transactoin', '--to', url])).code).toBe(2);
		expect(
			(await callsim(['fire', success, 'iak/pulsa-success', '--to', url, '--set', 'currency=USD']))
				.code,
		).toBe(2);
		expect(seen).toHaveLength(0);
	});
});

test('--wait-for waits for a receiver that starts late, and gives up on one that does not', async () => {
	const port = await closedPort();
	const silent = await callsim(['fire', success, '--to', `:${port}/cb`, '--wait-for', '200ms']);
	expect(silent).toMatchObject({
		code: 3,
		stderr: expect.stringContaining('nothing was sent') as string,
	});
	const { url } = await answering(200);
	expect((await callsim(['fire', success, '--to', url, '--wait-for', '5s'])).code).toBe(0);
	const both = await callsim([
		'fire',
		'bayarcash/receipt-success',
		success,
		'--return-to',
		url,
		'--to',
		`:${port}`,
		'--wait-for',
		'200ms',
		'--json',
	]);
	expect([both.code, jsonLines(both.stdout)]).toMatchObject([
		3,
		[{ type: 'summary', deliveries: 0, skipped: 2, exitCode: 3 }],
	]);
});

test('proxy variables are ignored', async () => {
	const { url, seen } = await answering(200);
	const proxy = `http://127.0.0.1:${await closedPort()}`;
	expect(
		(
			await callsimProcess(['fire', success, '--to', url], {
				env: { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy, NODE_USE_ENV_PROXY: '1' },
			})
		).code,
	).toBe(0);
	expect(seen).toHaveLength(1);
});

test('--return-to takes browser messages elsewhere, and --header goes along', async () => {
	const server = await answering(200);
	const { url, seen } = await answering(302);
	const { code } = await callsim([
		'fire',
		success,
		'bayarcash/receipt-success',
		'--to',
		server.url,
		'--return-to',
		url,
		'--header',
		'X-Forwarded-For: 52.76.169.212',
	]);
	expect(code).toBe(0);
	expect(seen.map(({ method }) => method)).toEqual(['GET']);
	expect(server.seen[0]?.headers['x-forwarded-for']).toBe('52.76.169.212');
});

test('the demo fails twice and is acknowledged at the third attempt', async () => {
	const { code, stdout } = await callsim(['demo', '--speed', 'max', '--json']);
	expect(code).toBe(0);
	expect(jsonLines(stdout).filter(({ type }) => type === 'attempt')).toHaveLength(3);
});
