import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/delivery/clock.ts';
import { tried } from '../support/scenario.ts';
import { answering, closedPort, serve, serveTcp } from '../support/server.ts';

const step = (expectation: string, more = '') =>
	`name: a\nsteps: [{ fire: bayarcash/transaction-success, retry: none, ${more}expect: ${expectation} }]`;

const saying = (status: number, body: string, headers: Record<string, string> = {}) =>
	serve((_seen, response) => response.writeHead(status, headers).end(body));

describe('an expectation holds', () => {
	test.each<[string, number, string, Record<string, string>]>([
		['{ status: 200 }', 200, '', {}],
		['{ status: 2xx }', 204, '', {}],
		['{ status: 2XX }', 201, '', {}],
		['{ status: "404" }', 404, '', {}],
		['{ status: [200, 4xx] }', 422, '', {}],
		['{ acknowledged: true }', 200, '', {}],
		['{ acknowledged: false }', 500, '', {}],
		['{ attempts: 1, acknowledged: false }', 500, '', {}],
		['{ within: 20s }', 200, '', {}],
		['{ body: OK }', 200, 'OK\n', {}],
		['{ body: { contains: [a, b], matches: "^a.+b$" } }', 200, 'a-b', {}],
		[
			'{ body: { equals: { "items[0].id": 12345678901234567890, $.ok: true } } }',
			200,
			'{"ok":true,"items":[{"id":12345678901234567890}]}',
			{},
		],
		[
			'{ header: { X-One: "1", x-two: { matches: "^t" }, content-type: { contains: json } } }',
			200,
			'',
			{ 'x-one': '1', 'x-two': 'two', 'content-type': 'application/json' },
		],
		['{ header: { x-count: 5 } }', 200, '', { 'x-count': '5' }],
		['{}', 200, '', {}],
	])('%s', async (expectation, status, body, headers) => {
		const { url } = await saying(status, body, headers);
		expect((await tried(step(expectation), { to: url })).failures).toEqual([]);
	});
});

describe('an expectation fails, and says what was expected and what came', () => {
	test.each<[string, number, string, string[]]>([
		['{ status: 200 }', 201, '', ['status: status 200 ≠ status 201']],
		['{ status: [200, 3xx] }', 404, '', ['status: status 200 or 3xx ≠ status 404']],
		[
			'{ status: 2xx, acknowledged: true }',
			500,
			'',
			[
				'acknowledged: acknowledged ≠ status 500, expected 200, 1 attempt',
				'status: status 2xx ≠ status 500',
			],
		],
		[
			'{ acknowledged: false }',
			200,
			'',
			['acknowledged: not acknowledged ≠ acknowledged at attempt 1'],
		],
		['{ attempts: 2 }', 200, '', ['attempts: 2 attempts ≠ 1 attempt']],
		[
			'{ within: 20s }',
			500,
			'',
			['acknowledged: acknowledged ≠ status 500, expected 200, 1 attempt'],
		],
		['{}', 500, '', ['acknowledged: acknowledged ≠ status 500, expected 200, 1 attempt']],
		['{ body: OK }', 200, '', ['body: body "OK" ≠ ""']],
		[
			'{ body: { equals: { ok: true } } }',
			200,
			'<p>ok: true</p>',
			['body: body with {"ok":true} ≠ no JSON: "<p>ok: true</p>"'],
		],
		['{ body: { equals: { ok: true } } }', 200, '', ['body: body with {"ok":true} ≠ no JSON: ""']],
		[
			'{ header: { x-none: { matches: ".*" } } }',
			200,
			'',
			['header: header x-none that matches /.*/ ≠ (none)'],
		],
		['{ header: { x-none: "" } }', 200, '', ['header: header x-none "" ≠ (none)']],
		[
			'{ header: { constructor: { matches: "" } } }',
			200,
			'',
			['header: header constructor that matches // ≠ (none)'],
		],
		['{ header: { __proto__: x } }', 200, '', ['header: header __proto__ "x" ≠ (none)']],
		[
			'{ body: { equals: { a: 1 } } }',
			200,
			`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
			[expect.stringContaining('no JSON') as string],
		],
	])('%s', async (expectation, status, body, failures) => {
		const { url } = await saying(status, body);
		expect((await tried(step(expectation), { to: url })).failures).toEqual(failures);
	});

	test('a step that says nothing expects acknowledgement', async () => {
		const { url } = await answering(500);
		const { failures } = await tried(
			'name: a\nsteps: [{ fire: bayarcash/transaction-success, probe: [] }]'.replace(
				', probe: []',
				'',
			),
			{ to: url },
		);
		expect(failures).toEqual(['acknowledged: acknowledged ≠ status 500, expected 200, 5 attempts']);
	});

	test('of identical copies each must do as expected; copies that fail alike are told once', async () => {
		const { url } = await answering(200, 500);
		const text = step('{ status: 200 }', 'duplicate: 3, ');
		expect((await tried(text, { to: url })).failures).toEqual(['status: status 200 ≠ status 500']);
	});

	test('a pattern that is made of a value may turn out to be none, and fails the step', async () => {
		const { url } = await answering(200);
		const text = step('{ body: { matches: "${vars.o}" } }').replace('\n', '\nvars: { o: "A(" }\n');
		const { steps } = await tried(text, { to: url });
		expect(steps).toMatchObject([{ passed: false }]);
	});
});

describe('nobody there fails every step, and is 3', () => {
	test.each([
		'{ acknowledged: false }',
		'{ status: 4xx }',
		'{ attempts: 1 }',
		'{}',
		'{ within: 20s }',
	])('%s', async (expectation) => {
		const to = `http://127.0.0.1:${await closedPort()}/`;
		const { failures, summary } = await tried(step(expectation), { to });
		expect(failures).toEqual([
			'unreached: a receiver that answers ≠ connection refused (ECONNREFUSED)',
		]);
		expect(summary?.exitCode).toBe(3);
	});

	test('one dead port among others is 1', async () => {
		const { url } = await answering(200);
		const dead = `http://127.0.0.1:${await closedPort()}/`;
		const { summary, steps } = await tried(
			`name: a\nsteps:\n  - { fire: bayarcash/transaction-success }\n  - { fire: bayarcash/transaction-success, to: "${dead}", retry: none, expect: { acknowledged: false } }\n`,
			{ to: url },
		);
		expect(steps.map(({ passed }) => passed)).toEqual([true, false]);
		expect(summary?.exitCode).toBe(1);
	});
});

describe('no answer is not an answer within a time', () => {
	test('a receiver that hangs', async () => {
		const { url } = await serve(() => undefined);
		const { steps } = await tried(step('{ within: 20s }', 'timeout: 30ms, '), {
			to: url,
			clock: systemClock,
		});
		expect(steps).toMatchObject([{ passed: false }]);
	});

	test('a receiver that hangs up', async () => {
		const url = await serveTcp((socket) => void socket.once('data', () => socket.destroy()));
		const { steps } = await tried(step('{ within: 20s }'), { to: url });
		expect(steps).toMatchObject([{ passed: false }]);
	});

	test.each([
		'{ body: { matches: "" } }',
		'{ body: { contains: "" } }',
		'{ header: { date: { matches: "" } } }',
		'{ status: [1xx, 2xx, 3xx, 4xx, 5xx] }',
	])('%s of a receiver that hangs up', async (expectation) => {
		const url = await serveTcp((socket) => void socket.once('data', () => socket.destroy()));
		const { steps } = await tried(step(expectation), { to: url });
		expect(steps).toMatchObject([{ passed: false }]);
	});
});

test('what belongs to the page to which the payer comes back is judged where one is named', async () => {
	const { url } = await answering(404);
	const text =
		'name: a\nsteps: [{ fire: bayarcash/receipt-success, expect: { ifConfigured: true, acknowledged: true } }]';
	expect((await tried(text, { to: url })).passed).toBe(true);
	expect((await tried(text, { to: url, flags: { returnTo: url } })).passed).toBe(false);
});

test('bail leaves the rest untried, and counts it', async () => {
	const { url, seen } = await answering(500);
	const one =
		'provider: bayarcash\nsteps: [{ fire: transaction-success, retry: none }, { fire: transaction-failed, retry: none }]';
	const texts = [`name: a\n${one}`, `name: b\n${one}`];
	const { summary, steps, events } = await tried(texts, { to: url, bail: true });
	expect(steps).toHaveLength(1);
	expect(seen).toHaveLength(1);
	expect(events.find(({ type }) => type === 'scenario-finished')).toMatchObject({
		passed: false,
		skipped: 1,
	});
	expect(summary).toMatchObject({
		scenarios: { passed: 0, failed: 1, skipped: 1 },
		steps: { passed: 0, failed: 1, skipped: 3 },
		exitCode: 1,
	});
	expect((await tried(texts, { to: url })).summary).toMatchObject({
		steps: { passed: 0, failed: 4, skipped: 0 },
	});
});

test('bail in the middle of a repetition counts what was left of it', async () => {
	const { url } = await answering(200, 500);
	const text = 'name: a\nsteps: [{ fire: bayarcash/transaction-success, retry: none, repeat: 5 }]';
	expect((await tried(text, { to: url, bail: true })).summary?.steps).toEqual({
		passed: 1,
		failed: 1,
		skipped: 3,
	});
});
