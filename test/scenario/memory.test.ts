import { describe, expect, test } from 'vitest';
import { tried } from '../support/scenario.ts';
import { serve } from '../support/server.ts';

const receiver = () =>
	serve((seen, response, count) => {
		if (seen.url.startsWith('/orders')) return void response.end('{"state":"paid","credited":1}');
		response.writeHead(200, { 'X-Receipt': `R-${count}`, 'set-cookie': ['a=1', 'b=2'] });
		response.end(
			JSON.stringify({
				id: 'PAY-9',
				big: '#',
				nested: { list: [{ n: 7 }] },
				body: 'inner',
				'a.b': 'dotted',
			}).replace('"#"', '12345678901234567890'),
		);
	});

async function refOf(name: string, more = ''): Promise<string | null> {
	const { url, seen } = await receiver();
	const text = `name: a\nprovider: bayarcash\nsteps:\n  - { id: first, fire: transaction-success, ref: ORD-7 ${more.replace('ORIGIN', new URL(url).origin)} }\n  - { fire: transaction-failed, ref: "\${${name}}" }\n`;
	const { failures } = await tried(text, { to: url });
	const body = seen
		.filter((one) => one.method === 'POST')
		.at(1)
		?.body.toString('utf8');
	return body === undefined ? failures.join('; ') : new URLSearchParams(body).get('order_number');
}

describe('what an earlier step left behind', () => {
	test.each([
		['steps.1.request.order_number', 'ORD-7'],
		['steps.first.request.amount', '60.00'],
		['steps.1.response.status', '200'],
		['steps.1.response.headers.x-receipt', 'R-1'],
		['steps.1.response.headers.X-RECEIPT', 'R-1'],
		['steps.1.response.id', 'PAY-9'],
		['steps.first.response.json.id', 'PAY-9'],
		['steps.1.response.body.nested.list[0].n', '7'],
		['steps.1.response.json.big', '12345678901234567890'],
		['steps.1.response.json.nested', '{"list":[{"n":7}]}'],
	])('${%s}', async (name, value) => {
		expect(await refOf(name)).toBe(value);
	});

	test('its whole body, and its whole JSON', async () => {
		expect(await refOf('steps.1.response.body')).toMatch(/^\{"id":"PAY-9".*\}$/);
		expect(await refOf('steps.1.response.json')).toMatch(/^\{"id":"PAY-9".*\}$/);
	});

	test('what its probe saw', async () => {
		const probe = ', probe: { url: "ORIGIN/orders/1", equals: { state: paid } }';
		expect(await refOf('steps.1.probe.state', probe)).toBe('paid');
		expect(await refOf('steps.first.probe', probe)).toBe('{"state":"paid","credited":1}');
	});

	test.each([
		'steps.1.response.nothing',
		'steps.1.response.headers.x-nothing',
		'steps.1.response.nested.list[1].n',
		'steps.1.probe.state',
		'steps.1.probe',
		'steps.1.request.nothing',
		'steps.1.response.constructor',
	])('${%s} that is not there fails the step, and says so', async (name) => {
		expect(await refOf(name)).toContain(
			`problem: a step that can be tried ≠ \${${name}}: there is no such thing`,
		);
	});
});

test('a step that failed is remembered, one that was not answered left nothing', async () => {
	const { url, seen } = await serve((_seen, response, count) => {
		if (count === 1) return void response.writeHead(422).end('{"why":"no"}');
		if (count === 3) return void response.destroy();
		response.end();
	});
	const text =
		'name: a\nprovider: bayarcash\nsteps:\n' +
		'  - { fire: transaction-success, retry: none }\n' +
		'  - { fire: transaction-success, ref: "${steps.1.response.why}-${steps.1.response.status}" }\n' +
		'  - { fire: transaction-success, retry: none }\n' +
		'  - { fire: transaction-success, ref: "${steps.3.response.status}" }\n' +
		'  - { fire: transaction-success, ref: "${steps.3.request.order_number}" }\n';
	const { steps } = await tried(text, { to: url });
	expect(steps.map(({ passed }) => passed)).toEqual([false, true, false, false, true]);
	expect(steps[3]?.failures[0]?.got).toContain('${steps.3.response.status}');
	expect(seen[1]?.body.toString()).toContain('order_number=no-422');
});

test('a repeated step leaves what it did last', async () => {
	const { url, seen } = await receiver();
	const text =
		'name: a\nprovider: bayarcash\nsteps:\n  - { fire: transaction-success, repeat: 3, ref: "R${seq}" }\n  - { fire: transaction-success, ref: "${steps.1.request.order_number}-${steps.1.response.headers.x-receipt}" }\n';
	await tried(text, { to: url });
	expect(seen.at(-1)?.body.toString()).toContain('order_number=R3-R-3');
});

test('the environment and the run are there, and vars are made once a scenario', async () => {
	const { url, seen } = await receiver();
	const text =
		'name: a\nprovider: bayarcash\nvars: { o: "${env.SHOP}-${seq}", p: "${vars.o}!", deep: { list: [{ x: "${vars.p}" }] } }\nsteps:\n  - { fire: transaction-success, ref: "${vars.deep.list[0].x}", set: { payer_name: "${run}" } }\n  - { fire: transaction-success, ref: "${vars.p}" }\n';
	await tried(text, { to: url, env: { SHOP: 'S' } });
	const refs = seen.map(({ body }) => new URLSearchParams(body.toString()));
	expect(refs.map((one) => one.get('order_number'))).toEqual(['S-1!', 'S-1!']);
	expect(refs[0]?.get('payer_name')).toBe('test-run');
});

test('steps at the same time cannot ask one another', async () => {
	const { url, seen } = await receiver();
	const text =
		'name: a\nprovider: bayarcash\nsteps:\n  - parallel:\n    - { fire: transaction-success }\n    - { fire: transaction-failed, ref: "${steps.1.request.order_number}" }\n';
	const error = await tried(text, { to: url }).catch((cause: unknown) => cause);
	expect(error).toMatchObject({
		code: 'scenario-invalid',
		message: expect.stringContaining('test-1.yaml:6:') as string,
	});
	expect(seen).toEqual([]);
});

describe('a receiver that answers something strange', () => {
	const strange = async (probe: string) => {
		const { url, seen } = await serve((one, response) => {
			if (one.url.startsWith('/orders')) return void response.end('{}');
			response.end('{"nul":"a\\u0000b","half":"\\ud800","breaks":"a\\r\\nx: y"}');
		});
		const origin = new URL(url).origin;
		const told = await tried(
			`name: a\nprovider: bayarcash\nsteps:\n  - fire: transaction-success\n  - fire: transaction-success\n    ${probe.replace('ORIGIN', origin)}\n`,
			{ to: url },
		);
		return { ...told, urls: seen.map((one) => one.url) };
	};

	test.each([
		[
			'a NUL in a command',
			'probe',
			'probe: { command: "printf %s ${steps.1.response.nul}", equals: x }',
		],
		[
			'half a character in a URL',
			'probe',
			'probe: { url: "ORIGIN/orders/${steps.1.response.half}", equals: 1 }',
		],
		['a line break in a header', 'problem', 'header: { x-a: "${steps.1.response.breaks}" }'],
		['a NUL in a file name', 'problem', 'body: "@${steps.1.response.nul}"'],
		['no duration', 'problem', 'timeout: "${steps.1.response.breaks}"'],
	])('%s fails the step, and is no bug', async (_name, kind, setting) => {
		const { steps, summary } = await strange(setting);
		expect(steps.map(({ passed }) => passed)).toEqual([true, false]);
		expect(steps[1]?.failures.map((failure) => failure.kind)).toEqual([kind]);
		expect(summary?.steps).toEqual({ passed: 1, failed: 1, skipped: 0 });
	});

	test('half a character in a target is sent as the sign for one that is none', async () => {
		const { steps, urls } = await strange('to: "ORIGIN/${steps.1.response.half}"');
		expect(steps.map(({ passed }) => passed)).toEqual([true, true]);
		expect(urls.at(-1)).toBe('/%EF%BF%BD');
	});
});
