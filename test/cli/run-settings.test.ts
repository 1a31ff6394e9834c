import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { answering } from '../support/server.ts';

const success = 'bayarcash/transaction-success';

describe('the step is strongest, then the command line, then the scenario, then what is said outside of both', () => {
	const files = (url: string) => ({
		'callsim.yaml': `targets: { bayarcash: "${url}/file" }\nheaders: { x-a: file, x-b: file, x-c: file, x-d: file }\n`,
		'a.yaml': `name: a\nto: "${url}/scenario"\nheader: { x-b: scenario, x-c: scenario, x-d: scenario }\nsteps:\n  - { fire: ${success} }\n  - { fire: ${success}, to: "${url}/step", header: { x-d: step } }\n`,
		'b.yaml': `name: b\nsteps: [{ fire: ${success} }]`,
	});
	const rooms = (seen: readonly { url: string }[]) => seen.map(({ url }) => url.split('/').at(-1));

	test('targets', async () => {
		const { url, seen } = await answering(200);
		const folder = folderWith(files(url));
		await folder.run(['b.yaml']);
		await folder.run(['b.yaml'], { env: { CALLSIM_TO: `${url}/env` } });
		await folder.run(['a.yaml'], { env: { CALLSIM_TO: `${url}/env` } });
		await folder.run(['a.yaml', '--to', `${url}/flag`]);
		expect(rooms(seen)).toEqual(['file', 'env', 'scenario', 'step', 'flag', 'step']);
	});

	test('headers, by name', async () => {
		const { url, seen } = await answering(200);
		await folderWith(files(url)).run(['a.yaml', '--header', 'x-c: flag', '--header', 'x-d: flag']);
		const told = seen.map(({ headers }) =>
			['x-a', 'x-b', 'x-c', 'x-d'].map((name) => headers[name]).join(' '),
		);
		expect(told).toEqual(['file scenario flag flag', 'file scenario flag step']);
	});

	test('schedules and timeouts', async () => {
		const { url } = await answering(500);
		const attempts = async (
			scenario: string,
			step: string,
			flags: string[],
			env: Record<string, string> = {},
		) => {
			const folder = folderWith({
				'callsim.yaml': 'schedule: 2x1s',
				'a.yaml': `name: a\n${scenario}\nsteps: [{ fire: ${success}${step} }]`,
			});
			return (await folder.run(['a.yaml', '--to', url, ...flags], { env })).bodies.length;
		};
		expect(await attempts('', '', [])).toBe(2);
		expect(await attempts('', '', [], { CALLSIM_RETRY: '3x1s' })).toBe(3);
		expect(await attempts('retry: 4x1s', '', [], { CALLSIM_RETRY: '3x1s' })).toBe(4);
		expect(await attempts('retry: 4x1s', '', ['--retry', '5x1s'])).toBe(5);
		expect(await attempts('retry: 4x1s', ', retry: none', ['--retry', '5x1s'])).toBe(1);
	});
});

describe('a step’s own files', () => {
	test('stand beside the scenario, wherever it is run from', async () => {
		const { url, seen } = await answering(200);
		const folder = folderWith({
			'tests/a.yaml': `name: a\nsteps:\n  - { fire: ${success}, encoding: json, body: "@data/body.json" }\n  - { fire: ${success}, rawBody: "@data/raw.bin" }\n`,
			'tests/data/body.json': '{"order_number":"BESIDE","amount":1.50}',
			'tests/data/raw.bin': 'raw=1&x=\u00ff',
			'other/x': '',
		});
		const { code } = await folder.run(['../tests/a.yaml', '--to', url], {
			cwd: `${folder.path}/other`,
		});
		expect(seen.map(({ body }) => body.toString())).toEqual([
			expect.stringMatching(
				/^\{"order_number":"BESIDE","amount":1\.50,"checksum":"[0-9a-f]{64}"\}$/,
			),
			'raw=1&x=\u00ff',
		]);
		expect(code).toBe(0);
	});

	test('a probe’s command runs where callsim was started', async () => {
		const { url } = await answering(200);
		const folder = folderWith({
			'tests/a.yaml': `name: a\nsteps: [{ fire: ${success}, probe: { command: "cat state.txt", equals: paid } }]`,
			'state.txt': 'paid\n',
		});
		expect((await folder.run(['tests/a.yaml', '--to', url])).code).toBe(0);
	});
});

describe('--probe-url and --probe-command', () => {
	const scenario = `name: a\nprovider: bayarcash\nsteps:\n  - { fire: transaction-success, retry: none, probe: { ifConfigured: true, changed: true } }\n`;

	test('turn on the probes that wait for them', async () => {
		const { url } = await answering(200);
		const folder = folderWith({ 'a.yaml': scenario, state: 'new' });
		expect((await folder.run(['a.yaml', '--to', url])).code).toBe(0);
		const unchanged = await folder.run(['a.yaml', '--to', url, '--probe-command', 'cat state']);
		expect(unchanged.steps).toMatchObject([
			{
				passed: false,
				failures: [{ kind: 'probe', expected: 'a change of the state', got: 'none' }],
			},
		]);
		expect(
			(
				await folder.run([
					'a.yaml',
					'--to',
					url,
					'--probe-command',
					'date +%N >> {reference}; cat {reference}',
				])
			).code,
		).toBe(0);
	});

	test('shipped scenarios are red where the state does not follow', async () => {
		const { url } = await answering(200);
		const probe = ['bayarcash/payment', '--to', url, '--probe-command', 'echo new'];
		const unseen = await folderWith({}).callsim(['run', ...probe]);
		expect(unseen.stderr).toContain('note: nothing makes the orders');
		const { code, steps } = await folderWith({}).run([
			...probe,
			'--setup-command',
			': {reference}',
		]);
		expect(steps.filter(({ passed }) => !passed).map(({ step }) => step)).toEqual([2]);
		expect(code).toBe(1);
	});
});
