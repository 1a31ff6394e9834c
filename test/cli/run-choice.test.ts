import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { answering, serve } from '../support/server.ts';

const scenario = (name: string, steps = 2) =>
	`name: ${name}\nprovider: bayarcash\nfresh: true\nsteps:\n  - { fire: transaction-success, retry: none, repeat: ${steps} }\n`;
const files = {
	's/paid.yaml': scenario('a paid order'),
	's/late-failure.yaml': scenario('an order that fails late'),
	's/refund.yaml': scenario('a refund'),
};

describe('--only', () => {
	test.each([
		[['a refund'], ['a refund']],
		[['late-failure'], ['an order that fails late']],
		[['order'], ['an order that fails late', 'a paid order']],
		[
			['refund', 'paid'],
			['a paid order', 'a refund'],
		],
		[['refund.yaml'], ['a refund']],
		[['s/refund.yaml'], ['a refund']],
	])('%j', async (only, names) => {
		const { url } = await answering(200);
		const { lines } = await folderWith(files).run([
			's',
			'--to',
			url,
			...only.flatMap((name) => ['--only', name]),
		]);
		expect(lines.filter(({ type }) => type === 'scenario').map((line) => line['scenario'])).toEqual(
			names,
		);
	});

	test('one that is none is a problem with a suggestion, and nothing is sent', async () => {
		const { url, seen } = await answering(200);
		const { code, stderr, stdout } = await folderWith(files).callsim([
			'run',
			's',
			'--to',
			url,
			'--only',
			'refnud',
		]);
		expect(stderr).toBe(
			'error scenario-unknown: --only "refnud" is none of the scenarios\n  try: Did you mean "refund"?\n',
		);
		expect({ code, stdout, sent: seen.length }).toEqual({ code: 2, stdout: '', sent: 0 });
	});
});

describe('--bail', () => {
	test('leaves the rest untried, and says how much that is', async () => {
		const { url, seen } = await answering(200, 500);
		const folder = folderWith(files);
		const { summary, code } = await folder.run(['s', '--to', url, '--bail']);
		expect(summary).toMatchObject({
			scenarios: { passed: 0, failed: 1, skipped: 2 },
			steps: { passed: 1, failed: 1, skipped: 4 },
		});
		expect({ code, sent: seen.length }).toEqual({ code: 1, sent: 2 });
	});

	test('is said in the text', async () => {
		const { url } = await answering(500);
		const text =
			'name: a\nprovider: bayarcash\nsteps: [{ fire: transaction-success, retry: none }, { fire: transaction-failed }]';
		const { stdout } = await folderWith({ 'a.yaml': text, 'b.yaml': text }).callsim([
			'run',
			'a.yaml',
			'b.yaml',
			'--to',
			url,
			'--bail',
		]);
		expect(stdout).toContain('  – 1 steps not tried\n'.replace('steps', 'step'));
		expect(stdout).toContain('✗ 1 of 2 scenarios failed, 1 not tried, 0 of 4 steps passed');
	});
});

describe('--jobs', () => {
	const many = Object.fromEntries(
		Array.from({ length: 8 }, (_, at) => [`s/n${at}.yaml`, scenario(`scenario ${at}`, 3)]),
	);

	test('runs scenarios at the same time, and tells each in one piece', async () => {
		const open: (() => void)[] = [];
		const { url } = await serve((_seen, response, count) => {
			// The first four are answered once all of them are there: one after the other they never would be.
			if (count > 4) return void response.writeHead(500).end('no');
			open.push(() => response.end('OK'));
			if (count === 4) for (const answer of open) answer();
		});
		const { stdout, code } = await folderWith(many).callsim([
			'run',
			's',
			'--to',
			url,
			'--jobs',
			'4',
			'--no-color',
		]);
		const blocks = stdout.split(/^(?=scenario \d {2})/m);
		expect(blocks).toHaveLength(8);
		for (const block of blocks) {
			expect(block.match(/^ {2}[✓✗] 1 #[123] /gm)).toHaveLength(3);
			expect(block).toMatch(/^scenario (\d) {2}s\/n\1\.yaml:1\n/);
		}
		expect(stdout.match(/^✗ scenario \d$/gm)).toHaveLength(8);
		expect(stdout).toContain('✗ 8 of 8 scenarios failed, 4 of 24 steps passed');
		expect(code).toBe(1);
	});

	test('comes to the same result as one at a time, ids included', async () => {
		const bodies = async (jobs: string) => {
			const { url } = await answering(200);
			const result = await folderWith(many).run(['s', '--to', url, '--jobs', jobs, '--seed', '5']);
			const steps = result.steps.map(
				({ scenario: name, step, iteration, passed }) => `${name} ${step} ${iteration} ${passed}`,
			);
			const sent = result.bodies
				.map((body) => new URLSearchParams(body).get('transaction_id'))
				.sort();
			return { steps: steps.sort(), sent, tally: result.summary?.['steps'] };
		};
		expect(await bodies('4')).toEqual(await bodies('1'));
	});

	test('an interruption ends all of them, each with its end told', async () => {
		const stop = new AbortController();
		const { url } = await serve((_seen, _response, count) => {
			if (count === 4) stop.abort();
		});
		const folder = folderWith(many);
		const { lines, summary, code } = await folder.run(['s', '--to', url, '--jobs', '4'], {
			signalWhen: [stop.signal, 'SIGINT'],
		});
		expect(lines.filter(({ type }) => type === 'scenario-finished')).toHaveLength(4);
		expect(
			lines.filter(({ type }) => type === 'step').every((line) => line['passed'] === false),
		).toBe(true);
		expect(summary).toMatchObject({
			scenarios: { passed: 0, failed: 4, skipped: 4 },
			exitCode: 130,
		});
		expect(code).toBe(130);
	});
});

test('the same seed makes the same run, another one another', async () => {
	const text =
		'name: a\nprovider: bayarcash\nfresh: true\nshuffle: true\nsteps: [{ fire: pre-transaction }, { fire: transaction-success }, { fire: transaction-pending }, { fire: transaction-failed }]';
	const { url } = await answering(200);
	const folder = folderWith({ 'a.yaml': text });
	const run = async (...seed: string[]) =>
		(await folder.run(['a.yaml', '--to', url, ...seed])).bodies.map((body) => {
			const fields = new URLSearchParams(body);
			return `${fields.get('transaction_id')} ${fields.get('status') ?? 'pre'}`;
		});
	const one = await run('--seed', '11');
	expect(await run('--seed', '11')).toEqual(one);
	expect(await run('--seed', '12')).not.toEqual(one);
	const ids = (told: string[]) => new Set(told.map((one) => one.split(' ')[0]));
	expect(ids(one).size).toBe(1);
	expect(ids([...one, ...(await run()), ...(await run())]).size).toBe(3);
});
