import { describe, expect, test } from 'vitest';
import { type Folder, folderWith } from '../support/scenario-cli.ts';

interface Setting {
	readonly name: string;
	readonly value: string;
	readonly from: string;
}

async function told(
	folder: Folder,
	args: readonly string[] = [],
	env: Record<string, string> = {},
) {
	const { code, stdout, stderr } = await folder.callsim(['config', '--json', ...args], { env });
	expect(stderr).toBe('');
	expect(code).toBe(0);
	const document = JSON.parse(stdout) as { v: number; file: string | null; settings: Setting[] };
	const of = (name: string) => {
		const found = document.settings.find((setting) => setting.name === name);
		return found === undefined ? undefined : `${found.value} ← ${found.from}`;
	};
	return { ...document, of };
}

const project = `targets:
  bayarcash: http://localhost:3000/cb
  bayarcash/receipt-success: :3000/r
returnTargets: { bayarcash: ":3000/return" }
credentials:
  bayarcash:
    secret_key: env:SHOP_KEY
headers:
  x-shop: "7"
speed: 50
timeout: 5s
values:
  bayarcash: { amount: 75.50, payer_name: null }
scenarios: [scenarios, more]
probe:
  url: "http://localhost:3000/orders/{reference}"
`;

describe('callsim config', () => {
	test('says of each value where it comes from, with the line', async () => {
		const folder = folderWith({ 'callsim.yaml': project });
		const { v, file, of } = await told(folder, [], { SHOP_KEY: 'own-key-4711' });
		expect({ v, file }).toEqual({ v: 1, file: `${folder.path}/callsim.yaml` });
		expect(of('targets.bayarcash')).toBe('http://localhost:3000/cb ← callsim.yaml:2');
		expect(of('targets.bayarcash/receipt-success')).toBe(':3000/r ← callsim.yaml:3');
		expect(of('returnTargets.bayarcash')).toBe(':3000/return ← callsim.yaml:4');
		expect(of('credentials.bayarcash.secret_key')).toBe('[secret] (env:SHOP_KEY) ← callsim.yaml:7');
		expect(of('headers.x-shop')).toBe('7 ← callsim.yaml:9');
		expect(of('speed')).toBe('50 ← callsim.yaml:10');
		expect(of('timeout')).toBe('5s ← callsim.yaml:11');
		expect(of('schedule')).toBe('provider ← built-in');
		expect(of('values.bayarcash.amount')).toBe('75.50 ← callsim.yaml:13');
		expect(of('values.bayarcash.payer_name')).toBe('null ← callsim.yaml:13');
		expect(of('scenarios')).toBe('scenarios, more ← callsim.yaml:14');
		expect(of('probe')).toBe('http://localhost:3000/orders/{reference} ← callsim.yaml:15');
		expect(of('credentials.iak.api_key')).toBe("callsim's simulator key ← built-in");
	});

	test('environment and flags are stronger', async () => {
		const folder = folderWith({ 'callsim.yaml': project });
		const env = {
			CALLSIM_TO: ':1/env',
			CALLSIM_SPEED: '60',
			CALLSIM_TIMEOUT: '6s',
			CALLSIM_RETRY: 'none',
			CALLSIM_BAYARCASH_SECRET_KEY: 'own-key-4711',
		};
		const one = await told(folder, [], env);
		expect(
			['to', 'speed', 'timeout', 'schedule', 'credentials.bayarcash.secret_key'].map(one.of),
		).toEqual([
			':1/env ← CALLSIM_TO',
			'60 ← CALLSIM_SPEED',
			'6s ← CALLSIM_TIMEOUT',
			'none ← CALLSIM_RETRY',
			'[secret] ← CALLSIM_BAYARCASH_SECRET_KEY',
		]);
		const two = await told(
			folder,
			[
				'--to',
				':2/flag',
				'--return-to',
				':2/r',
				'--speed',
				'max',
				'--timeout',
				'7s',
				'--retry',
				'2x1s',
			],
			env,
		);
		expect(['to', 'returnTo', 'speed', 'timeout', 'schedule'].map(two.of)).toEqual([
			':2/flag ← --to',
			':2/r ← --return-to',
			'max ← --speed',
			'7s ← --timeout',
			'2x1s ← --retry',
		]);
	});

	test('--real-time is a speed, whatever the environment says', async () => {
		const folder = folderWith({ 'callsim.yaml': project });
		expect((await told(folder, ['--real-time'])).of('speed')).toBe('1 ← --real-time');
		expect((await told(folder, ['--real-time'], { CALLSIM_SPEED: '60' })).of('speed')).toBe(
			'1 ← --real-time',
		);
	});

	test('without a project file says so, and all that is built in', async () => {
		const { file, of } = await told(folderWith({}));
		expect(file).toBeNull();
		expect(['targets', 'speed', 'timeout', 'schedule'].map(of)).toEqual([
			'(none) ← built-in',
			'100 ← built-in',
			'30s ← built-in',
			'provider ← built-in',
		]);
	});

	test('is readable as text, and says the same', async () => {
		const { code, stdout } = await folderWith({ 'callsim.yaml': project }).callsim(['config'], {
			env: { CALLSIM_SPEED: '60' },
		});
		expect(stdout).toMatch(/^speed +60 +CALLSIM_SPEED$/m);
		expect(stdout).toMatch(/^timeout +5s +callsim\.yaml:11$/m);
		expect(code).toBe(0);
	});

	test('what comes from an --env-file is in force', async () => {
		const folder = folderWith({ 'ci.env': 'CALLSIM_SPEED=70\n' });
		expect((await told(folder, ['--env-file', 'ci.env'])).of('speed')).toContain('70 ←');
	});

	test.each([
		[['--speed', 'fast'], {}, 'error usage: --speed "fast" is not a factor'],
		[['--timeout', 'soon'], {}, 'error duration-invalid'],
		[['--retry', 'often'], {}, 'error schedule-invalid'],
		[[], { CALLSIM_SPEED: 'fast' }, '"fast" is not a factor'],
	])('a value that means nothing is a problem: %j %j', async (args, env, message) => {
		const { code, stderr } = await folderWith({}).callsim(['config', ...args], { env });
		expect(stderr).toContain(message);
		expect(code).toBe(2);
	});
});
