import { check, run } from 'callback-simulator';
import { describe, expect, test } from 'vitest';
import { checked } from '../support/checked.ts';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { serve } from '../support/server.ts';
import { openShop } from '../support/shop.ts';

/** A shop that numbers its orders itself, and reads a number of the callback as PHP's absint does. */
async function openNumberedShop() {
	const orders = new Map<number, { state: string; credited: number }>();
	let next = 1001;
	const { url, seen } = await serve(({ method, url: path, body }, response) => {
		const [, room, number = ''] = path.split('?')[0]?.split('/').map(decodeURIComponent) ?? [];
		const say = (status: number, text = '') => void response.writeHead(status).end(text);
		if (room === 'setup') {
			orders.set(next, { state: 'new', credited: 0 });
			return say(201, JSON.stringify({ data: { id: next++ } }));
		}
		if (room === 'orders') {
			const order = orders.get(Number.parseInt(number, 10));
			return order === undefined ? say(404) : say(200, JSON.stringify(order));
		}
		if (method !== 'POST') return say(405);
		const fields = new URLSearchParams(body.toString());
		const order = orders.get(Number.parseInt(fields.get('order_number') ?? '', 10));
		if (order !== undefined && order.state !== 'paid') {
			const [state, credit] = { '3': ['paid', 1] as const }[fields.get('status') ?? ''] ?? [
				'failed',
				0,
			];
			if (fields.get('record_type') === 'transaction')
				Object.assign(order, { state, credited: order.credited + credit });
		}
		say(200, 'OK');
	});
	const { origin } = new URL(url);
	const pages = { probe: `${origin}/orders/{reference}`, setup: `${origin}/setup?of={amount}` };
	const callbacks = () =>
		seen
			.filter(({ url: path }) => path === '/callback')
			.map(({ body }) => new URLSearchParams(body.toString()).get('order_number'));
	return { url, pages, callbacks, orders };
}

const only = ['--only', 'success-takes-effect,duplicate,retry-after-failure,backdoor-reference'];
const quick = ['--settle', '20ms'];

describe('a shop that numbers its own orders', () => {
	test('is checked under the numbers that its set-up answers', async () => {
		const { url, pages, callbacks } = await openNumberedShop();
		const args = ['check', 'bayarcash', '--to', url, '--probe-url', pages.probe];
		const setup = ['--setup-url', pages.setup, '--setup-reference', '/data/id'];
		const { stdout } = await callsim([...args, ...setup, ...only, ...quick, '--json']);
		const rules = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Record<string, string>)
			.filter(({ type }) => type === 'rule')
			.map(({ rule, verdict, reason }) => `${rule} ${verdict}: ${reason}`);
		expect(rules).toContainEqual(expect.stringMatching(/^success-takes-effect passed/));
		expect(rules).toContainEqual(expect.stringMatching(/^duplicate passed/));
		const between = 'inconclusive: the order is stored after the first delivery: the shop numbers';
		expect(rules).toContainEqual(expect.stringContaining(`retry-after-failure ${between}`));
		expect(rules).toContainEqual(
			expect.stringMatching(
				/^backdoor-reference inconclusive: .*the shop numbers its orders itself/,
			),
		);
		expect(callbacks().every((number) => /^1\d{3}$/.test(number ?? ''))).toBe(true);
	});

	test('is told to be one where success-takes-effect fails for that, and how it is said', async () => {
		const { url, pages } = await openNumberedShop();
		const setup = pages.setup.replace('?', '/{reference}?');
		const args = ['check', 'bayarcash', '--to', url, '--probe-url', pages.probe];
		const { stdout, code } = await callsim([...args, '--setup-url', setup, ...only, ...quick]);
		expect(code).toBe(1);
		expect(stdout).toMatch(
			/success-takes-effect \(must\)[^–]*the probe finds no order CS-\w+: the shop numbers its orders itself, the set-up answered 1\d{3}/,
		);
		expect(stdout).toMatch(/fix +Say where the answer .*: --setup-reference \/data\/id/);
	});

	test('says so in the line that makes an order again', async () => {
		const { url, pages } = await openNumberedShop();
		const args = ['check', 'bayarcash', '--to', url, '--probe-command', 'echo never {reference}'];
		const setup = ['--setup-url', pages.setup, '--setup-reference', '/data/id'];
		const { stdout } = await callsim([...args, ...setup, ...only, ...quick]);
		expect(stdout).toMatch(
			/reproduce {2}curl .*# its answer has the reference for below at \/data\/id/,
		);
		expect(stdout).toMatch(/callsim fire .* --ref 1\d{3} /);
	});

	test.each([
		[
			'an answer without it',
			'/number',
			'its answer names no order at /number: {"data":{"id":1001}}',
		],
		['no pointer', 'data.id', '--setup-reference "data.id" is no JSON pointer'],
	])('with %s is a mistake', async (_, pointer, message) => {
		const { url, pages, callbacks } = await openNumberedShop();
		const setup = ['--setup-url', pages.setup, '--setup-reference', pointer];
		const { code, stderr } = await callsim(['check', 'bayarcash', '--to', url, ...setup]);
		expect({ code, callbacks: callbacks() }).toEqual({ code: 2, callbacks: [] });
		expect(stderr).toContain(message);
	});

	test('needs a set-up to be named, and none of its own number', async () => {
		const at = ['check', 'bayarcash', '--to', ':1/'];
		const alone = await callsim([...at, '--setup-reference', '/id']);
		expect(alone.stderr).toContain('--setup-reference says nothing without a set-up');
		const unnamed = await callsim([...at, '--setup-url', 'http://localhost:1/setup']);
		expect(unnamed.stderr).toContain('--setup-reference /id');
	});

	test('is tried by shipped scenarios, each order under one number', async () => {
		const { url, pages, callbacks, orders } = await openNumberedShop();
		const setup = ['--setup-url', pages.setup, '--setup-reference', '/data/id'];
		const args = ['run', 'bayarcash/payment', 'bayarcash/late-failure', '--to', url];
		const probe = ['--probe-url', pages.probe, '--speed', 'max'];
		const { code, stdout } = await callsim([...args, ...probe, ...setup]);
		expect({ code, stdout: code === 0 ? '' : stdout }).toEqual({ code: 0, stdout: '' });
		expect(new Set(callbacks().filter((number) => number !== null))).toEqual(
			new Set(['1001', '1002']),
		);
		expect(orders.size).toBe(2);
	});

	test('is named in a scenario and in the project file, by a command as well', async () => {
		const { url, pages, callbacks } = await openNumberedShop();
		const scenario = (setup: string) =>
			`name: one\nprovider: bayarcash\nfresh: true\nsetup: { ${setup} }\nsteps:\n  - parallel: [{ fire: transaction-success }, { fire: transaction-success }]\n  - { fire: transaction-success, set: { order_number: MINE }, header: { x-seq: "\${seq}" } }\n`;
		const page = `url: "${pages.setup}", reference: /data/id`;
		const folder = folderWith({
			'own.yaml': scenario(page),
			'usual.yaml': scenario('ifConfigured: true'),
			'command.yaml': scenario('command: "echo 77", reference: "#"'),
			'callsim.yaml': `setup: { ${page} }\n`,
			'wrong.yaml': scenario('command: "echo 77", reference: id'),
		});
		for (const file of ['own.yaml', 'usual.yaml', 'command.yaml']) {
			const { code, stdout } = await folder.run([file, '--to', url]);
			expect({ file, code, stdout: code === 0 ? '' : stdout }).toEqual({
				file,
				code: 0,
				stdout: '',
			});
		}
		expect(callbacks()).toEqual([
			...['1001', '1001', '1002', '1003', '1003', '1004', '77', '77', '77'],
		]);
		const wrong = await folder.callsim(['run', 'wrong.yaml', '--to', url]);
		expect(wrong.stderr).toContain('reference "id" is no JSON pointer');
	});

	test('is named by a program, with a pointer or by its own function', async () => {
		const { url, pages, orders } = await openNumberedShop();
		const probe = { url: pages.probe };
		const common = { to: url, probe, only: ['success-takes-effect'], settleMs: 20 };
		const setup = { url: pages.setup, reference: '/data/id' };
		expect(await check('bayarcash', { ...common, setup })).toMatchObject({ passed: true });
		const call = () => {
			const reference = 5000 + orders.size;
			orders.set(reference, { state: 'new', credited: 0 });
			return { reference };
		};
		expect(await check('bayarcash', { ...common, setup: call })).toMatchObject({ passed: true });
		const ran = await run('bayarcash/payment', { to: url, probe, setup: call });
		expect(ran).toMatchObject({ passed: true });
	});
});

describe('a shop that takes no other order numbers than its own', () => {
	const numbers = /^INV\/\d{4}\/\d{5}$/;
	const rules = ['--only', 'success-takes-effect,duplicate,unknown-reference,reference-forms'];

	test('is checked under numbers of that form, and not asked for any other', async () => {
		const { origin, flags, orders, heard } = await openShop({ numbers });
		const form = ['--reference', 'INV/{year}/{n:5}'];
		const { of, ruleOf } = await checked(origin, [...flags, ...form, ...rules]);
		expect([of('failed'), of('inconclusive')]).toEqual([[], []]);
		expect(of('passed')).toEqual(expect.arrayContaining(['success-takes-effect', 'duplicate']));
		expect(ruleOf('reference-forms')).toMatchObject({ verdict: 'skipped' });
		expect(orders.size).toBeGreaterThan(5);
		for (const reference of heard) expect(reference).toMatch(numbers);
	});

	test('says so where it refuses the first, with the flag', async () => {
		const { origin, flags } = await openShop({ numbers });
		const { stderr, code } = await callsim(['check', 'bayarcash', '--to', origin, ...flags]);
		expect(stderr).toContain("--reference 'INV/{year}/{n}'");
		expect(code).toBe(2);
	});

	test('is checked the same by a program', async () => {
		const { origin, flags, heard } = await openShop({ numbers });
		await check('bayarcash', {
			to: `${origin}/callback`,
			setup: { url: flags[1] ?? '' },
			probe: { url: flags[3] ?? '' },
			reference: 'INV/{year}/{n:5}',
			only: ['duplicate'],
		});
		expect(heard.length).toBeGreaterThan(3);
		for (const reference of heard) expect(reference).toMatch(numbers);
	});

	test('is told of a form that makes all orders one', async () => {
		const { stderr } = await callsim(['check', 'bayarcash', '--to', ':1', '--reference', 'INV-1']);
		expect(stderr).toContain('--reference "INV-1" names no {n}');
	});
});
