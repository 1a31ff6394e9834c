import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { type RunEvent, type RunOptions, run } from 'callback-simulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { call, intentFields } from '../support/open-sandbox.ts';
import { callsim, jsonLines } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { closedPort, serve } from '../support/server.ts';

const { shop } = await import(new URL('../../examples/sandbox/shop.js', import.meta.url).href);

/** The example's shop, which learns where Bayarcash is when callsim has opened it. */
async function opened() {
	const orders = new Map([['ORD-1', { amount: '75.50', state: 'new' }]]);
	const port = await closedPort();
	const to = `http://127.0.0.1:${port}/webhooks/bayarcash`;
	const options: RunOptions = {
		sandbox: true,
		to,
		onSandbox(url) {
			const secret = 'sim_bayarcash_secret_0123456789ab';
			const server = shop({ api: `${url}/v3/`, secret, orders }).listen(port, '127.0.0.1');
			onTestFinished(() => void server.close());
		},
	};
	const tried = async (...steps: readonly object[]) => {
		const { scenarios } = await run({ name: 'shop', provider: 'bayarcash', steps }, options);
		return scenarios.flatMap((one) => one.steps);
	};
	return { orders, tried, options };
}

const buy = { call: { path: '/buy', form: { order: 'ORD-1' } } };
const receipt = (words: string) => ({
	call: { path: '/receipt?order_number=ORD-1' },
	expect: { body: { contains: words } },
});

describe('run --sandbox', () => {
	test('a shop is called, its payment decided, and what it shows judged', async () => {
		const { orders, tried } = await opened();
		const steps = await tried(
			buy,
			receipt('We wait for the bank'),
			{ pay: 'failed' },
			receipt('failed'),
			{ pay: { outcome: 'success', order: 'ORD-1' }, expect: { status: 200, attempts: 1 } },
			receipt('paid'),
		);
		expect(steps.map(({ passed }) => passed)).toEqual(Array(6).fill(true));
		expect(steps.map(({ event }) => event)).toEqual([
			'call POST /buy',
			'call GET /receipt?order_number=ORD-1',
			'pay failed',
			'call GET /receipt?order_number=ORD-1',
			'pay success',
			'call GET /receipt?order_number=ORD-1',
		]);
		expect(steps[4]?.got).toBe('ORD-1 is paid; status 200 at attempt 1');
		expect(orders.get('ORD-1')?.state).toBe('paid');
	});

	test('what was answered can be asked for again, wherever it leads', async () => {
		const { tried } = await opened();
		const steps = await tried(
			{ ...buy, id: 'buy', expect: { status: 303, header: { location: { contains: '/pi_' } } } },
			{
				call: { path: '${steps.buy.response.headers.location}' },
				expect: { status: 200, body: { contains: '75.50' } },
			},
		);
		expect(steps.map(({ failures }) => failures)).toEqual([[], []]);
	});

	test('a probe sees the order that was paid, before and after', async () => {
		const { tried, options } = await opened();
		const url = `${new URL(options.to ?? '').origin}/receipt?order_number={reference}`;
		const page = (text: string) => `<!doctype html><title>Shop</title>${text}`;
		const [, paid] = await tried(buy, {
			pay: 'success',
			probe: { url, before: page('We wait for the bank.'), equals: page('Your order is paid.') },
		});
		expect(paid?.failures).toEqual([]);
	});

	test('callbacks are told under the number of their step, beside those that are fired', async () => {
		const { options } = await opened();
		const told: RunEvent[] = [];
		await run(
			{
				name: 'shop',
				provider: 'bayarcash',
				steps: [buy, { pay: 'success' }, { fire: 'transaction-failed' }],
			},
			{ ...options, retry: 'none', onEvent: (event) => void told.push(event) },
		);
		const started = told.flatMap((event) => (event.type === 'started' ? event : []));
		expect(started.map(({ delivery, step }) => [delivery, step])).toEqual([
			[1, 2],
			[2, 2],
			[3, 3],
		]);
		expect(new Set(told.map((event) => event.run)).size).toBe(1);
	});

	test('a callback that the shop refuses fails the step that paid', async () => {
		let api = '';
		const { url } = await serve(async ({ url: path }, response) => {
			if (!path.endsWith('/buy')) return void response.writeHead(500).end('no');
			const fields = {
				...{ portal_key: '0123456789abcdef0123456789abcdef', order_number: 'A-1', amount: '5.00' },
				...{ payer_name: 'A', payer_email: 'a@example.com', callback_url: url },
			};
			const answer = await fetch(`${api}/v3/payment-intents`, {
				method: 'POST',
				headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
				body: JSON.stringify(fields),
			});
			response.writeHead(answer.status).end();
		});
		const { scenarios } = await run(
			{
				name: 'shop',
				provider: 'bayarcash',
				steps: [{ call: { path: '/buy' } }, { pay: 'success' }],
			},
			{
				sandbox: true,
				to: url,
				onSandbox(told) {
					api = told;
				},
			},
		);
		const steps = scenarios.flatMap((one) => one.steps);
		expect(steps.map(({ passed }) => passed)).toEqual([true, false]);
		expect(steps[1]?.got).toBe('status 500, expected 200, 5 attempts');
	});

	test('callbacks whose address no request names go to the receiver that is tried', async () => {
		let api = '';
		const { url, seen } = await serve(async ({ url: path }, response) => {
			if (path === '/buy') {
				const username = '081234567890';
				const sign = createHash('md5').update(`${username}dev0123456789abcdefR-1`).digest('hex');
				await fetch(`${api}/api/top-up`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({
						...{ username, sign, ref_id: 'R-1' },
						...{ customer_id: '0817777215', product_code: 'xld25000' },
					}),
				});
			}
			response.end('OK');
		});
		const { scenarios } = await run(
			{
				...{ name: 'top-up', provider: 'iak', to: url },
				steps: [{ call: { path: '/buy', method: 'POST' } }, { pay: 'success' }],
			},
			{
				sandbox: true,
				onSandbox(told) {
					api = told;
				},
			},
		);
		expect(scenarios[0]?.steps.map(({ got }) => got)).toEqual([
			'status 200',
			'R-1 is success; status 200 at attempt 1',
		]);
		expect(JSON.parse(String(seen.at(-1)?.body)).data).toMatchObject({ ref_id: 'R-1', rc: '00' });
	});

	test('a signal ends a step that waits for the shop', async () => {
		const stop = new AbortController();
		let api = '';
		const { url } = await serve(async ({ url: path }, response) => {
			if (path !== '/buy') return stop.abort(new Error('enough'));
			const fields = intentFields({ callback_url: url });
			response.writeHead((await call('POST', `${api}/v3/payment-intents`, fields)).status).end();
		});
		const steps = [{ call: { path: '/buy' } }, { pay: 'success' }];
		const onSandbox = (told: string) => {
			api = told;
		};
		await expect(
			run(
				{ name: 'shop', provider: 'bayarcash', steps },
				{ sandbox: true, to: url, onSandbox, signal: stop.signal },
			),
		).rejects.toThrow('enough');
	});

	test.each([
		['nobody has asked for a payment', [{ pay: 'success' }], /no payment yet/],
		[
			'there is no such order',
			[buy, { pay: { outcome: 'success', order: 'ORD-9' } }],
			/no order "ORD-9"/,
		],
		['there is no such outcome', [buy, { pay: 'maybe' }], /an outcome is one of success/],
		['the page is not as expected', [receipt('paid')], /We wait/],
		['the shop fails', [{ call: { path: '/buy', form: { order: 'X' } } }], /status 502: TypeError/],
	])('a step fails where %s', async (_, steps, words) => {
		const { tried } = await opened();
		const last = (await tried(...steps)).at(-1);
		expect(last?.passed).toBe(false);
		expect(last?.got).toMatch(words);
	});

	test('never decides nothing, and expects no callback', async () => {
		const { orders, tried } = await opened();
		const [, never] = await tried(buy, { pay: 'never' });
		expect([never?.passed, never?.got]).toEqual([
			true,
			'ORD-1 is pending; no callback: it stays as it is',
		]);
		expect(orders.get('ORD-1')?.state).toBe('new');
	});

	test('a call is repeated by the line that its step names, keys left out', async () => {
		const { url, seen } = await serve((_, response) => response.writeHead(500).end());
		const { failures } = await run(
			{
				name: 'line',
				steps: [
					{ call: { path: "/a b?x={'}", body: { it: "don't" }, header: { 'x-page': 'k' } } },
					{ call: { path: '/', method: 'POST' } },
					{ call: { path: '/', header: { authorization: '${env.KEY}' } } },
				],
			},
			{ to: url, env: { KEY: 'a-key-of-mine' } },
		);
		const lines = failures.map(({ reproduce }) => reproduce);
		expect(lines[1]).toBe(`curl -sS -i -g -X POST ${new URL('/', url)}`);
		expect(lines[2]).not.toContain('a-key-of-mine');
		await promisify(execFile)('sh', ['-c', lines[0] ?? '']);
		const [first, , , again] = seen.map(({ method, url: path, headers, body }) => [
			...[method, path, headers['content-type'], headers['x-page'], String(body)],
		]);
		expect(again).toEqual(first);
	});

	test('what is sent is JSON, a form or a text, numbers as they are written', async () => {
		const { url, seen } = await serve((_, response) => response.end());
		const asked = (more: object) => ({ call: { path: '/x', ...more } });
		await run(
			{
				name: 'bodies',
				steps: [
					asked({ body: { a: 1, b: ['x'] } }),
					asked({ form: { 'a b': 'c&d' } }),
					asked({ body: 'plain', method: 'put', header: { 'x-key': 'k' } }),
					asked({ method: 'delete' }),
				],
			},
			{ to: url },
		);
		expect(
			seen.map(({ method, headers, body }) => [method, headers['content-type'], String(body)]),
		).toEqual([
			['POST', 'application/json', '{"a":1,"b":["x"]}'],
			['POST', 'application/x-www-form-urlencoded', 'a+b=c%26d'],
			['PUT', 'text/plain; charset=utf-8', 'plain'],
			['DELETE', undefined, ''],
		]);
		expect(seen[2]?.headers['x-key']).toBe('k');
	});
});

describe('mistakes are told before anything is sent', () => {
	test.each([
		['a payment without a sandbox', '- pay: success', /pay decides a payment of the sandbox/],
		[
			'a call with two bodies',
			'- call: { path: /x, body: a, form: { b: c } }',
			/a body and a form/,
		],
		[
			'attempts of a call',
			'- call: { path: /x }\n    expect: { attempts: 2 }',
			/says nothing of a call/,
		],
		['shaping of a call', '- call: { path: /x }\n    ref: A', /ref says nothing beside call/],
		[
			'a call that is fired, too',
			'- call: { path: /x }\n    fire: transaction-success',
			/fire and call/,
		],
		['a call without a path', '- call: { method: GET }', /path/],
		['a page that is remote', '- call: { path: "http://192.0.2.1/x" }', /target-remote/],
		['a name of nothing', '- call: { path: "/${vars.x}" }', /vars has no "x"/],
	])('%s', async (_, step, words) => {
		const { url, seen } = await serve((__, response) => response.end());
		const { path } = folderWith({
			'a.yaml': `name: a\nprovider: bayarcash\nsteps:\n  - call: { path: /first }\n  ${step}\n`,
		});
		const { code, stderr } = await callsim(['run', 'a.yaml', '--to', url], { cwd: path });
		expect([code, seen.length]).toEqual([2, 0]);
		expect(stderr).toMatch(words);
		expect(stderr).toContain('step 2');
	});
});

test('a scenario file takes the example shop from the cart to the receipt', async () => {
	const port = await closedPort();
	const { code, stdout, stderr } = await callsim([
		...['run', 'examples/sandbox/shop.yaml', '--sandbox', '--sandbox-port', '0', '--json'],
		...['--to', `http://127.0.0.1:${port}/webhooks/bayarcash`],
		...['--exec', `node examples/sandbox/serve.js ${port}`],
	]);
	expect(stderr).toContain('a simulation of bayarcash, not the provider');
	expect(jsonLines(stdout).filter(({ type, passed }) => type === 'step' && !passed)).toEqual([]);
	expect(jsonLines(stdout).at(-1)).toMatchObject({ type: 'summary', exitCode: 0, deliveries: 4 });
	expect(code).toBe(0);
});

test('a shop that is not there is told by the exit code', async () => {
	const { path } = folderWith({ 'a.yaml': 'name: a\nsteps:\n  - call: { path: /x }\n' });
	const to = `http://127.0.0.1:${await closedPort()}/`;
	const { code, stdout } = await callsim(['run', 'a.yaml', '--to', to], { cwd: path });
	expect(stdout).toContain('connection refused');
	expect(code).toBe(3);
});
