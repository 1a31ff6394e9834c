import { execFile } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { callsim } from '../support/run-cli.ts';
import { bayarcashIsGenuine, iakIsGenuine, transferToHmacIsGenuine } from '../support/verifier.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const success = 'bayarcash/transaction-success';
const pulsa = 'iak/pulsa-success';
const to = 'http://127.0.0.1:3000/hooks?shop=1';
const names = ['artillery.yml', 'processor.mjs', 'package.json', 'telemetry-off.env', 'README.md'];

function folder(): string {
	const made = mkdtempSync(join(tmpdir(), 'callsim-export-'));
	onTestFinished(() => rmSync(made, { recursive: true, force: true }));
	return made;
}

const exported = (cwd: string, args: readonly string[], env: Record<string, string> = {}) =>
	callsim(['export', 'artillery', ...args], { cwd, env });
const projectIn = (cwd: string, name = 'callsim-artillery') =>
	Object.fromEntries(
		readdirSync(join(cwd, name)).map((file) => [file, readFileSync(join(cwd, name, file), 'utf8')]),
	) as Record<string, string>;

interface Sent {
	readonly method: string;
	readonly url: string;
	readonly headers: Record<string, string>;
	readonly text: string;
}

/** What the exported processor makes of requests, in a process of its own as in the engine. */
async function composedBy(
	cwd: string,
	requests: readonly [name: string, url: string][],
	vars = {},
	env = {},
) {
	const project = join(cwd, 'callsim-artillery');
	mkdirSync(join(project, 'node_modules'), { recursive: true });
	symlinkSync(root, join(project, 'node_modules', 'callback-simulator'), 'dir');
	const script = `
		import { composeCallback, judgeAnswer } from './processor.mjs';
		const sent = [], counted = [];
		const metrics = { emit: (kind, name, count) => counted.push([name, count]) };
		for (const [name, url] of ${JSON.stringify(requests)}) {
			const request = { name, url };
			await composeCallback(request, { vars: ${JSON.stringify(vars)} }, metrics);
			sent.push({ ...request, isBuffer: Buffer.isBuffer(request.body), text: String(request.body ?? '') });
			for (const statusCode of [200, 204, 500]) await judgeAnswer(request, { statusCode, body: 'OK' }, {}, metrics);
		}
		process.stdout.write(JSON.stringify({ sent, counted }));`;
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['--input-type=module', '-e', script],
		{
			cwd: project,
			env: { PATH: process.env['PATH'], ...env },
		},
	);
	return JSON.parse(stdout) as { sent: Sent[]; counted: [string, number][] };
}

describe('export artillery', () => {
	test('writes a project whose script names every event, once, with its target and the load', async () => {
		const cwd = folder();
		const result = await exported(cwd, [
			success,
			pulsa,
			success,
			'--to',
			to,
			'--rate',
			'25',
			'--duration',
			'1.5m',
		]);
		expect(result).toMatchObject({ code: 0, stderr: '' });
		const project = projectIn(cwd);
		expect(Object.keys(project).sort()).toEqual([...names].sort());
		const hooks = { beforeRequest: 'composeCallback', afterResponse: 'judgeAnswer' };
		expect(parse(project['artillery.yml'] ?? '')).toEqual({
			config: {
				target: 'http://127.0.0.1:3000',
				processor: './processor.mjs',
				http: { timeout: 30 },
				phases: [{ duration: 90, arrivalRate: 25 }],
				plugins: {
					ensure: {
						conditions: [
							{ expression: 'callsim.acknowledged == vusers.created and vusers.created > 0' },
						],
					},
				},
			},
			scenarios: [success, pulsa].map((name) => ({
				name,
				weight: 1,
				flow: [
					{ post: { name, url: '/hooks?shop=1', ...hooks, gzip: false, followRedirect: false } },
				],
			})),
		});
		const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
			version: string;
		};
		expect(JSON.parse(project['package.json'] ?? '')).toMatchObject({
			type: 'module',
			scripts: { load: 'artillery run --dotenv telemetry-off.env artillery.yml' },
			dependencies: { 'callback-simulator': version, artillery: expect.any(String) as string },
		});
		expect(project['README.md']).toMatch(/run-fargate.*run-lambda/s);
	});

	test('composes a new, genuine callback each time, its bytes kept from the engine, and counts what is acknowledged', async () => {
		const cwd = folder();
		await exported(cwd, [success, '--to', to, '--amount', '75.50']);
		const { sent, counted } = await composedBy(cwd, [
			[success, to],
			[success, 'http://127.0.0.1:4000/else'],
		]);
		const fields = sent.map(({ text }) => Object.fromEntries(new URLSearchParams(text)));
		expect(fields.map((one) => [one['amount'], bayarcashIsGenuine(one)])).toEqual([
			['75.50', true],
			['75.50', true],
		]);
		expect(
			new Set(fields.flatMap((one) => [one['order_number'], one['transaction_id']])).size,
		).toBe(4);
		expect(sent.map(({ url }) => url)).toEqual([to, 'http://127.0.0.1:4000/else']);
		expect(sent[0]).toMatchObject({ method: 'POST', isBuffer: true });
		expect(Object.keys(sent[0]?.headers ?? {})).toEqual(['content-type', 'accept', 'user-agent']);
		// 200 alone acknowledges; 204 and 500 do not.
		expect(counted.slice(0, 6).filter(([name]) => name === 'callsim.acknowledged')).toEqual([
			['callsim.acknowledged', 1],
			['callsim.acknowledged', 0],
			['callsim.acknowledged', 0],
		]);
	});

	test('takes orders from a CSV file of the load, and a browser back to where it belongs', async () => {
		const cwd = folder();
		const back = 'http://127.0.0.1:3000/back?lang=ms';
		const receipt = 'bayarcash/receipt-success';
		await exported(cwd, [receipt, success, '--to', to, '--return-to', back]);
		expect(parse(projectIn(cwd)['artillery.yml'] ?? '')).toMatchObject({
			scenarios: [
				{ flow: [{ get: { url: '/back?lang=ms' } }] },
				{ flow: [{ post: { url: '/hooks?shop=1' } }] },
			],
		});
		const { sent } = await composedBy(
			cwd,
			[
				[receipt, back],
				[success, to],
			],
			{ reference: 'SHOP-7', amount: '12.30' },
		);
		expect(sent[0]?.method).toBe('GET');
		// As the provider glues it: a second question mark.
		expect(sent[0]?.url).toMatch(
			/^http:\/\/127\.0\.0\.1:3000\/back\?lang=ms\?.*order_number=SHOP-7&.*amount=12\.30/,
		);
		expect(sent[1]?.text).toMatch(/order_number=SHOP-7&.*amount=12\.30/);
	});

	test('overwrites nothing, and says what it kept', async () => {
		const cwd = folder();
		mkdirSync(join(cwd, 'load'));
		writeFileSync(join(cwd, 'load', 'artillery.yml'), 'mine');
		const first = await exported(cwd, [success, '--to', to, '--out', 'load']);
		expect(first.stdout).toContain(`kept  ${join('load', 'artillery.yml')} (it was there already)`);
		expect(projectIn(cwd, 'load')['artillery.yml']).toBe('mine');
		const second = await exported(cwd, [pulsa, '--to', to, '--out', 'load', '--json']);
		expect(JSON.parse(second.stdout)).toEqual({
			v: 1,
			engine: 'artillery',
			files: names.map((file) => ({ path: join('load', file), written: false })),
		});
		expect(projectIn(cwd, 'load')['processor.mjs']).not.toContain(pulsa);
	});

	test('warns of what it kept where that is of another export', async () => {
		const cwd = folder();
		const first = await exported(cwd, [success, '--to', to]);
		expect(first.stderr).not.toContain('warning');
		const same = await exported(cwd, [success, '--to', to]);
		expect(same.stderr).not.toContain('warning');
		const other = await exported(cwd, [pulsa, '--to', to]);
		expect(other.stderr).toContain(`warning: ${join('callsim-artillery', 'artillery.yml')}, `);
		expect(other.stderr).toContain('the load is then not the one asked for');
		expect(other.stderr).not.toContain('telemetry-off.env');
	});

	test('takes targets, values and timeout from the project file, keys by reference only', async () => {
		const cwd = folder();
		writeFileSync(
			join(cwd, 'callsim.yaml'),
			`targets: { bayarcash: http://127.0.0.1:3000/b, iak: http://127.0.0.1:3001/i }
timeout: 2500ms
values: { bayarcash: { payer_name: Load Test } }
headers: { x-shop-token: env:SHOP_TOKEN }
credentials: { bayarcash: { secret_key: env:SHOP_KEY } }
`,
		);
		const env = { SHOP_TOKEN: 'token-of-the-shop', SHOP_KEY: 'key-of-the-shop' };
		expect(await exported(cwd, [success, pulsa], env)).toMatchObject({ code: 0, stderr: '' });
		const project = projectIn(cwd);
		expect(parse(project['artillery.yml'] ?? '')).toMatchObject({
			config: { target: 'http://127.0.0.1:3000', http: { timeout: 3 } },
			scenarios: [
				{ flow: [{ post: { url: '/b' } }] },
				{ flow: [{ post: { url: 'http://127.0.0.1:3001/i' } }] },
			],
		});
		expect(Object.values(project).join('\n')).not.toMatch(/token-of-the-shop|key-of-the-shop/);
		const { sent } = await composedBy(cwd, [[success, 'http://127.0.0.1:3000/b']], {}, env);
		expect(sent[0]?.headers['x-shop-token']).toBe('token-of-the-shop');
		expect(sent[0]?.text).toContain('payer_name=Load+Test');
		// Signed with the key of the variable, not with the simulator's.
		expect(bayarcashIsGenuine(Object.fromEntries(new URLSearchParams(sent[0]?.text)))).toBe(false);
	});

	test('puts no credential into a file, and lets the environment of the load signature', async () => {
		const cwd = folder();
		const key = 'key-of-the-shop-9';
		const env = { CALLSIM_BAYARCASH_SECRET_KEY: key };
		await exported(cwd, [success, pulsa, '--to', to], env);
		expect(Object.values(projectIn(cwd)).join('\n')).not.toContain(key);
		const { sent } = await composedBy(cwd, [[pulsa, to]]);
		expect(iakIsGenuine(JSON.parse(sent[0]?.text ?? '') as Record<string, unknown>)).toBe(true);
	});

	test('exports Transfez with HMAC, whose signature is in a header', async () => {
		const cwd = folder();
		const event = 'transfez/transaction-completed';
		expect(await exported(cwd, [event, '--to', to, '--auth', 'hmac'])).toMatchObject({ code: 0 });
		const { sent } = await composedBy(cwd, [[event, to]]);
		expect(transferToHmacIsGenuine(sent[0]?.headers ?? {})).toBe(true);
	});

	test('warns where callbacks cannot differ, and where the target may be somebody else', async () => {
		const cwd = folder();
		const { code, stderr } = await exported(cwd, [
			success,
			'--to',
			'shop.example.com/cb',
			'--ref',
			'ORD-1',
		]);
		expect(code).toBe(0);
		expect(stderr).toBe(
			`warning: ${success}: every callback has the same order_number\n` +
				'warning: shop.example.com: Artillery does not refuse targets outside private networks; load only what you own\n',
		);
	});

	test.each([
		['another engine', ['export', 'k6', success, '--to', to], 'there is no export to "k6"'],
		['no event', ['export', 'artillery', '--to', to], 'no event to export'],
		[
			'no target',
			['export', 'artillery', success],
			'error target-missing: no target for bayarcash/transaction-success',
		],
		[
			'HTTP Digest',
			['export', 'artillery', 'transfez/transaction-created', '--to', to],
			'Add --auth hmac',
		],
		['an unknown event', ['export', 'artillery', 'iak/pulsa', '--to', to], 'error event-unknown'],
		[
			'a value that does not fit',
			['export', 'artillery', success, '--to', to, '--set', 'nope=1'],
			'error path-unknown',
		],
		[
			'bytes as they are',
			['export', 'artillery', success, '--to', to, '--raw-body', '@x'],
			'--raw-body sends the same',
		],
		[
			'standard input',
			['export', 'artillery', success, '--to', to, '--body', '-'],
			'--body - reads standard input',
		],
		[
			'a seed',
			['export', 'artillery', success, '--to', to, '--seed', '7'],
			'--seed makes every callback the same',
		],
		[
			'a forgery',
			['export', 'artillery', success, '--to', to, '--wrong-key'],
			'--wrong-key makes a forgery',
		],
		[
			'no rate',
			['export', 'artillery', success, '--to', to, '--rate', '0'],
			'--rate "0" is not a whole number',
		],
		[
			'no duration',
			['export', 'artillery', success, '--to', to, '--duration', '0'],
			'--duration 0 is no load',
		],
		[
			'a bare number',
			['export', 'artillery', success, '--to', to, '--duration', '30'],
			'error duration-invalid',
		],
		[
			'a key as a flag',
			['export', 'artillery', success, '--to', to, '--credential', 'secret_key=k'],
			'would put a key',
		],
		[
			'a key in a header',
			['export', 'artillery', success, '--to', to, '--header', 'X-Api-Key: k'],
			'would put a key',
		],
		[
			'a template',
			['export', 'artillery', success, '--to', `${to}&a={{b}}`],
			'Artillery would fill in the "{{"',
		],
		[
			'a file as the folder',
			['export', 'artillery', success, '--to', to, '--out', 'file'],
			'error output-unwritable',
		],
	])('refuses %s, and writes nothing', async (_, args, told) => {
		const cwd = folder();
		writeFileSync(join(cwd, 'file'), '');
		const { code, stdout, stderr } = await callsim(args, { cwd });
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toContain(told);
		expect(readdirSync(cwd)).toEqual(['file']);
	});
});
