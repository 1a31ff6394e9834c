import { describe, expect, test } from 'vitest';
import { refusePage, reportRequests } from '../../src/cli/report-requests.ts';
import { reachOf } from '../../src/delivery/reach.ts';
import { noteUsualPort } from '../../src/engine/usual-port.ts';
import { withoutOuterQuotes } from '../../src/model/outer-quotes.ts';
import { callsim } from '../support/run-cli.ts';
import { folderWith } from '../support/scenario-cli.ts';
import { answering, closedPort } from '../support/server.ts';

const success = 'bayarcash/transaction-success';
const fire = (...args: readonly string[]) => callsim(['fire', ...args]);

describe('what a hint leads to', () => {
	test.each<[string, readonly string[], string, string]>([
		[
			'quotes of cmd.exe',
			[success, '--to', "'http://127.0.0.1:9/cb'"],
			'has quotes of its own',
			'--to http://127.0.0.1:9/cb',
		],
		[
			'double ones',
			[success, '--to', '"http://127.0.0.1:9/cb"'],
			'has quotes of its own',
			'--to http://127.0.0.1:9/cb',
		],
		[
			'a quote alone',
			[success, '--to', "'http://127.0.0.1:9/cb"],
			'has quotes of its own',
			'--to http://127.0.0.1:9/cb',
		],
		[
			'around another URL',
			[success, '--to', ':9', '--return-to', "':9/back'"],
			'has quotes of its own',
			'--return-to :9/back',
		],
		[
			'around a header',
			[success, '--to', ':9', '--header', "'x-a: b'"],
			'quotes around name and value',
			'Put double quotes around the argument',
		],
		[
			'that cmd.exe cut at the blank',
			[success, '--to', ':9', '--header', "'x-a:"],
			'quotes around',
			'double quotes',
		],
		[
			'no colon',
			[success, '--to', 'http//127.0.0.1:9/cb'],
			'has no colon behind http',
			'--to http://127.0.0.1:9/cb',
		],
		[
			'no colon, TLS',
			[success, '--to', 'https//shop.test/cb'],
			'has no colon behind https',
			'--to https://shop.test/cb',
		],
		['a quoted event', ["'iak/pulsa-success'", '--to', ':9'], 'quotes of its own', 'cmd.exe'],
		['a quoted field', [success, '--to', ':9', '--set', "'amount=1.00'"], '--set has', 'cmd.exe'],
		['a quoted fault', [success, '--to', ':9', '--tamper', '"amount=1"'], 'amount=…', '--set'],
		['a quoted reference', [success, '--to', ':9', '--ref', "'ORD-1'"], '--ref has', 'Leave them'],
		['a quoted schedule', [success, '--to', ':9', '--retry', "'3x1s'"], '--retry has', 'double'],
		['a quoted name', [success, '--to', ':9', '--resolve', "'a:::1'"], '--resolve has', 'double'],
		[
			'an event by its end',
			['bayarcash/success', '--to', ':9'],
			'no event',
			'"bayarcash/transaction-success"',
		],
		[
			'a failure by its end',
			['bayarcash/failed', '--to', ':9'],
			'no event',
			'"bayarcash/transaction-failed"',
		],
		[
			'attempts without a pause',
			[success, '--to', ':9', '--retry', '3x'],
			'says no pause',
			'--retry 3x10s',
		],
		...['x3', '3X', '3 x'].map((retry): [string, string[], string, string] => [
			`attempts as ${retry}`,
			[success, '--to', ':9', '--retry', retry],
			'says no pause',
			'--retry 3x10s',
		]),
		[
			'a schedule with another sign',
			[success, '--to', ':9', '--retry', '3*20s'],
			'is misspelt',
			'--retry 3x20s',
		],
		[
			'a message for an event',
			['bayarcash/transaction', '--to', ':9'],
			'no event',
			'"bayarcash/transaction-success"',
		],
		[
			'a message of which no event is usual',
			['bayarcash/receipt', '--to', ':9'],
			'no event',
			'receipt-cancelled, receipt-failed',
		],
		[
			'a success that is called otherwise',
			['transfez/success', '--to', ':9'],
			'no event',
			'"transfez/transaction-completed"',
		],
		[
			'a pause without a unit',
			[success, '--to', ':9', '--retry', '3x5'],
			'says no unit',
			'--retry 3x5s',
		],
		[
			'a number alone for attempts',
			[success, '--to', ':9', '--retry', '5'],
			'is a number alone',
			'attempts and pause (5x300s)',
		],
		['a comma', [success, '--to', ':9', '--amount', '12,50'], 'is not a number', '--amount 12.50'],
		[
			'thousands',
			[success, '--to', ':9', '--amount', '1,234.50'],
			'is not a number',
			'--amount 1234.50',
		],
		[
			'thousands, the other way',
			[success, '--to', ':9', '--amount', 'RM 1.234,50'],
			'is not a number',
			'--amount 1234.50',
		],
		['words', [success, '--to', ':9', '--amount', 'ten'], 'is not a number', '--set'],
	])('%s: %j', async (_what, args, what, hint) => {
		const { code, stderr } = await fire(...args);
		const [first, second] = stderr.split('\n');
		expect(first).toContain(what);
		expect(second).toContain(hint);
		expect(code).toBe(2);
	});

	test('quotes that belong to a value are sent', async () => {
		const { url, seen } = await answering(200);
		const set = ['--set', "payer_name='Ali'", '--set', 'order_number="7"', '--header', 'x-a: "b"'];
		expect((await fire(success, '--to', url, ...set)).code).toBe(0);
		const fields = new URLSearchParams(seen[0]?.body.toString());
		expect([fields.get('payer_name'), fields.get('order_number')]).toEqual(["'Ali'", '"7"']);
	});

	test.each(["''", '""', '``', '\u2018\u2019', '\u201c\u201d'])(
		'a password between quotes (%s) is not repeated, and the quotes are what is wrong',
		async ([before, behind]) => {
			const { stdout, stderr } = await fire(
				...[success, '--to', `${before}http://user:hunter2@127.0.0.1/${behind}`],
			);
			expect(stderr).toContain('has quotes of its own');
			expect(stderr).toContain("--to 'http://[masked]@127.0.0.1/'");
			expect(stdout + stderr).not.toContain('hunter2');
		},
	);
});

test.each([
	['http://x', undefined],
	["it's", undefined],
	["'a'", 'a'],
	['\u201ca\u201d', 'a'],
	["'a", 'a'],
])('quotes around %j leave %j', (text, left) => expect(withoutOuterQuotes(text)).toBe(left));

test('a local URL without a port is told to be port 80, where nothing listens there', async () => {
	const noted = async (...urls: string[]) => {
		const notes: string[] = [];
		await noteUsualPort(
			urls.map((url) => ({ url: new URL(url), reach: reachOf({}) })),
			{ note: (text) => notes.push(text) },
		);
		return notes;
	};
	const told = (host: string) =>
		`${host} without a port is port 80, where nothing listens; did you mean :3000?`;
	expect(await noted('http://localhost/cb', 'http://localhost/return')).toEqual([
		told('localhost'),
	]);
	expect(await noted('http://127.0.0.1/')).toEqual([told('127.0.0.1')]);
	expect(
		await noted(
			`http://localhost:${await closedPort()}/`,
			'https://localhost/',
			'http://10.0.0.1/',
		),
	).toEqual([]);
	const { stderr } = await fire(success, '--to', 'localhost', '--retry', 'none');
	expect(stderr).toContain(`note: ${told('localhost')}\n`);
});

describe('a forgery that changes nothing', () => {
	test.each<[string, readonly string[], string]>([
		[
			'the value it has',
			['--set', 'amount=1.00', '--tamper', 'amount=1.00'],
			'amount is "1.00" already',
		],
		[
			'one of two',
			['--set', 'amount=1.00', '--tamper', 'amount=2.00', '--tamper', 'status=3'],
			'status is "3" already',
		],
		[
			'twice the same',
			['--tamper', 'amount=1.00', '--tamper', 'amount=1.00'],
			'amount is "1.00" already',
		],
	])('is a problem: %s', async (_what, args, what) => {
		const { code, stderr } = await callsim(['show', success, ...args]);
		expect(stderr).toBe(
			`error value-misfit: --tamper changes nothing: ${what}\n  try: Write another value.\n`,
		);
		expect(code).toBe(2);
	});

	test('another spelling of a number is a change', async () => {
		const { code } = await callsim([
			'show',
			success,
			'--set',
			'amount=1.00',
			'--tamper',
			'amount=1.0',
		]);
		expect(code).toBe(0);
	});
});

describe('check without a provider', () => {
	const project = (...targets: string[]) =>
		folderWith({ 'callsim.yaml': `targets:\n${targets.map((one) => `  ${one}\n`).join('')}` });

	test('takes the one that the project file speaks of', async () => {
		const port = await closedPort();
		const folder = project(`bayarcash: http://127.0.0.1:${port}/cb`);
		const { code, stdout } = await folder.callsim(['check', '--only', 'duplicate', '--json']);
		expect(stdout).toContain('"provider":"bayarcash"');
		expect(code).toBe(3);
	});

	test('names those that it speaks of, where there are several', async () => {
		const folder = project('bayarcash: http://127.0.0.1:9/', 'iak: http://127.0.0.1:9/');
		const { code, stderr } = await folder.callsim(['check']);
		expect(stderr).toContain('Name one of bayarcash, iak: callsim check bayarcash');
		expect(code).toBe(2);
	});

	test('asks for one where there is none', async () => {
		const { code, stderr } = await folderWith({}).callsim(['check', '--to', ':9']);
		expect(stderr).toContain('Name one: callsim check bayarcash --to');
		expect(code).toBe(2);
	});
});

test('an HTML page is not printed at somebody, but into a pipe it is', () => {
	const [request] = reportRequests(['html'], false, {});
	if (request === undefined) throw new Error('one was asked for');
	const sink = (isTTY: boolean) => ({ stdout: { isTTY, columns: 80, write: () => undefined } });
	expect(() => refusePage([request], sink(true))).toThrow(
		expect.objectContaining({ hint: 'Give it a file: --report html=reports/callsim.html' }),
	);
	expect(() => refusePage([request], sink(false))).not.toThrow();
	expect(() =>
		refusePage(reportRequests(['html=a.html', 'tap'], false, {}), sink(true)),
	).not.toThrow();
});
