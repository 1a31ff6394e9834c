import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { speed } from '../support/hurried-clock.ts';
import { isLong } from '../support/long.ts';
import { type CliOptions, callsim } from '../support/run-cli.ts';
import { closedPort } from '../support/server.ts';
import { openShop, settledOnce, type TestShop } from '../support/shop.ts';
import { bayarcashIsGenuine } from '../support/verifier.ts';

interface Line {
	readonly v: number;
	readonly type: string;
	readonly run: string;
	readonly rule: string;
	readonly level: string;
	readonly verdict: string;
	readonly reason: string;
	readonly hint: string;
	readonly reproduce: string;
	readonly evidence: readonly {
		readonly case: string;
		readonly before?: string;
		readonly after?: string;
	}[];
	readonly exitCode: number;
	readonly passed: number;
	readonly rules: number;
}

const check = async (
	shop: Pick<TestShop, 'origin'>,
	flags: readonly string[],
	options: CliOptions = {},
) => {
	const result = await callsim(
		['check', 'bayarcash', '--to', `${shop.origin}/callback`, '--json', ...flags],
		options,
	);
	const lines = result.stdout
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Line);
	const rules = lines.filter(({ type }) => type === 'rule');
	const verdictOf = (rule: string) => rules.find((line) => line.rule === rule)?.verdict;
	const of = (verdict: string) =>
		rules.filter((line) => line.verdict === verdict).map(({ rule }) => rule);
	return { ...result, lines, rules, verdictOf, of };
};

const stateful = [
	'success-takes-effect',
	'failure-not-success',
	'pending-not-success',
	'duplicate',
	'duplicate-at-once',
	'late-failure',
	'out-of-order',
	'second-attempt',
	'amount-trusted',
	'currency-trusted',
	'retry-after-failure',
	'effect-behind-refusal',
	'separator-recut',
];

/** What else an order's page is read for: forgeries, and what is no report. The zoo's careful receivers are asked everything. */
const forged = ['state-visible', 'checksum-missing', 'signed-field-tampered', 'body-empty'];
const byState = isLong ? [] : ['--only', [...stateful, ...forged].join()];

describe('a careful receiver', () => {
	test('fails nothing, with one record a rule and a summary that counts them', async () => {
		const shop = await openShop();
		const { lines, rules, of, code } = await check(shop, [...shop.flags, ...byState]);
		expect(of('failed')).toEqual([]);
		expect(code).toBe(0);
		expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
		expect(lines.every(({ v, run }) => v === 1 && run === lines[0]?.run)).toBe(true);
		expect(lines.at(-1)).toMatchObject({
			type: 'summary',
			exitCode: 0,
			rules: rules.length,
			passed: of('passed').length,
		});
	});

	test('without a probe is told how to give one, and nothing passes that needs the state', async () => {
		const shop = await openShop();
		const { rules, of, code } = await check(shop, []);
		expect(rules[0]).toMatchObject({ rule: 'state-visible', verdict: 'inconclusive' });
		expect(rules[0]?.hint).toContain('--probe-url');
		expect(of('passed').filter((rule) => stateful.includes(rule))).toEqual([]);
		expect(of('failed')).toEqual([]);
		expect(code).toBe(0);
	});

	test('may answer first, work a quarter of a second later, and show a clock and a random number beside the order', async () => {
		const shop = await openShop({
			workAfter: 250 / speed,
			page: () => ({ served_at: Date.now(), request_id: Math.random() }),
		});
		const { of } = await check(shop, [...shop.flags, ...byState]);
		expect(of('failed')).toEqual([]);
		expect(of('passed')).toEqual(
			expect.arrayContaining(['duplicate', 'late-failure', 'second-attempt', 'amount-trusted']),
		);
	});

	test('may keep the provider’s last status, a count and a log of callbacks beside the order, and what is left out is told', async () => {
		const shop = await openShop({
			settle: (order, fields) => {
				order['last_status'] = fields['status'];
				order['seen'] = Number(order['seen'] ?? 0) + 1;
				order['log'] = [...((order['log'] as unknown[]) ?? []), { ...fields, id: order['seen'] }];
				settledOnce(order, fields);
			},
		});
		const { of, rules } = await check(shop, [
			...shop.flags,
			...byState,
			'--probe-ignore',
			'last_status',
		]);
		expect(of('failed')).toEqual([]);
		const told = 'left out: seen, log (each callback leaves its trace there)';
		for (const rule of ['state-visible', 'duplicate'])
			expect(rules.find((one) => one.rule === rule)?.reason).toContain(told);
	});
});

describe('a careless receiver', () => {
	test('that works later and credits twice is found out', async () => {
		const shop = await openShop({
			workAfter: 150 / speed,
			settle: (order, fields) => {
				if (fields['record_type'] === 'transaction' && fields['status'] === '3') {
					order.state = 'paid';
					order.credited++;
				}
			},
		});
		const { verdictOf, code } = await check(shop, [
			...shop.flags,
			'--only',
			'duplicate,amount-trusted,checksum-missing',
		]);
		expect([
			verdictOf('duplicate'),
			verdictOf('amount-trusted'),
			verdictOf('checksum-missing'),
		]).toEqual(['failed', 'failed', 'passed']);
		expect(code).toBe(1);
	});

	test('fails at the gate that was chosen', async () => {
		const shop = await openShop({
			before: (fields, response) => {
				if (bayarcashIsGenuine(fields)) return false;
				response.writeHead(200).end('invalid checksum');
				return true;
			},
		});
		const flags = [...shop.flags, '--only', 'refusal-status,checksum-wrong-key'];
		const lenient = await check(shop, flags);
		expect([
			lenient.verdictOf('refusal-status'),
			lenient.verdictOf('checksum-wrong-key'),
			lenient.code,
		]).toEqual(['failed', 'warned', 0]);
		expect((await check(shop, [...flags, '--fail-on', 'should'])).code).toBe(1);
	});

	test('that goes down is named, and rules that met nobody are not blamed', async () => {
		const shop = await openShop({
			before: (fields) => {
				if (String(fields['checksum']).includes('é')) shop.close();
				return false;
			},
		});
		const { verdictOf, of, rules, code } = await check(shop, [
			...shop.flags,
			'--only',
			'checksum-wrong-key,healthy-at-the-end,checksum-multibyte',
		]);
		expect(verdictOf('healthy-at-the-end')).toBe('failed');
		expect(of('failed')).not.toContain('checksum-wrong-key');
		expect(rules.find(({ rule }) => rule === 'healthy-at-the-end')?.reason).toContain('went down');
		expect(code).toBe(1);
	});
});

describe('a failure', () => {
	test('prints command lines that do the same again, set-up included', async () => {
		const shop = await openShop({
			verify: (fields) => fields['checksum'] === undefined || bayarcashIsGenuine(fields),
		});
		const { rules, code } = await check(shop, [...shop.flags, '--only', 'checksum-missing']);
		expect(code).toBe(1);
		const [{ reproduce } = { reproduce: '' }] = rules;
		const [setUp = '', fire = ''] = reproduce.split('\n');
		expect(setUp).toMatch(/^curl -sS -X POST .*\/setup\/CS-/);
		shop.orders.clear();
		const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));
		const script = `callsim() { '${process.execPath}' '${bin}' "$@"; }\n${setUp}\n${fire}\n`;
		await promisify(execFile)('bash', ['-c', script]);
		expect([...shop.orders.values()].map(({ state }) => state)).toEqual(['paid']);
	});

	test('is told to a person with what was sent, what came back, why it matters and how to fix it', async () => {
		const shop = await openShop({
			verify: (fields) => fields['checksum'] === undefined || bayarcashIsGenuine(fields),
		});
		const { stdout } = await callsim([
			'check',
			'bayarcash',
			'--to',
			`${shop.origin}/callback`,
			...shop.flags,
			'--only',
			'checksum-missing,duplicate',
		]);
		expect(stdout).toMatch(/^Failed\n✗ checksum-missing \(must\)/);
		for (const word of ['sent', 'got', 'order', 'why', 'fix', 'reproduce'])
			expect(stdout).toContain(`    ${word}`);
		expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^✗ bayarcash at .*1 passed, 1 failed/);
	});

	test('never shows a key of the user’s, not even when the receiver does', async () => {
		const key = 'own-Secret_key-0123456789';
		const shop = await openShop({
			before: (_fields, response) => {
				response.writeHead(403).end(`expected key ${key}`);
				return true;
			},
		});
		const env = { CALLSIM_BAYARCASH_SECRET_KEY: key };
		const { stdout, verdictOf } = await check(shop, shop.flags, { env });
		expect(verdictOf('refusal-secret')).toBe('failed');
		expect(stdout).not.toContain(key);
		const text = await callsim(
			[
				...['check', 'bayarcash', '--to', `${shop.origin}/callback`, ...shop.flags],
				...['--only', 'refusal-secret,genuine-success,checksum-missing'],
			],
			{ env },
		);
		expect(text.stdout).not.toContain(key);
	});
});

describe('the state', () => {
	test('may be read and made with commands', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'callsim-check-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const shop = await openShop();
		writeFileSync(join(folder, 'order.sh'), `curl -sf ${shop.origin}/orders/"$1" || true`);
		const flags = [
			'--setup-command',
			`curl -sf -X POST ${shop.origin}/setup/{reference}?amount={amount}`,
			'--probe-command',
			`sh '${folder}/order.sh' {reference}`,
		];
		const { verdictOf } = await check(shop, [
			...flags,
			'--only',
			'success-takes-effect,duplicate,amount-trusted',
		]);
		expect([
			verdictOf('success-takes-effect'),
			verdictOf('duplicate'),
			verdictOf('amount-trusted'),
		]).toEqual(['passed', 'passed', 'passed']);
	});

	test('of existing orders is used once each, and no callback is about any other order', async () => {
		const shop = await openShop();
		const names = Array.from({ length: 12 }, (_, at) => `ORD-${at}`);
		for (const reference of [...names, 'ORD-theirs'])
			shop.orders.set(reference, { reference, amount: '60.00', state: 'new', credited: 0 });
		const { verdictOf, of } = await check(shop, [
			'--orders',
			names.join(','),
			...shop.flags.slice(2),
			'--only',
			'success-takes-effect,failure-not-success,duplicate,late-failure,amount-trusted',
		]);
		expect(of('failed')).toEqual([]);
		expect([verdictOf('success-takes-effect'), verdictOf('amount-trusted')]).toEqual([
			'passed',
			'inconclusive',
		]);
		expect(shop.orders.get('ORD-theirs')?.state).toBe('new');
		expect(shop.heard.filter((number) => !names.includes(number))).toEqual([]);
	});

	const forgeries = 'checksum-missing,checksum-wrong-key,checksum-malformed,signed-field-tampered';
	const existing = (shop: Awaited<ReturnType<typeof openShop>>, count: number) => {
		const names = Array.from({ length: count }, (_, at) => `ORD-${at}`);
		for (const reference of names)
			shop.orders.set(reference, { reference, amount: '60.00', state: 'new', credited: 0 });
		return ['--orders', names.join(','), '--only', forgeries, '--settle', '20ms'];
	};

	test('that a refused forgery left as it was is used again, and a note says how many there are', async () => {
		const shop = await openShop();
		const probe = shop.flags.slice(2);
		const { of, code, stderr } = await check(shop, [...existing(shop, 14), ...probe]);
		expect({ code, undecided: of('inconclusive') }).toEqual({ code: 0, undecided: [] });
		expect(shop.heard.length).toBeGreaterThan(14);
		expect(stderr).toMatch(
			/note: \d\d cases want an order, and \d+ are left; a forgery that is refused/,
		);
	});

	test('that a refused forgery changed is not used again, and fails', async () => {
		const shop = await openShop({
			before({ order_number: number, ...fields }, response) {
				if (bayarcashIsGenuine({ order_number: number, ...fields })) return false;
				const order = shop.orders.get(String(number));
				if (order !== undefined) order['seen'] = true;
				response.writeHead(403).end();
				return true;
			},
		});
		const probe = shop.flags.slice(2);
		const { stdout, code } = await check(shop, [...existing(shop, 14), ...probe]);
		expect(code).toBe(1);
		expect(stdout).toContain('no order is left of the 14 that --orders names');
	});
});

describe('evidence', () => {
	test('that counts nothing does not pass for one effect', async () => {
		const shop = await openShop({ page: () => ({ credited: undefined }) });
		const { verdictOf } = await check(shop, [
			...shop.flags,
			'--only',
			'duplicate,duplicate-at-once,late-failure',
		]);
		expect([
			verdictOf('duplicate'),
			verdictOf('duplicate-at-once'),
			verdictOf('late-failure'),
		]).toEqual(['inconclusive', 'inconclusive', 'passed']);
	});

	test('of an accepted forgery is what it changed, also where no word says "paid"', async () => {
		const shop = await openShop({
			verify: () => true,
			settle: (order, fields) => {
				settledOnce(order, fields);
				if (order.state === 'paid') order['paid_at'] ??= new Date().toISOString();
			},
			page: () => ({ state: undefined, credited: undefined }),
		});
		const { verdictOf } = await check(shop, [
			...shop.flags,
			'--only',
			'checksum-missing,checksum-wrong-key,success-takes-effect',
		]);
		expect([
			verdictOf('success-takes-effect'),
			verdictOf('checksum-missing'),
			verdictOf('checksum-wrong-key'),
		]).toEqual(['passed', 'inconclusive', 'failed']);
	});

	test('is not a balance that all orders share', async () => {
		let wallet = 0;
		const shop = await openShop({
			settle: (order, fields) => {
				const before = order.credited;
				settledOnce(order, fields);
				wallet += (order.credited - before) * Number(order.amount);
			},
			page: () => ({ wallet }),
		});
		expect((await check(shop, [...shop.flags, ...byState])).of('failed')).toEqual([]);
	});

	test('is not what a receiver says that limits how often it is called', async () => {
		let calls = 0;
		const shop = await openShop({
			before: (_fields, response) => {
				calls++;
				if (calls < 12) return false;
				response.writeHead(429).end();
				return true;
			},
		});
		const { of } = await check(shop, shop.flags);
		expect(of('failed')).toEqual([]);
		expect(of('inconclusive').length).toBeGreaterThan(40);
	});

	test('that everything is answered 404 means the path, and fails', async () => {
		const shop = await openShop();
		const { verdictOf, rules, code } = await check({ origin: `${shop.origin}/orders/nothing` }, []);
		expect(verdictOf('genuine-success')).toBe('failed');
		expect(rules.find(({ rule }) => rule === 'genuine-success')?.reason).toContain('path');
		expect(code).toBe(1);
	});
});

test('a probe command that never ends is stopped with everything it started', async () => {
	const shop = await openShop();
	const { code, stderr } = await check(shop, [
		'--timeout',
		'300ms',
		'--probe-command',
		'sleep 600; echo {reference}',
		'--setup-command',
		'true {reference}',
	]);
	expect(code).toBe(2);
	expect(stderr).toContain('error probe-failed');
});

describe('a run that cannot be', () => {
	test('ends with 3 when nothing listens, and says so for every rule', async () => {
		const { of, rules, code } = await check(
			{ origin: `http://127.0.0.1:${await closedPort()}` },
			[],
		);
		expect(of('inconclusive')).toHaveLength(rules.length);
		expect(code).toBe(3);
	});

	test('ends with 2 when the first order cannot be made, and sends no callback', async () => {
		const shop = await openShop({ setUpStatus: 500 });
		const { code, stderr, stdout } = await check(shop, shop.flags);
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toContain('error setup-failed');
		expect(shop.heard).toEqual([]);
	});

	test.each([
		[['--only', 'duplicat'], 'Did you mean "duplicate"'],
		[['--fail-on', 'advice'], '--fail-on'],
		[['--probe-url', 'http://127.0.0.1:1/order'], '{reference}'],
		[
			['--probe-url', 'http://127.0.0.1:1/{reference}', '--probe-command', 'x {reference}'],
			'contradict',
		],
		[['--probe-url', 'http://198.51.100.7/{reference}'], '--allow-remote'],
		[['--setup-url', 'http://198.51.100.7/{reference}'], '--allow-remote'],
		[['--seed', 'x'], 'whole number'],
		[['--auth', 'digest'], 'no choice of auth'],
	])('ends with 2 for %j, and sends nothing', async (flags, told) => {
		const shop = await openShop();
		const { code, stderr, stdout } = await check(shop, flags);
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toContain(told);
		expect(shop.heard).toEqual([]);
	});

	test('stopped by SIGINT ends with 130 and still has one record a rule', async () => {
		const happened = new AbortController();
		const shop = await openShop({
			before: () => {
				if (shop.heard.length > 20) happened.abort();
				return false;
			},
		});
		const { code, rules, lines, of } = await check(shop, shop.flags, {
			signalWhen: [happened.signal, 'SIGINT'],
		});
		expect(code).toBe(130);
		expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
		expect(of('inconclusive').length).toBeGreaterThan(10);
		expect(lines.at(-1)).toMatchObject({ type: 'summary', exitCode: 130 });
	});
});

test('rules are listed, and one is taught', async () => {
	const all = await callsim(['check', '--list', '--json']);
	const khoins = await callsim(['check', 'khoins', '--list']);
	const one = await callsim(['check', '--explain', 'duplicate-at-once']);
	const { rules } = JSON.parse(all.stdout) as { rules: { rule: string }[] };
	expect(rules.length).toBeGreaterThan(100);
	expect(khoins.stdout).toContain('malformed-inner');
	expect(khoins.stdout).not.toContain('digest-replay');
	expect(one.stdout).toMatch(/why .*\n.*fix /);
	expect([all.code, khoins.code, one.code]).toEqual([0, 0, 0]);
});
