import type { IncomingMessage } from 'node:http';
import { check, run } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';

const token = 't0p-s3cret-9911';
const env = { SHOP_TOKEN: token };

/** A shop whose pages about orders ask for a token, and repeat it; one callback is never credited. */
async function openGuardedShop({ credits = true } = {}) {
	const orders = new Map<string, { state: string }>();
	const asked: { method: string; headers: IncomingMessage['headers'] }[] = [];
	const { url, seen } = await serve(({ method, url: path, headers, body }, response) => {
		const [, room, reference = ''] = path.split('?')[0]?.split('/').map(decodeURIComponent) ?? [];
		const say = (status: number, text = '') => void response.writeHead(status).end(text);
		if (room === 'callback') {
			const fields = new URLSearchParams(body.toString());
			const order = orders.get(fields.get('order_number') ?? '');
			if (order !== undefined && fields.get('status') === '3' && credits) order.state = 'paid';
			return say(200, 'OK');
		}
		asked.push({ method, headers });
		if (headers['x-shop-token'] !== token) return say(401, `not with ${headers['x-shop-token']}`);
		if (room === 'setup') orders.set(reference, { state: 'new' });
		const order = orders.get(reference);
		return order === undefined ? say(404) : say(200, JSON.stringify({ ...order, echo: token }));
	});
	const { origin } = new URL(url);
	const pages = { probe: `${origin}/orders/{reference}`, setup: `${origin}/setup/{reference}` };
	const urls = ['--to', url, '--probe-url', pages.probe, '--setup-url', pages.setup];
	return { url, seen, asked, pages, urls };
}

const both = (value: string) => [
	...['--probe-header', `X-Shop-Token: ${value}`],
	...['--setup-header', `X-Shop-Token: ${value}`],
];
const one = ['--only', 'success-takes-effect', '--settle', '20ms'];

describe('--probe-header and --setup-header', () => {
	test.each(['env:SHOP_TOKEN', 'file:token.txt', token])(
		'open the pages of check with %s, and the value is in no output',
		async (value) => {
			const { urls } = await openGuardedShop({ credits: false });
			const folder = folderWith({ 'token.txt': `${token}\n` });
			for (const form of [[], ['--json'], ['--report', 'html']]) {
				const args = ['check', 'bayarcash', ...urls, ...both(value), ...one, ...form];
				const { code, stdout, stderr } = await folder.callsim(args, { env });
				expect({ code, stderr }).toEqual({ code: 1, stderr: expect.not.stringContaining('error') });
				expect(stdout).toContain('success-takes-effect');
				expect(`${stdout}${stderr}`).not.toContain(token);
			}
		},
	);

	test('stand in the line that makes the order, and the value does not', async () => {
		const { urls } = await openGuardedShop({ credits: false });
		const lineWith = async (value: string) =>
			(await callsim(['check', 'bayarcash', ...urls, ...both(value), ...one], { env })).stdout;
		expect(await lineWith('env:SHOP_TOKEN')).toContain('-H "X-Shop-Token: $SHOP_TOKEN" ');
		expect(await lineWith(token)).toContain("-H 'X-Shop-Token: …' ");
	});

	test('may be given several times, each to its own page alone', async () => {
		const { urls, asked, seen } = await openGuardedShop();
		const more = ['--probe-header', 'X-Probe: 1', '--setup-header', 'X-Setup: 1'];
		const args = ['check', 'bayarcash', ...urls, ...both('env:SHOP_TOKEN'), ...more, ...one];
		expect((await callsim(args, { env })).code).toBe(0);
		const has = (method: string, name: string) =>
			asked.filter((page) => page.method === method).every(({ headers }) => name in headers);
		expect([has('GET', 'x-probe'), has('POST', 'x-setup')]).toEqual([true, true]);
		expect([has('GET', 'x-setup'), has('POST', 'x-probe')]).toEqual([false, false]);
		const callbacks = seen.filter(({ url }) => url === '/callback');
		expect(callbacks.some(({ headers }) => 'x-shop-token' in headers)).toBe(false);
	});

	test('open the pages of shipped scenarios', async () => {
		const { urls } = await openGuardedShop();
		const args = ['run', 'bayarcash/payment', ...urls, ...both('env:SHOP_TOKEN')];
		expect((await callsim([...args, '--speed', 'max'], { env })).code).toBe(0);
	});

	test('are what a page that asks for them is told to be opened with', async () => {
		const { urls } = await openGuardedShop();
		const args = ['check', 'bayarcash', ...urls, ...one];
		expect((await callsim(args)).stderr).toContain("--setup-header 'Authorization: env:TOKEN'");
		const setup = both('env:SHOP_TOKEN').slice(2);
		const { stderr, code } = await callsim([...args, ...setup], { env });
		expect(code).toBe(2);
		expect(stderr).toContain("--probe-header 'Authorization: env:TOKEN'");
	});

	test.each([
		['no URL', ['--probe-header', 'x: y'], '--probe-header says nothing without --probe-url'],
		[
			'a command',
			['--setup-command', 'true {reference}', '--setup-header', 'x: y'],
			'--setup-header says nothing without --setup-url',
		],
		['no name', ['--probe-header', 'secret'], '--probe-header needs a name and a value'],
		['quotes', ['--setup-header', "'x: y'"], '--setup-header: there are quotes around name'],
		['a length', ['--setup-header', 'Content-Length: 1'], '--setup-header: Content-Length is made'],
	])('with %s are a mistake', async (_, flags, message) => {
		for (const command of [
			['check', 'bayarcash'],
			['run', 'bayarcash'],
		]) {
			const { code, stderr } = await callsim([...command, '--to', ':1/', ...flags]);
			expect(code).toBe(2);
			expect(stderr).toContain(message);
		}
	});

	test('of a variable that is not set is told before anything is sent', async () => {
		const { urls, seen } = await openGuardedShop();
		for (const command of [
			['check', 'bayarcash'],
			['run', 'bayarcash/payment'],
		]) {
			const { code, stderr } = await callsim([...command, ...urls, ...both('env:NO_SUCH')]);
			expect({ code, sent: seen.length }).toEqual({ code: 2, sent: 0 });
			expect(stderr).toContain('the environment has no NO_SUCH');
		}
	});
});

describe('headers of pages elsewhere', () => {
	test('the project file has them by reference, and the command line adds to them', async () => {
		const { url, pages, asked } = await openGuardedShop();
		const folder = folderWith({
			'callsim.yaml': [
				`targets: { bayarcash: "${url}" }`,
				`probe: { url: "${pages.probe}", headers: { X-Shop-Token: "env:SHOP_TOKEN" } }`,
				`setup: { url: "${pages.setup}", headers: { X-Shop-Token: "file:token.txt" } }\n`,
			].join('\n'),
			'token.txt': token,
		});
		const more = ['--probe-header', 'x-more: 1'];
		expect((await folder.callsim(['check', 'bayarcash', ...one, ...more], { env })).code).toBe(0);
		expect(asked.some(({ headers }) => headers['x-more'] === '1')).toBe(true);
	});

	test.each([
		[`headers: { x-shop-token: abc }, url: "http://x/{reference}"`, 'probe.headers.x-shop-token'],
		[`headers: { x-a: b }, command: show`, 'probe.headers goes with a url'],
		[`headers: { x-a: b }`, 'probe has neither a url nor a command'],
		[`headers: { "x a": b }, url: "http://x/{reference}"`, '"x a" is no name of a header'],
	])('{ %s } in the project file is a mistake', async (probe, message) => {
		const folder = folderWith({ 'callsim.yaml': `probe: { ${probe} }\n` });
		const { code, stderr } = await folder.callsim(['check', 'bayarcash', '--to', ':1/']);
		expect(code).toBe(2);
		expect(stderr).toContain('callsim.yaml:1:');
		expect(stderr).toContain(message);
	});

	test('a scenario has them with names, and what came from the environment is not shown', async () => {
		const { url, pages } = await openGuardedShop({ credits: false });
		const headers = 'header: { X-Shop-Token: "${vars.token}" }';
		const folder = folderWith({
			'a.yaml': `name: a
provider: bayarcash
vars: { token: "\${env.SHOP_TOKEN}" }
setup: { url: "${pages.setup}", ${headers} }
probe: { url: "${pages.probe}", ${headers} }
steps:
  - { fire: transaction-success, probe: { equals: { state: paid }, within: 0 } }
`,
		});
		const result = await folder.run(['a.yaml', '--to', url], { env });
		expect(result.steps[0]?.failures).toEqual([
			{ kind: 'probe', expected: 'state: "paid"', got: '"new"' },
		]);
		expect(result.stdout).not.toContain(token);
	});

	test('a program has them, and they stand for themselves', async () => {
		const { url, pages, asked } = await openGuardedShop();
		const headers = { 'X-Shop-Token': token, 'X-Plain': 'env:SHOP_TOKEN' };
		const probe = { url: pages.probe, headers };
		const setup = { url: pages.setup, headers };
		const only = ['success-takes-effect'];
		const result = await check('bayarcash', { to: url, probe, setup, only, settleMs: 20 });
		expect(result).toMatchObject({ passed: true });
		expect(await run('bayarcash/payment', { to: url, probe, setup })).toMatchObject({
			passed: true,
		});
		expect(new Set(asked.map((page) => page.headers['x-plain']))).toEqual(
			new Set(['env:SHOP_TOKEN']),
		);
	});
});
