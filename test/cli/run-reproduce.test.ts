import { describe, expect, test } from 'vitest';
import { folderWith, wordsOf } from '../support/scenario-cli.ts';
import { answering, type Seen } from '../support/server.ts';

const text = (steps: string, more = '') => `name: a\nprovider: bayarcash\n${more}steps:\n${steps}`;
const orderOf = (body: string) => new URLSearchParams(body).get('order_number');

interface Reproduced {
	readonly more?: string;
	readonly files?: Readonly<Record<string, string>>;
	readonly args?: readonly string[];
}

/** A failing run, and then every line it printed. */
async function reproduced(steps: string, { more = '', files = {}, args = [] }: Reproduced = {}) {
	const { url, seen } = await answering(418);
	const folder = folderWith({ 'scenarios/a.yaml': text(steps, more), ...files });
	const run = await folder.run(['scenarios', '--to', url, ...args]);
	const sent = seen.splice(0);
	for (const { reproduce } of run.steps)
		expect(await folder.callsim(wordsOf(reproduce))).toMatchObject({ code: 1 });
	return { run, sent, again: seen };
}
const wire = ({ method, url, headers, body }: Seen) => {
	const { connection: _, host: __, date: ___, ...rest } = headers;
	return { method, url, headers: rest, body: body.toString('latin1') };
};

describe('the line that a failed step prints sends the same bytes', () => {
	test.each<[string, string, Parameters<typeof reproduced>[1]]>([
		['as it is', '  - { fire: transaction-success, retry: none }\n', {}],
		[
			'with values to quote',
			`  - { fire: transaction-success, retry: none, set: { payer_name: "Nur'ain $HOME \\"x\\"", payer_bank_name: null } }\n`,
			{},
		],
		[
			'with fresh ids of the scenario',
			'  - { fire: transaction-success, retry: none }\n  - { fire: transaction-failed, retry: none }\n',
			{ more: 'fresh: true\n' },
		],
		[
			'with fresh ids of its own, each time',
			'  - { fire: transaction-success, retry: none, fresh: true, repeat: 3 }\n',
			{},
		],
		[
			'tampered, unsigned, with a wrong key',
			'  - { fire: transaction-success, retry: none, tamper: { amount: 1.00 } }\n  - { fire: transaction-success, retry: none, unsigned: true }\n  - { fire: transaction-success, retry: none, wrongKey: true }\n',
			{},
		],
		[
			'with names filled in',
			'  - { fire: transaction-success, retry: none, id: one }\n  - { fire: transaction-failed, retry: none, ref: "${vars.o}-${seq}", header: { x-a: "${steps.one.response.status}" } }\n',
			{ more: 'vars: { o: "A ${seq}" }\n' },
		],
		[
			'with the settings of the scenario',
			'  - { fire: transaction-success, retry: none }\n',
			{
				more: 'encoding: json\nset: { payer_name: Ali }\nheader: { x-a: "1" }\nunset: [payer_email]\nadd: { promo: X }\n',
			},
		],
		[
			'with a body of its own',
			'  - { fire: transaction-success, retry: none, encoding: json, body: "@../bodies/paid.json" }\n',
			{ files: { 'bodies/paid.json': '{"order_number":"B","amount":1.50}' } },
		],
		[
			'with the settings of the command line',
			'  - { fire: transaction-success }\n',
			{ args: ['--retry', '2x1s', '--header', 'x-a: 1', '--timeout', '5s'] },
		],
		['with several copies', '  - { fire: transaction-success, retry: none, duplicate: 3 }\n', {}],
		['on its schedule', '  - { fire: transaction-success, retry: "3x5m" }\n', {}],
		['of a receipt', '  - { fire: receipt-success, retry: none }\n', {}],
		[
			'with the project file',
			'  - { fire: transaction-success, retry: none }\n',
			{
				files: {
					'callsim.yaml':
						'values: { bayarcash: { payer_name: Ali, status: 4 } }\nheaders: { x-shop: "7" }\n',
				},
			},
		],
	])('%s', async (_name, steps, options) => {
		const { sent, again } = await reproduced(steps, options);
		expect(sent.length).toBeGreaterThan(0);
		expect(again.map(wire)).toEqual(sent.map(wire));
	});
});

test('a credential is not in it', async () => {
	const { url } = await answering(418);
	const folder = folderWith({ 'a.yaml': text('  - { fire: transaction-success, retry: none }\n') });
	const { steps } = await folder.run([
		'a.yaml',
		'--to',
		url,
		'--credential',
		'secret_key=typed-key-4711',
		'--header',
		'authorization: Bearer abc-4711',
	]);
	expect(steps[0]?.reproduce).toContain('--credential secret_key=…');
	expect(steps[0]?.reproduce).not.toContain('4711');
});

describe('fresh ids', () => {
	const steps =
		'  - fire: pre-transaction\n  - fire: transaction-success\n  - { fire: transaction-failed, repeat: 2 }\n';

	test('of the scenario are the same in every step, new for every run, the same with --seed', async () => {
		const { url } = await answering(200);
		const folder = folderWith({ 'a.yaml': text(steps, 'fresh: true\n') });
		const orders = async (...seed: string[]) =>
			new Set((await folder.run(['a.yaml', '--to', url, ...seed])).bodies.map(orderOf));
		const [one, two, three] = [await orders(), await orders(), await orders('--seed', '5')];
		for (const set of [one, two, three]) expect(set.size).toBe(1);
		expect(new Set([...one, ...two, ...three]).size).toBe(3);
	});

	test('with --seed are the same at any time of the day', async () => {
		const { url } = await answering(200);
		const folder = folderWith({ 'a.yaml': text(steps, 'fresh: true\n') });
		const run = async () => {
			const { bodies, summary } = await folder.run(['a.yaml', '--to', url, '--seed', '5']);
			// The id of a run begins with the second in which it began.
			return { second: String(summary?.['run']).slice(0, 15), bodies };
		};
		const one = await run();
		let other = await run();
		// A run takes a tenth of a second: before long one begins in another second.
		while (other.second === one.second) other = await run();
		expect(other.bodies).toEqual(one.bodies);
	});

	test('of a step are its own, and each repetition’s', async () => {
		const { url } = await answering(200);
		const folder = folderWith({
			'a.yaml': text(
				'  - { fire: transaction-success, fresh: true, repeat: 2 }\n  - { fire: transaction-success, fresh: true }\n',
			),
		});
		const { bodies } = await folder.run(['a.yaml', '--to', url]);
		expect(new Set(bodies.map(orderOf)).size).toBe(3);
	});

	test('of two scenarios of a run differ', async () => {
		const { url } = await answering(200);
		const folder = folderWith({
			'a.yaml': text(steps, 'fresh: true\n'),
			'b.yaml': text(steps, 'fresh: true\n'),
		});
		const { bodies } = await folder.run(['a.yaml', 'b.yaml', '--to', url]);
		expect(new Set(bodies.map(orderOf)).size).toBe(2);
	});
});
