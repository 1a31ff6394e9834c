import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { pauseAsked } from '../../src/check/throttle.ts';
import type { RunDocument } from '../../src/model/contract/document.ts';
import { checked } from '../support/checked.ts';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { closedPort, serve } from '../support/server.ts';
import { openShop } from '../support/shop.ts';
import { bayarcashIsGenuine } from '../support/verifier.ts';
import { virtualClock } from '../support/virtual-clock.ts';

type Headers = Readonly<Record<string, string>>;

/** A shop in front of which somebody else answers. */
const shut = (status: number, text: string, headers: Headers = {}) =>
	openShop({
		before: (_fields, response: ServerResponse<IncomingMessage>) => {
			response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(text);
			return true;
		},
	});

test.each([
	['csrf-exempt', 403, 'Cross-site POST form submissions are forbidden', {}, 'checkOrigin: false'],
	['csrf-exempt', 419, '<h1>419 | Page Expired</h1>', {}, 'validateCsrfTokens'],
	['csrf-exempt', 403, '<p>CSRF verification failed. Request aborted.</p>', {}, '@csrf_exempt'],
	['no-login-page', 401, 'no', { 'www-authenticate': 'Basic realm="staging"' }, 'staging'],
	['no-login-page', 200, '<html><input name="p" type="password"></html>', {}, 'login page'],
	['genuine-success', 403, '<h1>Blocked hosts: shop.test</h1>', {}, 'config.hosts'],
] as const)(
	'a front door fails %s alone, with its setting, and nothing passes on what it answers (%i %s)',
	async (teller, status, text, headers, fix) => {
		const { origin, flags } = await shut(status, text, headers);
		const { of, ruleOf, code } = await checked(origin, flags);
		expect([of('failed'), of('passed'), of('warned'), code]).toEqual([[teller], [], [], 1]);
		expect(ruleOf(teller)?.hint).toContain(fix);
		expect(ruleOf('checksum-missing')?.reason).toMatch(
			/until one genuine callback is accepted.*answered/,
		);
	},
);

test('a front door is told by the rule that was asked for, and is never green where none was', async () => {
	const { origin } = await shut(419, '');
	const genuine = await checked(origin, ['--only', 'genuine-success']);
	expect([genuine.of('failed'), genuine.code]).toEqual([['genuine-success'], 1]);
	const other = await checked(origin, ['--only', 'checksum-missing']);
	expect([other.of('inconclusive'), other.code]).toEqual([['checksum-missing'], 1]);
});

test('a throttle from the first callback on breaks no rule, and is not green either', async () => {
	const { origin, flags } = await shut(429, 'Too Many Attempts.', { 'retry-after': '3600' });
	const { of, ruleOf, code } = await checked(origin, flags);
	expect([of('failed'), of('passed'), code]).toEqual([[], [], 1]);
	expect(ruleOf('genuine-success')?.reason).toContain('retry-after: 3600');
});

test('a throttle that asks for a short pause is given it, and everything is proved all the same', async () => {
	const clock = virtualClock();
	const shop = await openShop({
		before: (_fields, response) => {
			// Four callbacks, then a pause; a second is over when somebody has slept through it.
			const round = clock.slept.filter((span) => span > 900).length;
			const count = (calls.get(round) ?? 0) + 1;
			calls.set(round, count);
			if (count <= 4) return false;
			response.writeHead(429, { 'retry-after': '1' }).end();
			return true;
		},
	});
	const calls = new Map<number, number>();
	const flags = [
		...shop.flags,
		'--only',
		'genuine-success,checksum-missing,checksum-empty,duplicate',
	];
	const { of, code } = await checked(shop.origin, flags, clock);
	expect([of('passed').length, code]).toEqual([4, 0]);
	expect(calls.size).toBeGreaterThan(1);
});

test.each([
	['1', 1_000],
	['0', 1_000],
	['Fri, 20 Nov 2026 02:00:09 GMT', 9_000],
	['soon', undefined],
	['', undefined],
] as const)('a Retry-After of %j asks for a pause of %j ms', (text, span) => {
	const headers = text === '' ? {} : { 'retry-after': text };
	const outcome = {
		kind: 'answered',
		status: 429,
		headers,
		body: new Uint8Array(),
		truncated: false,
		tookMs: 1,
	} as const;
	expect(pauseAsked(outcome, Date.parse('2026-11-20T02:00:00Z'))).toBe(span);
	expect(pauseAsked({ ...outcome, status: 503 }, 0)).toBeUndefined();
});

/** Lines of a terminal that is 80 columns wide. */
async function screenOf(origin: string, flags: readonly string[] = []) {
	const { stdout } = await callsim(['check', 'bayarcash', '--to', `${origin}/callback`, ...flags]);
	const lines = stdout.trimEnd().split('\n');
	return {
		stdout,
		height: lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0),
	};
}

test.each([
	['behind a CSRF check', () => shut(419, '<h1>419 | Page Expired</h1>'), '✗ csrf-exempt'],
	['that throttles', () => shut(429, '', { 'retry-after': '3600' }), 'The receiver throttles'],
	['whose path is another', () => shut(404, ''), '✗ genuine-success'],
] as const)('a receiver %s is told one cause, on one screen', async (_, open, cause) => {
	const { origin, flags } = await open();
	expectOneCause(await screenOf(origin, flags), cause);
});

function expectOneCause({ stdout, height }: Awaited<ReturnType<typeof screenOf>>, cause: string) {
	expect(stdout).toContain(cause);
	expect(stdout.match(/^✗ [a-z-]+ \(/gm)?.length ?? 0).toBeLessThan(2);
	expect(stdout).toMatch(/\d\d rules are not decided because of it/);
	expect(height).toBeLessThanOrEqual(24);
}

test('a receiver that is down is told in one line', async () => {
	const { stdout, height } = await screenOf(`http://127.0.0.1:${await closedPort()}`);
	expect(stdout).toMatch(/^✗ nothing listens on 127\.0\.0\.1:\d+: nothing was sent, .*\n$/);
	expect(height).toBe(1);
});

test('a receiver with another key is told one cause, on one screen: nothing is decided that it refused with what is genuine, and no forgery passes', async () => {
	const { origin, flags } = await openShop({ verify: () => false });
	const folder = folderWith({});
	const screen = await screenOf(origin, [...flags, '--report', `json=${folder.path}/out.json`]);
	expectOneCause(screen, '✗ genuine-success');
	expect(screen.stdout).toMatch(/fix .*CALLSIM_BAYARCASH_SECRET_KEY/);
	const { totals, suites } = JSON.parse(folder.read('out.json')) as RunDocument;
	expect(totals).toMatchObject({ passed: 0, failed: 1, warned: 0 });
	const failure = suites[0]?.cases.find(({ name }) => name === 'genuine-failure');
	expect(failure?.message).toContain('answered 403');
});

test('a crash, and a secret that is told, are failures of their own beside the refusal of everything', async () => {
	const { origin, flags } = await openShop({
		before: (fields, response) => {
			const isShort = String(fields['checksum'] ?? '').length < 64;
			response
				.writeHead(isShort ? 500 : 403)
				.end(isShort ? '' : 'expected key sim_bayarcash_secret_0123456789ab');
			return true;
		},
	});
	const only = 'genuine-success,genuine-failure,checksum-missing,refusal-secret,body-truncated';
	const { of } = await checked(origin, [...flags, '--only', only]);
	expect(of('failed')).toEqual(
		expect.arrayContaining(['genuine-success', 'refusal-secret', 'body-truncated']),
	);
	expect(of('failed')).not.toContain('genuine-failure');
});

test('where nobody asked for the rule that tells the cause, the screen names it, with what to try first', async () => {
	const { origin, flags } = await openShop({ verify: () => false });
	for (const only of ['genuine-failure,method', 'forwarded-for']) {
		const { of, code } = await checked(origin, [...flags, '--only', only]);
		expect([of('failed'), of('passed'), code]).toEqual([[], [], 1]);
		const { stdout } = await screenOf(origin, [...flags, '--only', only]);
		expect(stdout.match(/a genuine success: answered 403/g)).toHaveLength(1);
		expect(stdout).toMatch(/fix .*CALLSIM_BAYARCASH_SECRET_KEY/);
	}
});

test('a receiver that takes JSON alone is told on one screen', async () => {
	const { origin, flags } = await openShop({ types: /^application\/json/i, refusedType: 400 });
	const { height, stdout } = await screenOf(origin, flags);
	expect(stdout.match(/^✗ [a-z-]+ \(/gm)).toEqual(['✗ json-body (']);
	expect(height).toBeLessThanOrEqual(24);
});

test('a receiver that verifies nothing fails once for it, and a hole in its verifying is still named', async () => {
	const only = [
		'--only',
		'checksum-wrong-key,checksum-missing,checksum-empty,checksum-truncated,wrong-field-list',
	];
	const open = await openShop({ verify: () => true });
	const nothing = await checked(open.origin, [...open.flags, ...only]);
	expect([nothing.of('failed'), nothing.of('inconclusive').length]).toEqual([
		['checksum-wrong-key'],
		4,
	]);
	expect(nothing.ruleOf('checksum-missing')?.reason).toContain('nothing is verified');
	const holed = await openShop({
		verify: (fields) => !fields['checksum'] || bayarcashIsGenuine(fields),
	});
	const some = await checked(holed.origin, [...holed.flags, ...only]);
	expect(some.of('failed')).toEqual(['checksum-missing', 'checksum-empty']);
});

test('a run in which not even a genuine success could be judged is not green', async () => {
	const shop = await openShop({
		before: (_fields, response) => {
			response.writeHead(404).end();
			return true;
		},
	});
	const { ruleOf, code } = await checked(shop.origin, ['--only', 'genuine-success,method']);
	expect([ruleOf('genuine-success')?.verdict, code]).toEqual(['inconclusive', 1]);
});

test('a receiver that goes down at the first callback, its pages with it, fails for that', async () => {
	let isDown = false;
	const { url } = await serve(({ method, url: path }, response) => {
		isDown ||= method === 'POST' && path === '/callback';
		if (isDown) return void response.socket?.resetAndDestroy();
		response.end('{"state":"new"}');
	});
	const { origin } = new URL(url);
	const pages = [
		'--setup-url',
		`${origin}/setup/{reference}`,
		'--probe-url',
		`${origin}/{reference}`,
	];
	const { of, ruleOf, code } = await checked(origin, [
		...pages,
		'--only',
		'genuine-success,duplicate',
	]);
	expect([of('failed'), of('inconclusive'), code]).toEqual([['genuine-success'], ['duplicate'], 1]);
	expect(ruleOf('genuine-success')?.hint).toContain('its own log says where');
	const { stdout } = await screenOf(origin, pages);
	expect(stdout).not.toContain('nothing was sent');
});
