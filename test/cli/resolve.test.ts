import { fire, run } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { callsim } from '../support/run-cli.ts';
import { folderWith, runText } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';
import { openShop } from '../support/shop.ts';

const success = 'bayarcash/transaction-success';
const named = (url: string) => url.replace('127.0.0.1', 'shop.test');
const hosts = (seen: readonly { headers: { host?: string | undefined } }[]) =>
	seen.map(({ headers }) => headers.host);

describe('--resolve', () => {
	test.each([
		['a name', 'shop.test:127.0.0.1'],
		['a name and a port, as curl has it,', 'shop.test:PORT:127.0.0.1'],
	])('leads %s to an address, and the Host stays the name', async (_, form) => {
		const { url, seen } = await answering(200);
		const { port } = new URL(url);
		const resolve = ['--resolve', form.replace('PORT', port)];
		const { code, stdout } = await callsim(['fire', success, '--to', named(url), ...resolve]);
		expect({ code, hosts: hosts(seen) }).toEqual({ code: 0, hosts: [`shop.test:${port}`] });
		expect(stdout).toContain(`next: callsim fire ${success} --to ${named(url)}`);
		expect(stdout).toContain(`--resolve ${form.replace('PORT', port)}`);
	});

	test('may be said of several names, and waits there, too', async () => {
		const { url, seen } = await answering(200);
		const back = url.replace('127.0.0.1', 'www.shop.test');
		const resolve = ['--resolve', 'shop.test:127.0.0.1', '--resolve', 'www.shop.test:127.0.0.1'];
		const events = [success, 'bayarcash/receipt-success', '--to', named(url), '--return-to', back];
		const { code } = await callsim(['fire', ...events, ...resolve, '--wait-for', '5s']);
		expect(code).toBe(0);
		expect(seen.map(({ method }) => method).toSorted()).toEqual(['GET', 'HEAD', 'HEAD', 'POST']);
	});

	test('goes with a Host of one’s own', async () => {
		const { url, seen } = await answering(200);
		const flags = ['--resolve', 'shop.test:127.0.0.1', '--header', 'Host: other.test'];
		expect((await callsim(['fire', success, '--to', named(url), ...flags])).code).toBe(0);
		expect(hosts(seen)).toEqual(['other.test']);
	});

	test('to a remote address is refused like any remote target, before anything is sent', async () => {
		const flags = ['--to', 'http://shop.test:1/', '--resolve', 'shop.test:203.0.113.9'];
		for (const command of [
			['fire', success],
			['check', 'bayarcash'],
			['run', 'bayarcash'],
		]) {
			const { code, stdout, stderr } = await callsim([...command, ...flags]);
			expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
			expect(stderr).toContain('error target-remote: ');
			expect(stderr).toContain(
				'shop.test is 203.0.113.9, which is not on this machine or its private network',
			);
		}
	});

	test.each([
		'shop.test',
		'shop.test=127.0.0.1',
		'http://shop.test:127.0.0.1',
		'127.0.0.1',
		':127.0.0.1',
	])('%s is a mistake that shows how it is written', async (typed) => {
		const { code, stderr } = await callsim(['fire', success, '--to', ':1/', '--resolve', typed]);
		expect(code).toBe(2);
		expect(stderr).toContain(`error target-invalid: --resolve "${typed}" is not a name and an`);
		expect(stderr).toContain('--resolve shop.test:127.0.0.1');
	});

	test('reaches the pages of check, and stands in the lines that repeat', async () => {
		const shop = await openShop({ settle: () => undefined });
		const at = (path: string) => `${named(shop.origin)}${path}`;
		const { stdout, stderr } = await callsim([
			...['check', 'bayarcash', '--to', at('/callback'), '--resolve', 'shop.test:127.0.0.1'],
			...['--probe-url', at('/orders/{reference}')],
			...['--setup-url', at('/setup/{reference}?amount={amount}')],
			...['--only', 'success-takes-effect', '--settle', '20ms'],
		]);
		expect(stderr).not.toContain('error');
		expect(stdout).toContain('success-takes-effect');
		expect(stdout).toMatch(/callsim fire .*--resolve shop\.test:127\.0\.0\.1/);
		expect(shop.heard.length).toBeGreaterThan(0);
	});
});

describe('a scenario’s resolve', () => {
	const steps = (...more: string[]) =>
		[
			'name: named\nprovider: bayarcash\nresolve: { shop.test: 127.0.0.1 }',
			`steps:\n  - { fire: transaction-success, ${more.join(', ')} }\n`,
		].join('\n');

	test('leads there, and the line that repeats a step says so', async () => {
		const { url, seen } = await answering(200, 500);
		const text = steps(`to: "${named(url)}"`, 'expect: { status: 500 }', 'retry: none');
		const result = await runText(text, []);
		expect(hosts(seen)).toEqual([new URL(named(url)).host]);
		expect(result.steps[0]?.reproduce).toContain('--resolve shop.test:127.0.0.1');
	});

	test('adds up with the command line’s and the step’s', async () => {
		const { url, seen } = await answering(200);
		const text = `name: three\nprovider: bayarcash\nresolve: { a.test: 127.0.0.1, b.test: 203.0.113.9 }\nsteps:\n${[
			'a',
			'b',
			'c',
		]
			.map(
				(name) =>
					`  - { fire: transaction-success, to: "${url.replace('127.0.0.1', `${name}.test`)}", resolve: { c.test: 127.0.0.1 } }\n`,
			)
			.join('')}`;
		expect((await runText(text, ['--resolve', 'b.test:127.0.0.1'])).code).toBe(0);
		expect(hosts(seen).map((host) => host?.split(':')[0])).toEqual(['a.test', 'b.test', 'c.test']);
	});

	test('is known to whoever waits for the receiver', async () => {
		const { url, seen } = await answering(200);
		const text = steps(`to: "${named(url)}"`);
		expect((await runText(text, ['--wait-for', '5s'])).code).toBe(0);
		expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'POST']);
	});

	test('that is a mistake is told with its place, before anything is sent', async () => {
		const folder = folderWith({
			'a.yaml': steps('to: "http://shop.test/"').replace('127.0.0.1', 'here'),
		});
		const { code, stderr } = await folder.callsim(['run', 'a.yaml']);
		expect(code).toBe(2);
		expect(stderr).toMatch(/a\.yaml:5:5: step 1: resolve: "here" is no address/);
	});
});

describe('the project file’s resolve', () => {
	const fileWith = (resolve: string, url: string) =>
		folderWith({
			'callsim.yaml': `targets: { bayarcash: "${named(url)}" }\nresolve: ${resolve}\n`,
			'a.yaml': 'name: a\nprovider: bayarcash\nsteps: [{ fire: transaction-success }]\n',
		});

	test('holds for fire, check and run, and is told by config', async () => {
		const { url, seen } = await answering(200);
		const folder = fileWith('{ shop.test: 127.0.0.1 }', url);
		expect((await folder.callsim(['fire', success])).code).toBe(0);
		expect((await folder.run(['a.yaml', '--wait-for', '5s'])).code).toBe(0);
		expect(seen).toHaveLength(3);
		await folder.callsim(['check', 'bayarcash', '--only', 'genuine-success']);
		expect(seen.length).toBeGreaterThan(3);
		expect(new Set(hosts(seen))).toEqual(new Set([new URL(named(url)).host]));
		expect((await folder.callsim(['config'])).stdout).toMatch(
			/^resolve\.shop\.test +127\.0\.0\.1 +callsim\.yaml:2$/m,
		);
	});

	test('that is a mistake is told with its place', async () => {
		const { stderr, code } = await fileWith('{ shop.test: nowhere }', 'http://127.0.0.1/').callsim([
			...['fire', success],
		]);
		expect(code).toBe(2);
		expect(stderr).toContain('callsim.yaml:2:');
		expect(stderr).toContain('"nowhere" is no address');
	});
});

test('a program names addresses, too', async () => {
	const { url, seen } = await answering(200);
	const options = { to: named(url), resolve: { 'shop.test': '127.0.0.1' } };
	expect(await fire(success, options)).toMatchObject({ acknowledged: true });
	const scenario = { name: 'one', steps: [{ fire: success }] };
	expect(await run(scenario, options)).toMatchObject({ passed: true });
	expect(hosts(seen)).toEqual([new URL(named(url)).host, new URL(named(url)).host]);
	await expect(
		fire(success, { ...options, resolve: { 'shop.test': '203.0.113.9' } }),
	).rejects.toMatchObject({ code: 'target-remote' });
});
