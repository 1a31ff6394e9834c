import { describe, expect, test } from 'vitest';
import { folderWith, runText } from '../support/scenario-cli.ts';
import { answering, closedPort } from '../support/server.ts';

const one = (name: string, more = '') =>
	`name: ${name}\nprovider: bayarcash\nsteps:\n  - fire: transaction-success\n    retry: none\n${more}`;

describe('exit codes of run', () => {
	test('0: every step passed; 1: one failed; 3: nobody there, also where no acknowledgement is expected', async () => {
		const [good, bad, dead] = [await answering(200), await answering(500), await closedPort()];
		expect((await runText(one('a'), ['--to', good.url])).code).toBe(0);
		expect((await runText(one('a'), ['--to', bad.url])).code).toBe(1);
		const unasked = one('a', '    expect: { acknowledged: false }\n');
		expect((await runText(unasked, ['--to', bad.url])).code).toBe(0);
		expect((await runText(unasked, ['--to', `:${dead}/cb`])).code).toBe(3);
	});

	test('2: no scenario, an unknown one, no target, a flag that means nothing', async () => {
		const folder = folderWith({
			'a.yaml': one('a'),
			'b.yaml': 'name: b\nsteps: [{ fire: bayarcash/transaction-success }]',
		});
		for (const [args, message] of [
			[[], 'error usage: no scenario to run'],
			[
				['late-failur', '--to', ':1'],
				'error scenario-unknown: there is no scenario, file or folder "late-failur"',
			],
			[['bayarcash/late-failur', '--to', ':1'], 'Did you mean "bayarcash/late-failure"?'],
			[['*.yml', '--to', ':1'], 'error scenario-unknown'],
			[
				['a.yaml'],
				'error target-missing: a.yaml:4:5: step 1: no target for bayarcash/transaction-success',
			],
			[['a.yaml'], "try: Add --to with your receiver's URL"],
			[
				['a.yaml', '--to', ':1', '--jobs', '0'],
				'error usage: --jobs "0" is not a whole number from 1 to 64',
			],
			[['b.yaml', '--to', ':1', '--retry', 'often'], 'error schedule-invalid'],
			[['a.yaml', '--to', ':1', '--timeout', 'soon'], 'error duration-invalid'],
			[['a.yaml', '--to', 'http://8.8.8.8/'], 'error target-remote: a.yaml:4:5: step 1:'],
			[
				['a.yaml', '--to', ':1', '--probe-url', ':1/{reference}', '--probe-command', 'x'],
				'error option-conflict',
			],
		] as const) {
			const result = await folder.callsim(['run', ...args]);
			expect(result, args.join(' ')).toMatchObject({ code: 2, stdout: '' });
			expect(result.stderr).toContain(message);
			expect(result.stderr).toMatch(/\n {2}try: /);
		}
	});
});

describe('the JSON lines of run', () => {
	test('have one step a step, also after a failed one, and end with the summary', async () => {
		const { url } = await answering(200, 500, 200);
		const text = one(
			'a',
			'  - { fire: transaction-failed, retry: none, name: refused }\n  - fire: transaction-success\n',
		);
		const { lines, steps, summary, code } = await runText(text, ['--to', url]);
		expect(lines.map(({ type }) => type)).toEqual([
			'scenario',
			...['started', 'attempt', 'finished', 'step'],
			...['started', 'attempt', 'finished', 'step'],
			...['started', 'attempt', 'finished', 'step'],
			'scenario-finished',
			'summary',
		]);
		expect(lines.every(({ v, run }) => v === 1 && run === lines[0]?.['run'])).toBe(true);
		expect(steps[1]).toMatchObject({
			scenario: 'a',
			step: 2,
			name: 'refused',
			event: 'bayarcash/transaction-failed',
			passed: false,
			expected: 'acknowledged',
			got: 'status 500, expected 200, 1 attempt',
			file: 'test.yaml',
			line: 6,
		});
		expect(steps.map(({ passed }) => passed)).toEqual([true, false, true]);
		expect(summary).toMatchObject({
			deliveries: 3,
			acknowledged: 2,
			scenarios: { passed: 0, failed: 1, skipped: 0 },
			steps: { passed: 2, failed: 1, skipped: 0 },
			exitCode: 1,
		});
		expect(code).toBe(1);
	});
});

test('the text says what passed, what failed, where, and how to see it again', async () => {
	const { url } = await answering(200, 500);
	const folder = folderWith({
		'scenarios/a.yaml': one('a', '  - { fire: transaction-failed, retry: none }\n'),
	});
	const { stdout } = await folder.callsim(['run', 'scenarios', '--to', url, '--seed', '7']);
	expect(stdout.replaceAll(url, 'URL').replaceAll(/in [\d.]+ m?s/g, 'in N ms')).toBe(
		[
			'a  scenarios/a.yaml:1',
			'  ✓ 1 bayarcash/transaction-success  status 200 at attempt 1',
			'    attempt 1  +0 s      500 in N ms  status 500, expected 200',
			'      │ answer 2',
			'  ✗ 2 bayarcash/transaction-failed',
			'      expected   acknowledged',
			'      got        status 500, expected 200, 1 attempt',
			'      at         scenarios/a.yaml:6',
			'      reproduce  callsim fire bayarcash/transaction-failed --to URL --retry none',
			'',
			'✗ a',
			'✗ 1 of 1 scenario failed, 1 of 2 steps passed (--seed 7)',
			'',
		].join('\n'),
	);
});

describe('what run takes', () => {
	const files = {
		'scenarios/a.yaml': one('first'),
		'scenarios/deep/b.yml': one('second'),
		'scenarios/c.json': JSON.stringify({
			name: 'third',
			steps: [{ fire: 'bayarcash/transaction-success' }],
		}),
		'scenarios/notes.txt': 'no scenario',
	};

	test.each([
		[['scenarios/a.yaml'], ['first']],
		[['scenarios'], ['first', 'third', 'second']],
		[['scenarios/*.{yaml,json}'], ['first', 'third']],
		[
			['scenarios/**/*.yml', 'scenarios/a.yaml'],
			['second', 'first'],
		],
		[
			['scenarios/a.yaml', 'scenarios', './scenarios/a.yaml'],
			['first', 'third', 'second'],
		],
		[
			['bayarcash/payment', 'scenarios/c.json'],
			['bayarcash/payment', 'third'],
		],
	])('%j', async (args, names) => {
		const { url } = await answering(200);
		const { lines } = await folderWith(files).run([...args, '--to', url]);
		expect(lines.filter(({ type }) => type === 'scenario').map((line) => line['scenario'])).toEqual(
			names,
		);
	});

	test('a provider means all of its scenarios, which pass against a receiver that only acknowledges', async () => {
		const { url } = await answering(200);
		for (const [provider, count] of Object.entries({
			bayarcash: 9,
			iak: 6,
			khoins: 4,
			transfez: 5,
		})) {
			const { summary, code } = await folderWith({}).run([provider, '--to', url]);
			expect(summary?.['scenarios'], provider).toMatchObject({ passed: count, failed: 0 });
			expect(code).toBe(0);
		}
	});

	test('a folder with bodies beside the scenarios', async () => {
		const { url, seen } = await answering(200);
		const folder = folderWith({
			'scenarios/a.yaml': one('a', '    encoding: json\n    body: "@bodies/paid.json"\n'),
			'scenarios/bodies/paid.json': '{"order_number":"FILE-1"}',
		});
		const { code } = await folder.run(['scenarios', '--to', url]);
		expect(code).toBe(0);
		expect(seen[0]?.body.toString()).toContain('FILE-1');
	});

	test('two scenarios of one name are told apart by their files', async () => {
		const { url } = await answering(200);
		const { lines } = await folderWith({ 'a.yaml': one('same'), 'b.yaml': one('same') }).run([
			'a.yaml',
			'b.yaml',
			'--to',
			url,
		]);
		expect(lines.filter(({ type }) => type === 'scenario').map((line) => line['scenario'])).toEqual(
			['same (a.yaml)', 'same (b.yaml)'],
		);
	});
});
