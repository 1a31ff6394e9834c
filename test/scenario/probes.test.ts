import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/delivery/clock.ts';
import { tried } from '../support/scenario.ts';
import { serve } from '../support/server.ts';

interface Shop {
	readonly url: string;
	readonly origin: string;
	readonly asked: string[];
}

/** Says these states in turn, the last one for ever; a number is a status. */
async function shop(...states: (string | number)[]): Promise<Shop> {
	const asked: string[] = [];
	const { url } = await serve((seen, response) => {
		if (seen.method === 'POST') return void response.end('OK');
		asked.push(seen.url);
		const state = states[Math.min(asked.length, states.length) - 1] ?? '';
		if (typeof state === 'number') response.writeHead(state).end(`status ${state}`);
		else response.end(state);
	});
	return { url, origin: new URL(url).origin, asked };
}

const step = (probe: string, more = '') =>
	`name: a\nprovider: bayarcash\n${more}\nsteps: [{ fire: transaction-success, ref: "ORD 7/é", probe: ${probe} }]`;

async function failing(
	{ url, origin }: Shop,
	probe: string,
	more = '',
): Promise<readonly string[]> {
	return (
		await tried(step(probe.replaceAll('ORIGIN', origin), more.replaceAll('ORIGIN', origin)), {
			to: url,
		})
	).failures;
}

describe('a probe by URL', () => {
	test('reads after the step, by paths', async () => {
		const here = await shop('{"state":"paid","items":[{"n":1}]}');
		expect(
			await failing(here, '{ url: "ORIGIN/orders/1", equals: { state: paid, "$.items[0].n": 1 } }'),
		).toEqual([]);
		expect(await failing(here, '{ url: "ORIGIN/orders/1", equals: { state: new } }')).toEqual([
			'probe: state: "new" ≠ "paid"',
		]);
	});

	test('reads before as well where that matters', async () => {
		const rules =
			'url: "ORIGIN/orders/1", before: { state: new }, equals: { state: paid }, changed: state, unchanged: id';
		expect(
			await failing(
				await shop('{"state":"new","id":1}', '{"state":"paid","id":1}'),
				`{ ${rules} }`,
			),
		).toEqual([]);
		expect(await failing(await shop('{"state":"paid","id":1}'), `{ ${rules} }`)).toEqual([
			'probe: before the step, state: "new" ≠ "paid"',
			'probe: state: a change ≠ "paid" as before',
		]);
	});

	test('values are percent-encoded, and so is {reference}', async () => {
		const here = await shop('{}');
		await failing(
			here,
			'{ url: "ORIGIN/${vars.x}/{reference}?a={amount}", equals: { a: 1 } }',
			'vars: { x: "a b/&{reference}" }',
		);
		expect(here.asked[0]).toBe('/a%20b%2F%26%7Breference%7D/ORD%207%2F%C3%A9?a=60.00');
	});

	test('may be said once for the scenario, or by the run', async () => {
		const here = await shop('{"state":"paid"}');
		expect(
			await failing(here, '{ equals: { state: paid } }', 'probe: { url: "ORIGIN/o/{reference}" }'),
		).toEqual([]);
		const { passed } = await tried(step('{ equals: { state: paid } }'), {
			to: here.url,
			probe: { kind: 'url', url: `${here.origin}/p/{reference}` },
		});
		expect(passed).toBe(true);
		expect(here.asked.at(-1)).toBe('/p/ORD%207%2F%C3%A9');
	});

	test('with ifConfigured is left out where nobody says how', async () => {
		const here = await shop('{"state":"new"}');
		const text = step('{ ifConfigured: true, equals: { state: paid } }');
		expect((await tried(text, { to: here.url })).passed).toBe(true);
		expect(here.asked).toEqual([]);
		expect(
			(await tried(text, { to: here.url, probe: { kind: 'url', url: `${here.origin}/o` } })).passed,
		).toBe(false);
	});

	test('404 is an order that is not there', async () => {
		expect(
			await failing(await shop(404), '{ url: "ORIGIN/o", unchanged: true, equals: null }'),
		).toEqual([]);
		expect(
			await failing(
				await shop(404, '{"state":"paid"}'),
				'{ url: "ORIGIN/o", changed: true, equals: { state: paid } }',
			),
		).toEqual([]);
		expect(await failing(await shop(404), '{ url: "ORIGIN/o", equals: { state: paid } }')).toEqual([
			'probe: the state: {"state":"paid"} ≠ (absent)',
		]);
	});

	test.each([500, 403, 301])(
		'%i cannot be read, which fails whatever is expected',
		async (status) => {
			for (const rules of ['unchanged: true', 'equals: null', 'changed: true', 'unchanged: state'])
				expect(await failing(await shop(status), `{ url: "ORIGIN/o", ${rules} }`)).toEqual([
					expect.stringMatching(
						new RegExp(
							`^probe: a state that can be read ≠ GET http://127\\.0\\.0\\.1:\\d+/o: status ${status}`,
						),
					) as string,
				]);
		},
	);

	test('nobody at its address cannot be read either', async () => {
		expect(
			await failing(await shop(''), '{ url: "http://127.0.0.1:1/o", unchanged: true }'),
		).toHaveLength(1);
	});

	test('a state may be text', async () => {
		expect(
			await failing(
				await shop('new', 'paid'),
				'{ url: "ORIGIN/o", before: new, equals: paid, changed: true }',
			),
		).toEqual([]);
		expect(
			await failing(await shop('paid'), '{ url: "ORIGIN/o", equals: { state: paid } }'),
		).toHaveLength(1);
	});

	test('is patient with a receiver that works behind its answer', async () => {
		expect(
			await failing(
				await shop('{"s":"new"}', '{"s":"new"}', '{"s":"new"}', '{"s":"paid"}'),
				'{ url: "ORIGIN/o", changed: s, equals: { s: paid } }',
			),
		).toEqual([]);
	});

	test('looks again at what held at once, because it may be undone', async () => {
		expect(
			await failing(
				await shop('{"s":"paid"}', '{"s":"paid"}', '{"s":"new"}'),
				'{ url: "ORIGIN/o", unchanged: s }',
			),
		).toEqual(['probe: s: "paid" as before ≠ "new"']);
	});

	test('several probes are all read, and each says what it missed', async () => {
		const here = await shop('{"a":1,"b":2}');
		expect(
			await failing(
				here,
				'[{ url: "ORIGIN/o", equals: { a: 2 } }, { url: "ORIGIN/o", equals: { b: 3, a: 1 } }]',
			),
		).toEqual(['probe: a: 2 ≠ 1', 'probe: b: 3 ≠ 2']);
	});

	test('is not asked after a step that was interrupted, but after one that failed', async () => {
		const { url, origin } = await shop('{"s":1}');
		const text = step(`{ url: "${origin}/o", equals: { s: 2 } }`).replace(
			'probe:',
			'expect: { status: 404 }, probe:',
		);
		expect((await tried(text, { to: url })).failures).toEqual([
			'status: status 404 ≠ status 200',
			'probe: s: 2 ≠ 1',
		]);
	});
});

describe('a probe by command', () => {
	const run = async (probe: string, more = '') => {
		const { url } = await shop('');
		return (await tried(step(probe, more), { to: url, clock: systemClock })).failures;
	};

	test('takes what it prints as JSON, or as text', async () => {
		expect(
			await run(
				`{ command: "echo '[{\\"state\\":\\"paid\\",\\"n\\":1.50}]'", equals: [{ state: paid }] }`,
			),
		).toEqual([]);
		expect(await run('{ command: "echo paid; echo noise >&2", equals: paid }')).toEqual([]);
		expect(await run('{ command: "true", equals: [] }')).toEqual([]);
		expect(await run('{ command: "true", within: 0, equals: [{ state: paid }] }')).toEqual([
			'probe: the state: [{"state":"paid"}] ≠ (absent)',
		]);
	});

	test('that fails cannot be read', async () => {
		expect(
			await run('{ command: "echo paid; echo broken >&2; exit 3", within: 0, equals: paid }'),
		).toEqual(['probe: a state that can be read ≠ the command ended with 3: paid\nbroken']);
		expect(await run('{ command: "nothing-such-4711", within: 0, unchanged: true }')).toEqual([
			expect.stringContaining('the command ended with 127') as string,
		]);
	});

	const nasty = `it's "a" $(echo b) \`echo c\` \\ $HOME; x`;
	test.each([
		['bare', 'printf %s ${vars.x}'],
		['in single quotes', "printf %s '${vars.x}'"],
		['in double quotes', 'printf %s "${vars.x}"'],
	])('%s takes a value literally', async (_where, command) => {
		const text = JSON.stringify({ command, equals: nasty });
		expect(await run(text, `vars: { x: ${JSON.stringify(nasty)} }`)).toEqual([]);
	});

	test('quotes {reference} like any value, and a value that looks like it is taken literally', async () => {
		expect(
			await run(
				`{ command: "printf '%s\\n%s' {amount} '{amount}'", within: 0, equals: "60.00\\n60.00" }`,
			),
		).toEqual([]);
		expect(
			await run(
				'{ command: "printf %s ${vars.x}", within: 0, equals: "{reference}!" }',
				'vars: { x: "{reference}!" }',
			),
		).toEqual([]);
	});

	test('may name the order in a text that it prints', async () => {
		expect(await run('{ command: "printf %s {reference}", within: 0, equals: "ORD 7/é" }')).toEqual(
			[],
		);
	});
});
