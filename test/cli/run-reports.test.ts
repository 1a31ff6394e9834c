import { describe, expect, test } from 'vitest';
import { folderWith } from '../support/scenario-cli.ts';
import { junitCases, tapResults } from '../support/scenario-reports.ts';
import { serve } from '../support/server.ts';

const wrong = ['scenario 07', 'scenario 15', 'scenario 30'];
const numbers = Array.from({ length: 30 }, (_, at) => String(at + 1).padStart(2, '0'));
const files = Object.fromEntries(
	numbers.map((n) => [
		`s/${n}.yaml`,
		`# ${n}\nname: scenario ${n}\nprovider: bayarcash\nsteps:\n  - fire: pre-transaction\n  - { fire: transaction-success, ref: "ORD-${n}", retry: none }\n`,
	]),
);

/** Refuses the payment of three of thirty. */
const receiver = () =>
	serve((seen, response) => {
		const order = new URLSearchParams(seen.body.toString()).get('order_number') ?? '';
		const isWrong = wrong.includes(order.replace('ORD-', 'scenario '));
		response.writeHead(isWrong ? 500 : 200).end(isWrong ? 'no such table' : 'OK');
	});

describe.each(['1', '4'])('30 scenarios of which 3 fail, --jobs %s, show exactly these', (jobs) => {
	test('in every report and in the exit code', async () => {
		const { url } = await receiver();
		const folder = folderWith(files);
		const reports = [
			'junit=r/a/junit.xml',
			'tap=r/out.tap',
			'github=r/annotations.txt',
			'json=r/out.json',
			'har=r/out.har',
			'html=r/out.html',
		];
		const args = [
			'run',
			's',
			'--to',
			url,
			'--speed',
			'max',
			'--jobs',
			jobs,
			...reports.flatMap((one) => ['--report', one]),
		];
		const { code, stdout } = await folder.callsim(args, {
			env: { GITHUB_STEP_SUMMARY: `${folder.path}/summary.md` },
		});
		expect(code).toBe(1);
		expect([...stdout.matchAll(/^✗ (scenario \d\d)$/gm)].map(([, name]) => name)).toEqual(wrong);
		expect(stdout).toContain('✗ 3 of 30 scenarios failed, 57 of 60 steps passed');

		const cases = await junitCases(folder.read('r/a/junit.xml'));
		expect(cases).toHaveLength(60);
		expect(
			cases
				.filter(({ verdict }) => verdict !== 'passed')
				.map(({ suite, name, verdict }) => `${suite} ${name} ${verdict}`)
				.sort(),
		).toEqual(wrong.map((name) => `${name} 2 bayarcash/transaction-success failure`));
		expect(cases.find(({ verdict }) => verdict === 'failure')?.text).toMatch(/s\/\d\d\.yaml:6/);

		const tap = await tapResults(folder.read('r/out.tap'));
		expect(tap.ok).toBe(false);
		expect(tap.points).toHaveLength(30);
		expect(
			tap.points
				.filter(({ ok }) => !ok)
				.map(({ name }) => name)
				.sort(),
		).toEqual(wrong);

		const annotations = folder.read('r/annotations.txt').trim().split('\n').sort();
		expect(annotations).toHaveLength(3);
		for (const [at, name] of wrong.entries())
			expect(annotations[at]).toContain(
				`::error file=s/${name.slice(-2)}.yaml,line=6,title=${name}%3A 2 bayarcash/transaction-success::`,
			);
		const summary = folder.read('summary.md');
		expect(summary).toContain('60 cases: 57 passed, 3 failed');
		for (const n of numbers)
			expect(summary.includes(`scenario ${n}`)).toBe(wrong.includes(`scenario ${n}`));

		const json = JSON.parse(folder.read('r/out.json')) as {
			exitCode: number;
			totals: object;
			suites: { name: string; verdict: string }[];
		};
		expect(json).toMatchObject({
			exitCode: 1,
			totals: {
				suites: 30,
				cases: 60,
				passed: 57,
				failed: 3,
				errors: 0,
				deliveries: 60,
				acknowledged: 57,
			},
		});
		expect(
			json.suites
				.filter(({ verdict }) => verdict !== 'passed')
				.map(({ name }) => name)
				.sort(),
		).toEqual(wrong);

		const har = JSON.parse(folder.read('r/out.har')) as {
			log: { entries: { response: { status: number } }[] };
		};
		expect(har.log.entries).toHaveLength(60);
		expect(har.log.entries.filter(({ response }) => response.status === 500)).toHaveLength(3);
		expect(folder.read('r/out.html')).toMatch(/3 failed/);
	});
});

test('suites and cases have names of their own where steps repeat', async () => {
	const { url } = await receiver();
	const folder = folderWith({
		'a.yaml':
			'name: a\nsteps: [{ fire: bayarcash/transaction-success, repeat: 3 }, { fire: bayarcash/transaction-success }]',
	});
	await folder.callsim(['run', 'a.yaml', '--to', url, '--report', 'junit=out.xml']);
	expect((await junitCases(folder.read('out.xml'))).map(({ name }) => name)).toEqual([
		'1 #1 bayarcash/transaction-success',
		'1 #2 bayarcash/transaction-success',
		'1 #3 bayarcash/transaction-success',
		'2 bayarcash/transaction-success',
	]);
});

test('what --bail left untried is said in the reports, too', async () => {
	const { url } = await receiver();
	const folder = folderWith(files);
	await folder.callsim([
		'run',
		's',
		'--to',
		url,
		'--speed',
		'max',
		'--bail',
		'--report',
		'json=out.json',
		'--report',
		'junit=out.xml',
	]);
	const json = JSON.parse(folder.read('out.json')) as {
		suites: { name: string }[];
		totals: { skipped: number };
	};
	expect(json.totals.skipped).toBe(46);
	const cases = await junitCases(folder.read('out.xml'));
	expect(cases.filter(({ verdict }) => verdict === 'skipped')).toHaveLength(46);
});
