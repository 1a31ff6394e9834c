import { describe, expect, test } from 'vitest';
import { formatNames, reportFormats } from '../../src/report/formats.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { junitCases, tapResults } from '../support/scenario-reports.ts';
import { answering, closedPort, serve } from '../support/server.ts';
import { openShop } from '../support/shop.ts';

const success = 'bayarcash/transaction-success';
const scenario = `name: a\nsteps: [{ fire: ${success}, retry: none }]`;
const commands = (url: string): [string, string[]][] => [
	['fire', ['fire', success, '--to', url, '--retry', 'none']],
	['run', ['run', 'a.yaml', '--to', url]],
	['check', ['check', 'bayarcash', '--to', url]],
];

describe('--report', () => {
	test('writes a file of each kind, several at once, for fire and run', async () => {
		const { url } = await answering(500);
		for (const [name, args] of commands(url).slice(0, 2)) {
			const folder = folderWith({ 'a.yaml': scenario });
			const kinds = reportFormats.map(({ name }) => name);
			const result = await folder.callsim([
				...args,
				...kinds.flatMap((kind) => ['--report', `${kind}=deep/${kind}/out`]),
			]);
			expect(result.code, name).toBe(1);
			expect(kinds.filter((kind) => !folder.has(`deep/${kind}/out`))).toEqual([]);
			expect(
				(await junitCases(folder.read('deep/junit/out'))).map(({ verdict }) => verdict),
			).toEqual(['failure']);
			expect(JSON.parse(folder.read('deep/json/out'))).toMatchObject({
				command: name,
				exitCode: 1,
				totals: { cases: 1, failed: 1 },
			});
		}
	});

	test('is told in help with every format there is', async () => {
		const { stdout } = await folderWith({}).callsim(['fire', '--help', 'all']);
		expect(stdout.replace(/\s+/g, ' ')).toContain(`${formatNames()}, into a file`);
	});

	test('writes the rules of check', async () => {
		const shop = await openShop({ verify: () => true });
		const folder = folderWith({});
		await folder.callsim([
			'check',
			'bayarcash',
			'--to',
			`${shop.origin}/cb`,
			'--only',
			'checksum-wrong-key,method',
			'--report',
			'junit=out.xml',
			'--report',
			'tap=out.tap',
		]);
		const cases = await junitCases(folder.read('out.xml'));
		expect(cases.filter(({ verdict }) => verdict === 'failure').map(({ name }) => name)).toContain(
			'checksum-wrong-key',
		);
		expect((await tapResults(folder.read('out.tap'))).ok).toBe(false);
	});

	test('without a file takes stdout, and the text goes to stderr', async () => {
		const { url } = await answering(200);
		const folder = folderWith({ 'a.yaml': scenario });
		for (const [, args] of commands(url).slice(0, 2)) {
			const { stdout, stderr, code } = await folder.callsim([...args, '--report', 'tap']);
			expect(stdout.startsWith('TAP version 14\n')).toBe(true);
			expect((await tapResults(stdout)).ok).toBe(true);
			expect(stderr).toMatch(/acknowledged|passed/);
			expect(code).toBe(0);
		}
	});

	test.each([
		[
			['--report', 'junt=x'],
			'error report-invalid: --report "junt" is no kind of report\n  try: Did you mean "junit"?',
		],
		[['--report', 'junit='], 'error report-invalid: --report junit= names no file'],
		[['--report', 'junit=.'], 'error report-invalid: --report: "." is a folder'],
		[
			['--report', 'junit', '--report', 'tap'],
			'error report-invalid: --report junit and --report tap both want stdout',
		],
		[
			['--report', 'junit', '--json'],
			'error report-invalid: --report junit and --json both want stdout',
		],
		[
			['--report', 'tap=-', '--json'],
			'error report-invalid: --report tap and --json both want stdout',
		],
	])('%j is a problem before anything is sent', async (flags, message) => {
		const { url, seen } = await answering(200);
		const folder = folderWith({ 'a.yaml': scenario });
		for (const [, args] of commands(url)) {
			const { code, stderr, stdout } = await folder.callsim([...args, ...flags]);
			expect(stderr).toContain(message);
			expect({ code, stdout, sent: seen.length }).toEqual({ code: 2, stdout: '', sent: 0 });
		}
	});

	test('that cannot be written is a problem, and the others are written all the same', async () => {
		const { url } = await answering(200);
		const folder = folderWith({ 'a.yaml': scenario, file: '' });
		const { code, stderr, stdout } = await folder.callsim([
			'run',
			'a.yaml',
			'--to',
			url,
			'--report',
			'junit=file/out.xml',
			'--report',
			'tap=out.tap',
		]);
		expect(stderr).toMatch(
			/error output-unwritable: cannot write the report "file\/out\.xml" \(E\w+\)/,
		);
		expect(stdout).toContain('✓ 1 scenario passed');
		expect(folder.has('out.tap')).toBe(true);
		expect(code).toBe(2);
	});

	test('is not written over another', async () => {
		const folder = folderWith({ 'a.yaml': scenario });
		const reports = ['--report', 'json=r/out', '--report', 'html=r/../r/out'];
		const { code, stderr } = await folder.callsim(['run', 'a.yaml', '--to', ':1', ...reports]);
		expect(stderr).toContain(
			'error report-invalid: --report json and html both want the file "r/../r/out"',
		);
		expect({ code, isWritten: folder.has('r/out') }).toEqual({ code: 2, isWritten: false });
	});

	test('is written for a problem, as an error', async () => {
		const folder = folderWith({ 'a.yaml': 'name: a\nsteps: [{ fire: bayarcash/nothing }]' });
		for (const args of [
			['run', 'a.yaml', '--to', ':1'],
			['fire', 'bayarcash/nothing', '--to', ':1'],
			['check', 'bayarcsh', '--to', ':1'],
		]) {
			const { code } = await folder.callsim([
				...args,
				'--report',
				'junit=out.xml',
				'--report',
				'tap=out.tap',
				'--report',
				'json=out.json',
			]);
			expect(code).toBe(2);
			expect(await junitCases(folder.read('out.xml'))).toMatchObject([
				{ verdict: 'error', text: expect.stringMatching(/(event|provider)-unknown/) as string },
			]);
			expect(await tapResults(folder.read('out.tap'))).toMatchObject({
				ok: false,
				bailout: expect.stringContaining('-unknown') as string,
			});
			expect(JSON.parse(folder.read('out.json'))).toMatchObject({
				exitCode: 2,
				broken: { kind: 'problem' },
			});
		}
	});

	test('of a run in which nobody listened is not green', async () => {
		const folder = folderWith({ 'a.yaml': scenario });
		const to = `:${await closedPort()}/cb`;
		for (const args of [
			['run', 'a.yaml'],
			['fire', success],
		]) {
			const result = await folder.callsim([
				...args,
				'--to',
				to,
				'--wait-for',
				'1ms',
				'--report',
				'junit=out.xml',
				'--report',
				'tap=out.tap',
			]);
			expect(result.code).toBe(3);
			expect((await tapResults(folder.read('out.tap'))).ok, args[0]).toBe(false);
			expect(
				(await junitCases(folder.read('out.xml'))).some(({ verdict }) => verdict === 'error'),
				args[0],
			).toBe(true);
		}
	});

	test.each([
		['SIGINT', 0],
		['SIGINT', 1],
		['SIGTERM', 0],
		['SIGTERM', 1],
	] as const)('is written after %s', async (signal, which) => {
		const stop = new AbortController();
		const { url } = await serve(() => stop.abort());
		const folder = folderWith({ 'a.yaml': scenario });
		const args = commands(url)[which]?.[1] ?? [];
		const { code } = await folder.callsim(
			[...args, '--report', 'junit=out.xml', '--report', 'html=out.html'],
			{
				signalWhen: [stop.signal, signal],
			},
		);
		expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
		expect((await junitCases(folder.read('out.xml'))).map(({ verdict }) => verdict)).toContain(
			'error',
		);
		expect(folder.has('out.html')).toBe(true);
	});
});
