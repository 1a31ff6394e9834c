import { describe, expect, test } from 'vitest';
import { callsimProcess } from '../support/cli-process.ts';
import { jsonLines } from '../support/run-cli.ts';
import { type Folder, folderWith } from '../support/scenario-cli.ts';
import { answering, type Seen } from '../support/server.ts';

const success = 'bayarcash/transaction-success';
const fieldsOf = (seen: Seen | undefined) =>
	Object.fromEntries(new URLSearchParams(seen?.body.toString() ?? ''));

async function fired(folder: Folder, args: readonly string[], env: Record<string, string> = {}) {
	const result = await folder.callsim([...args, '--json'], { env });
	const lines = jsonLines(result.stdout);
	return {
		...result,
		target: lines.find(({ type }) => type === 'started')?.['target'],
		attempts: lines.filter(({ type }) => type === 'attempt').length,
	};
}

describe('a project file', () => {
	test('makes --to unnecessary for fire, show and run', async () => {
		const [provider, event] = [await answering(200), await answering(200)];
		const folder = folderWith({
			'callsim.yaml': `targets:\n  bayarcash: ${provider.url}\n  bayarcash/transaction-failed: ${event.url}\nscenarios: s\n`,
			's/a.yaml': `name: a\nsteps: [{ fire: ${success} }, { fire: bayarcash/transaction-failed }]`,
			'deep/er/x': '',
		});
		expect(await folder.callsim(['fire', success])).toMatchObject({ code: 0 });
		expect(
			(await folder.callsim(['show', 'bayarcash/transaction-failed', '--json'])).stdout,
		).toContain(`"url":"${event.url}"`);
		expect(await folder.callsim(['run'], { cwd: `${folder.path}/deep/er` })).toMatchObject({
			code: 0,
		});
		expect([provider.seen.length, event.seen.length]).toEqual([2, 1]);
	});

	test('is the one of --config, else of CALLSIM_CONFIG, else the nearest', async () => {
		const { url, seen } = await answering(200);
		const config = (name: string) => `targets: { bayarcash: "${url}/${name}" }`;
		const folder = folderWith({
			'callsim.yaml': config('near'),
			'ci/env.yaml': config('env'),
			'ci/flag.yaml': config('flag'),
		});
		await folder.callsim(['fire', success]);
		await folder.callsim(['fire', success], { env: { CALLSIM_CONFIG: 'ci/env.yaml' } });
		await folder.callsim(['fire', success, '--config', 'ci/flag.yaml'], {
			env: { CALLSIM_CONFIG: 'ci/env.yaml' },
		});
		expect(seen.map((one) => one.url.split('/').at(-1))).toEqual(['near', 'env', 'flag']);
	});

	test('a mistake in it stops every command, with its place', async () => {
		const folder = folderWith({ 'callsim.yaml': 'targets:\n  bayarcsh: ":1"\n' });
		for (const command of [
			['fire', success],
			['show', success],
			['run', 'bayarcash'],
			['check', 'bayarcash'],
			['config'],
		])
			expect(await folder.callsim(command), command.join(' ')).toMatchObject({
				code: 2,
				stderr: expect.stringContaining(
					'error config-invalid: callsim.yaml:2:3: targets.bayarcsh',
				) as string,
			});
	});
});

describe('flags, then environment, then project file', () => {
	test('targets', async () => {
		const [flag, env, file] = [await answering(200), await answering(200), await answering(200)];
		const folder = folderWith({ 'callsim.yaml': `targets: { bayarcash: "${file.url}" }` });
		expect((await fired(folder, ['fire', success])).target).toBe(file.url);
		expect((await fired(folder, ['fire', success], { CALLSIM_TO: env.url })).target).toBe(env.url);
		expect(
			(await fired(folder, ['fire', success, '--to', flag.url], { CALLSIM_TO: env.url })).target,
		).toBe(flag.url);
	});

	test('schedules', async () => {
		const { url } = await answering(500);
		const folder = folderWith({ 'callsim.yaml': 'schedule: 2x1s\nspeed: max\n' });
		expect((await fired(folder, ['fire', success, '--to', url])).attempts).toBe(2);
		expect(
			(await fired(folder, ['fire', success, '--to', url], { CALLSIM_RETRY: '3x1s' })).attempts,
		).toBe(3);
		expect(
			(
				await fired(folder, ['fire', success, '--to', url, '--retry', 'none'], {
					CALLSIM_RETRY: '3x1s',
				})
			).attempts,
		).toBe(1);
	});

	test('values: what a flag, a scenario or a step says, by field or by role', async () => {
		const { url, seen } = await answering(200);
		const step = (more: string) => `name: a\nsteps: [{ fire: ${success}, ${more} }]`;
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${url}" }\nvalues: { bayarcash: { order_number: FILE, amount: 1.00 } }`,
			'set.yaml': step('set: { order_number: STEP }'),
			'ref.yaml': step('ref: STEP, amount: 9.00'),
			'whole.yaml': `ref: WHOLE\namount: 8.00\n${step('retry: none')}`,
		});
		await folder.callsim(['fire', success]);
		await folder.callsim(['fire', success, '--set', 'order_number=FLAG']);
		await folder.callsim(['fire', success, '--ref', 'FLAG', '--amount', '7.00']);
		for (const file of ['set.yaml', 'ref.yaml', 'whole.yaml']) await folder.callsim(['run', file]);
		expect(
			seen.map((one) => `${fieldsOf(one)['order_number']} ${fieldsOf(one)['amount']}`),
		).toEqual(['FILE 1.00', 'FLAG 1.00', 'FLAG 7.00', 'STEP 1.00', 'STEP 9.00', 'WHOLE 8.00']);
	});

	test('a file of environment variables is read when it is asked for; what is set is stronger', async () => {
		const [file, set] = [await answering(200), await answering(200)];
		const folder = folderWith({
			'.env': `CALLSIM_TO=${file.url}\n`,
			'ci.env': `CALLSIM_TO="${file.url}"\nCALLSIM_RETRY=none\n`,
		});
		expect((await fired(folder, ['fire', success])).code).toBe(2);
		expect((await fired(folder, ['fire', success, '--env-file', 'ci.env'])).target).toBe(file.url);
		expect(
			(await fired(folder, ['fire', success, '--env-file', 'ci.env'], { CALLSIM_TO: set.url }))
				.target,
		).toBe(set.url);
		const missing = await callsimProcess(['fire', success, '--env-file', 'none.env'], {
			cwd: folder.path,
		});
		// Node 20 reads this flag itself, wherever it stands, and ends with 9 before we are asked.
		expect([2, 9]).toContain(missing.code);
		expect(missing.stderr).toContain('none.env');
	});
});

describe('credentials by reference', () => {
	const own = 'very-own-key-4711';

	test.each([['env:SHOP_KEY'], ['file:keys/bayarcash']])(
		'%s is used, and never printed',
		async (reference) => {
			const { url, seen } = await answering(403);
			const folder = folderWith({
				'callsim.yaml': `targets: { bayarcash: "${url}" }\ncredentials: { bayarcash: { secret_key: "${reference}" } }`,
				'keys/bayarcash': `${own}\n`,
				'deep/x': '',
			});
			const options = { env: { SHOP_KEY: own }, cwd: `${folder.path}/deep` };
			for (const args of [
				['fire', success, '--retry', 'none'],
				['fire', success, '--retry', 'none', '--json'],
				['show', success, '--explain'],
				['show', success, '--print', 'curl'],
				['config'],
				['config', '--json'],
			]) {
				const { stdout, stderr } = await folder.callsim(args, options);
				expect(stdout + stderr).not.toContain(own);
				expect(stderr).not.toContain('simulator key');
			}
			const { createHmac } = await import('node:crypto');
			const { checksum, ...fields } = fieldsOf(seen[0]);
			const text = Object.keys(fields)
				.sort()
				.map((name) => fields[name])
				.join('|');
			expect(checksum).toBe(createHmac('sha256', own).update(text).digest('hex'));
		},
	);

	test('one that is not there is a problem that names it', async () => {
		const folder = folderWith({
			'callsim.yaml': 'credentials: { bayarcash: { secret_key: "env:SHOP_KEY" } }',
		});
		const { code, stderr } = await folder.callsim(['fire', success, '--to', ':1']);
		expect(stderr).toMatch(/^error credential-invalid: .*the environment has no SHOP_KEY/);
		expect(code).toBe(2);
	});

	test('a header by reference is a secret as well', async () => {
		const { url } = await answering(403);
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${url}" }\nheaders: { x-shop: "env:SHOP" }`,
			'a.yaml': `name: a\nsteps: [{ fire: ${success}, retry: none }]`,
		});
		for (const args of [
			['fire', success, '--retry', 'none'],
			['fire', success, '--retry', 'none', '--json'],
			['run', 'a.yaml'],
			['run', 'a.yaml', '--json'],
			['show', success],
			['config'],
		]) {
			const { stdout, stderr } = await folder.callsim(args, { env: { SHOP: own } });
			expect(stdout + stderr, args.join(' ')).not.toContain(own);
		}
	});
});
