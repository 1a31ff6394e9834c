import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { call, intentFields, secret } from '../support/open-sandbox.ts';
import { callsim, type Json, jsonLines } from '../support/run-cli.ts';
import { answering, serve } from '../support/server.ts';
import { needs } from '../support/tools.ts';

/** `callsim sandbox` on a free port, stopped when the test ends. */
async function running(args: readonly string[] = []) {
	let text = '';
	let wake: () => void = () => undefined;
	let kill: (signal: NodeJS.Signals) => void = () => undefined;
	const ended = callsim(['sandbox', '--port', '0', ...args], {
		onStdout(all, send) {
			text = all;
			kill = send;
			wake();
		},
	});
	const until = async (wanted: RegExp): Promise<string> => {
		while (!wanted.test(text)) await new Promise<void>((resolve) => (wake = resolve));
		return text;
	};
	const stop = async () => {
		kill('SIGINT');
		return ended;
	};
	onTestFinished(async () => void (await stop()));
	const [url = ''] = /https?:\/\/127\.0\.0\.1:\d+/.exec(await until(/:\d+"?[,\n]/)) ?? [];
	return { url, port: new URL(url).port, until, stop };
}

/** Asks a sandbox that runs, as from another terminal. */
const control = (port: string, ...words: readonly string[]) =>
	callsim(['sandbox', ...words, '--port', port]);

test('its first line says where it is, then come requests, states and deliveries', async () => {
	const shop = await answering(200);
	const { url, until, stop } = await running(['--outcome', 'success', '--delay', '0']);
	for (const more of [{ checksum: 'x' }, {}])
		await call(
			'POST',
			`${url}/v3/payment-intents`,
			intentFields({ callback_url: shop.url, ...more }),
		);
	await until(/pending → paid[\s\S]*acknowledged at the first attempt/);
	const { stdout, stderr, code } = await stop();
	expect(stdout.split('\n')[0]).toBe(`sandbox on ${url}`);
	expect(stdout).toMatch(/^POST \/v3\/payment-intents → 422$/m);
	expect(stdout).toMatch(/^ {2}! checksum: The checksum is invalid/m);
	expect(stdout).toMatch(/^POST \/v3\/payment-intents → 200 · ORD-0060 · pi_/m);
	expect(stdout).toContain('bayarcash/transaction-success');
	expect(stderr).toContain('not the provider');
	expect(code).toBe(130);
});

test('with --json every line is JSON, the first says where it is', async () => {
	const shop = await answering(200);
	const { url, until, stop } = await running([
		'bayarcash',
		'--json',
		'--outcome',
		'failed',
		'--delay',
		'0',
	]);
	await call('POST', `${url}/v3/payment-intents`, intentFields({ callback_url: shop.url }));
	await until(/"type":"call"/);
	const { stdout } = await stop();
	const lines: Json[] = jsonLines(stdout);
	expect(lines[0]).toEqual({ v: 1, type: 'sandbox', url, providers: ['bayarcash'] });
	expect(new Set(lines.map(({ type }) => type))).toEqual(
		new Set(['sandbox', 'state', 'started', 'attempt', 'finished', 'call']),
	);
	const runs = new Set(lines.slice(1).map(({ run }) => run));
	expect([...runs]).toEqual([expect.stringMatching(/^\d{8}-\d{6}-/)]);
	expect(lines.at(-1)).toMatchObject({
		type: 'call',
		status: 200,
		order: { reference: 'ORD-0060' },
	});
});

test('what was sent is in the history, and can be sent again', async () => {
	const shop = await answering(200);
	const journal = ['--journal', mkdtempSync(join(tmpdir(), 'callsim-sandbox-'))];
	const { url, until, stop } = await running([
		...['--callback-to', shop.url, '--outcome', 'success', '--delay', '0', ...journal],
	]);
	await call('POST', `${url}/v3/payment-intents`, intentFields());
	await until(/#2 ✓/);
	await stop();
	const { stdout } = await callsim(['history', ...journal]);
	expect(stdout).toMatch(/transaction-success +ORD-0060 .* 1 attempt .*acknowledged/);
	expect((await callsim(['replay', 'last', ...journal])).code).toBe(0);
	expect(shop.seen[2]?.body).toEqual(shop.seen[1]?.body);
});

test('callbacks go to --callback-to if the request names no address, each --duplicate times', async () => {
	const shop = await answering(200);
	const { url, until } = await running([
		...['--callback-to', shop.url, '--outcome', 'success', '--delay', '0', '--duplicate', '2'],
	]);
	await call('POST', `${url}/v3/payment-intents`, intentFields());
	await until(/#4 ✓/);
	expect(shop.seen).toHaveLength(4);
});

test('controls from another terminal', async () => {
	const shop = await answering(200);
	const { url, port, until } = await running([
		'--callback-to',
		shop.url,
		'--outcome',
		'ask',
		'--delay',
		'0',
	]);
	await call('POST', `${url}/v3/payment-intents`, intentFields());
	const control = (...words: string[]) => callsim(['sandbox', ...words, '--port', port]);
	expect((await control('orders')).stdout).toMatch(/^ORD-0060 · pi_\w+ · 60\.00 · pending\n$/);
	expect((await control('settle', 'ORD-0060', 'failed')).code).toBe(0);
	await until(/Unsuccessful/);
	expect((await control('deliveries', 'ORD-0060')).stdout).toContain(
		'#2 bayarcash/transaction-failed',
	);
	expect((await control('resend', 'ORD-0060', '--times', '2')).code).toBe(0);
	expect(shop.seen).toHaveLength(4);
	const refused = await control('settle', 'ORD-1', 'success');
	expect([refused.code, refused.stderr]).toEqual([
		2,
		expect.stringContaining('there is no order "ORD-1"'),
	]);
	expect((await control('settle', 'ORD-1')).stderr).toContain('takes <order> <outcome>');
	expect((await control('reset')).code).toBe(0);
	expect((await control('orders')).stdout).toBe('no orders yet\n');
});

test('controls that nothing else tells of are lines', async () => {
	const { port, until, stop } = await running(['--outcome', 'ask']);
	for (const words of [
		['fail', '429', '--times', '3'],
		['balance', 'iak', '5000'],
		['balance', 'iak', '1.000'],
		['advance', '10m'],
		['reset'],
	])
		await callsim(['sandbox', ...words, '--port', port]);
	await until(/forgotten/);
	const { stdout } = await stop();
	expect(stdout.split('\n').slice(1, -1)).toEqual([
		'POST /_callsim/fail → 200',
		'  note: the next 3 API calls fail: 429',
		'POST /_callsim/balances/iak → 200',
		'  note: the deposit with iak is 5000 from now on',
		'POST /_callsim/advance → 200',
		'  note: 10m more have passed',
		'POST /_callsim/reset → 200',
		'  note: everything is forgotten',
	]);
});

test.each([
	[[], `callsim's own secret_key, ${secret} (yours: callsim sandbox --credential secret_key=`],
	[['--credential', 'secret_key=mine'], 'the secret_key that callsim was given; what'],
])('with %j a checksum that fits nothing says which key it was tried with', async (args, says) => {
	const { url, until } = await running(['bayarcash', ...args]);
	await call('POST', `${url}/v3/payment-intents`, intentFields({ checksum: 'a'.repeat(64) }));
	expect(await until(/what is signed/)).toContain(`no known mistake under ${says}`);
});

test('a link that runs out is told when it does', async () => {
	const { url, port, until, stop } = await running(['--outcome', 'ask']);
	await call('POST', `${url}/v3/payment-intents`, intentFields());
	await callsim(['sandbox', 'advance', '2h', '--port', port]);
	await until(/pending → expired/);
	const { stdout } = await stop();
	expect(stdout).toMatch(/^ORD-0060 · pi_\w+: pending → expired$/m);
});

test('what was broken on purpose is told as it was sent', async () => {
	const shop = await answering(200);
	const { url, port, until, stop } = await running(['--outcome', 'success', '--delay', '0']);
	await call('POST', `${url}/v3/payment-intents`, intentFields({ callback_url: shop.url }));
	await until(/#2 ✓/);
	for (const tamper of ['amount=1.00', 'order_number=ORD-9'])
		await callsim(['sandbox', 'resend', 'ORD-0060', '--tamper', tamper, '--port', port]);
	const { stdout } = await stop();
	expect(stdout).toMatch(/^#2 {3}ORD-0060 · trx_\w+ · RM 60\.00 · Approved$/m);
	expect(stdout).toMatch(/^#3 .* · --tamper · /m);
	expect(stdout).toMatch(/^#3 {3}ORD-0060 · trx_\w+ · RM 1\.00 · Approved$/m);
	expect(stdout).toMatch(/^#4 {3}ORD-9 · trx_\w+ · RM 60\.00 · Approved$/m);
});

test.skipIf(!needs('openssl'))(
	"over HTTPS with a certificate of one's own, controls included",
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'callsim-sandbox-'));
		const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
		await promisify(execFile)('openssl', [
			...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert],
			...['-days', '2', '-subj', '/CN=localhost'],
		]);
		const { url, port } = await running(['--cert', cert, '--key', key, '--outcome', 'ask']);
		expect(url).toMatch(/^https:/);
		const { stdout } = await callsim(['sandbox', 'orders', '--port', port]);
		expect(stdout).toBe('no orders yet\n');
		const swapped = await callsim(['sandbox', '--port', '0', '--cert', key, '--key', cert]);
		expect(swapped.stderr).toContain('no certificate and its key');
	},
);

test('--list says of everything how far it can be trusted', async () => {
	const { stdout, code } = await callsim(['sandbox', '--list']);
	expect(code).toBe(0);
	expect(stdout).toContain('endpoint POST /v3/payment-intents, /api/v2/payment-intents');
	expect(stdout).toMatch(/assumed/);
	const { stdout: json } = await callsim(['sandbox', 'bayarcash', '--list', '--json']);
	const { sandboxes } = JSON.parse(json) as { sandboxes: { facts: { trust: string }[] }[] };
	expect(sandboxes[0]?.facts.every(({ trust }) => trust !== '')).toBe(true);
});

test.each([
	[['nobody'], 'no sandbox of "nobody"'],
	[['--outcome', 'maybe'], '"maybe" is none'],
	[['--port', '70000'], 'is not a port'],
	[['--variant', 'bogus'], 'no option "bogus"'],
	[['--cert', 'x.pem'], 'belong together'],
	[['--callback-to', 'ftp://x'], 'ftp'],
	[['orders', '--port', '1'], 'no sandbox answers'],
	[['orders', '--host', 'example.com'], 'not on this machine'],
])('%j is a problem', async (args, text) => {
	const { code, stderr } = await callsim(['sandbox', ...args]);
	expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
});

test('a port that is taken is a sentence', async () => {
	const { url } = await serve((_, response) => response.end());
	const { code, stderr } = await callsim(['sandbox', '--port', new URL(url).port]);
	expect(code).toBe(2);
	expect(stderr).toContain('Is another sandbox running?');
});

test('--exec starts the shop with the address, and ends with it', async () => {
	const good = await callsim([
		'sandbox',
		'--port',
		'0',
		'--exec',
		'echo shop at $CALLSIM_SANDBOX_URL',
	]);
	expect(good.code).toBe(0);
	expect(good.stderr).toMatch(/shop at http:\/\/127\.0\.0\.1:\d+/);
	const bad = await callsim(['sandbox', '--port', '0', '--exec', 'exit 3']);
	expect(bad.code).toBe(1);
});

describe('settle tells what became of it', () => {
	test('which callback went where, and what the shop answered', async () => {
		const shop = await answering(200, 500);
		const { url, port } = await running(['--outcome', 'ask', '--delay', '0', '--retry', 'none']);
		const fields = intentFields({ callback_url: shop.url });
		await call('POST', `${url}/v3/payment-intents`, fields);
		const { stdout } = await control(port, 'settle', 'ORD-0060', 'failed');
		expect(stdout.split('\n')[0]).toMatch(/^ORD-0060 · pi_\w+ · 60\.00 · pending$/);
		expect(stdout).toMatch(/^ {2}attempt trx_\w+: Unsuccessful$/m);
		expect(stdout).toContain(`#1 bayarcash/pre-transaction → ${shop.url}: acknowledged`);
		expect(stdout).toContain(`#2 bayarcash/transaction-failed → ${shop.url}: gave-up`);
		expect(stdout).toMatch(/attempt 1 {2}500 in .* {2}status 500, expected 200/);
		const again = await control(port, 'resend', 'ORD-0060');
		expect(again.stdout).toMatch(/^#3 bayarcash\/transaction-failed → .*: gave-up$/m);
	});

	test('a callback that comes a little later is waited for', async () => {
		const shop = await answering(200);
		const { url, port } = await running(['--outcome', 'ask', '--delay', '300ms']);
		const fields = intentFields({ callback_url: shop.url });
		await call('POST', `${url}/v3/payment-intents`, fields);
		const { stdout } = await control(port, 'settle', 'ORD-0060', 'success');
		expect(stdout).toContain(`#2 bayarcash/transaction-success → ${shop.url}: acknowledged`);
	});

	test('or why nobody was told', async () => {
		const { url, port } = await running(['--outcome', 'ask']);
		await call('POST', `${url}/v3/payment-intents`, intentFields());
		expect((await control(port, 'settle', 'ORD-0060', 'never')).stdout).toContain(
			'no callback: it stays as it is',
		);
		expect((await control(port, 'settle', 'ORD-0060', 'success')).stdout).toContain(
			'no callback: the request named no address, and the sandbox has no --callback-to',
		);
	});
});

test('a start with --state says what it took up', async () => {
	const state = join(mkdtempSync(join(tmpdir(), 'callsim-state-')), 'shop.jsonl');
	const first = await running(['--outcome', 'ask', '--state', state]);
	for (const order_number of ['A-1', 'A-2'])
		await call('POST', `${first.url}/v3/payment-intents`, intentFields({ order_number }));
	await callsim(['sandbox', 'settle', 'A-2', 'success', '--port', first.port]);
	expect((await first.stop()).stderr).toContain('nothing in it yet');
	const second = await running(['--outcome', 'ask', '--state', state]);
	expect((await second.stop()).stderr).toContain(
		'2 orders taken up (1 paid, 1 pending), 0 deliveries under way',
	);
});

test('the fault stands first, and advice is a note behind it', async () => {
	const { url, until, stop } = await running(['--outcome', 'ask']);
	const create = (more: object) =>
		call('POST', `${url}/v3/payment-intents`, intentFields({ return_url: url, ...more }));
	await create({ payer_email: 'nobody' });
	await create({ amount: '6000', callback_url: url });
	await until(/ringgit/);
	const { stdout } = await stop();
	const notes = stdout.split('\n').filter((line) => line.startsWith('  '));
	expect(notes).toEqual([
		'  ! payer_email: The payer email must be a valid email address.',
		'  note: there is no checksum: it is optional, and recommended',
		'  note: there is no checksum: it is optional, and recommended',
		'  note: amount 6000 was taken as RM 6000.00: Bayarcash counts ringgit, not sen',
	]);
});

describe('a control', () => {
	test('says of a callback that was broken on purpose how it was', async () => {
		const shop = await answering(403);
		const { port, url } = await running(['--outcome', 'ask', '--delay', '0', '--retry', 'none']);
		await call('POST', `${url}/v3/payment-intents`, intentFields({ callback_url: shop.url }));
		await control(port, 'settle', 'ORD-0060', 'success');
		const forged = ['resend', 'ORD-0060', '--tamper', 'amount=1.00', '--unsigned'];
		const broken = 'transaction-success (broken on purpose: amount=1.00, unsigned) → http';
		expect((await control(port, ...forged)).stdout).toContain(broken);
		expect((await control(port, 'deliveries')).stdout).toContain(broken);
	});

	test('sets the deposit of a provider, and tells that one alone', async () => {
		const { port } = await running();
		expect((await control(port, 'balance', 'iak', '250000')).stdout).toBe('iak: IDR 250000\n');
		expect((await control(port, 'balance', 'iak')).stdout).toBe('iak: IDR 250000\n');
		for (const amount of [[], ['5']]) {
			const { stderr, code } = await control(port, 'balance', 'bayarcash', ...amount);
			expect(stderr).toContain('bayarcash keeps no deposit here; of those that are open: iak');
			expect(code).toBe(2);
		}
	});

	test.each([
		['settle', 'A-1', 'success', '--retry', 'none'],
		['resend', 'A-1', '--outcome', 'failed'],
		['orders', '--unsigned'],
	])('refuses a flag that says nothing to it: %s', async (...line) => {
		const { stderr, code } = await callsim(['sandbox', ...line]);
		expect(stderr).toMatch(/error usage: --(retry|outcome|unsigned) says nothing to/);
		expect(code).toBe(2);
	});

	test('says where no sandbox is what answers', async () => {
		const shop = await serve((_, response) => response.end('<html>shop</html>'));
		const { stderr, code } = await control(new URL(shop.url).port, 'orders');
		expect(stderr).toContain('is no sandbox');
		expect(code).toBe(2);
	});

	test('knows what a misspelt one, or a misspelt order, is near to', async () => {
		expect((await callsim(['sandbox', 'orderss'])).stderr).toContain('callsim sandbox orders?');
		expect((await callsim(['sandbox', 'iakk'])).stderr).toContain('Did you mean "iak"?');
		const { port, url } = await running(['--outcome', 'ask']);
		expect((await control(port, 'settle', 'ORD-1', 'success')).stderr).toContain('none yet');
		await call('POST', `${url}/v3/payment-intents`, intentFields({ callback_url: url }));
		expect((await control(port, 'order', 'ord-0061')).stderr).toContain('did you mean ORD-0060?');
	});
});

test('a credential goes to the provider that has one of that name, though all are open', async () => {
	const { url, stop } = await running(['--outcome', 'ask', '--credential', 'secret_key=a-key']);
	const shop = await answering(200);
	await call('POST', `${url}/v3/payment-intents`, intentFields({ callback_url: shop.url }));
	await control(new URL(url).port, 'settle', 'ORD-0060', 'success');
	const { stdout, stderr } = await stop();
	expect(stdout).toContain('acknowledged at the first attempt');
	expect(stderr).not.toContain('simulator key');
	expect(stderr).toContain('callsim sandbox settle <order> <outcome>');
});
