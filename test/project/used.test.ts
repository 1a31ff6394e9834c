import { describe, expect, test } from 'vitest';
import { jsonLines } from '../support/run-cli.ts';
import { folderWith, wordsOf } from '../support/scenario-cli.ts';
import { answering, serve } from '../support/server.ts';
import { openShop } from '../support/shop.ts';

const success = 'bayarcash/transaction-success';

describe('what the project file says is used', () => {
	test('by check: target, headers, probe and setup', async () => {
		const shop = await openShop();
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${shop.origin}/cb" }\nprobe: { url: "${shop.origin}/orders/{reference}" }\nsetup: { url: "${shop.origin}/setup/{reference}?amount={amount}" }\n`,
		});
		const { stdout, code } = await folder.callsim([
			'check',
			'bayarcash',
			'--json',
			'--only',
			'state-visible,success-takes-effect',
		]);
		expect(jsonLines(stdout).filter(({ type }) => type === 'rule')).toMatchObject([
			{ verdict: 'passed' },
			{ verdict: 'passed' },
		]);
		expect(code).toBe(0);
	});

	test('by run: probe, scenarios beside it, seen from deeper down', async () => {
		const shop = await openShop();
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${shop.origin}/cb" }\nprobe: { url: "${shop.origin}/orders/{reference}" }\nscenarios: [s/one.yaml, "s/t*.yaml"]\n`,
			's/one.yaml': `name: one\nsteps: [{ fire: ${success}, probe: { equals: { state: paid } } }]`,
			's/two.yaml': `name: two\nsteps: [{ fire: ${success}, probe: { unchanged: true } }]`,
			'x/y/z': '',
		});
		shop.orders.set('ORD-0060', {
			reference: 'ORD-0060',
			amount: '60.00',
			state: 'new',
			credited: 0,
		});
		const { steps, code } = await folder.run([], { cwd: `${folder.path}/x/y` });
		expect(steps.map(({ file, passed }) => `${file.replace(folder.path, '')} ${passed}`)).toEqual([
			'/s/one.yaml true',
			'/s/two.yaml true',
		]);
		expect(code).toBe(0);
	});

	test('by shipped scenarios: a careful shop knows the orders that setup makes, and all of them are green', async () => {
		const shop = await openShop();
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${shop.origin}/cb" }\nprobe: { url: "${shop.origin}/orders/{reference}" }\nsetup: { url: "${shop.origin}/setup/{reference}?amount={amount}" }\n`,
		});
		const { steps } = await folder.run([
			'bayarcash/payment',
			'bayarcash/duplicate',
			'bayarcash/late-failure',
		]);
		expect(
			steps.filter(({ passed }) => !passed).map(({ file, step }) => `${file} ${step}`),
		).toEqual([]);
	});

	test('return targets are where receipts go', async () => {
		const [callbacks, pages] = [await answering(200), await answering(200)];
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${callbacks.url}" }\nreturnTargets: { bayarcash: "${pages.url}" }`,
		});
		await folder.callsim(['fire', success, 'bayarcash/receipt-success']);
		expect([callbacks.seen.length, pages.seen.length]).toEqual([1, 1]);
	});

	test('timeout and speed', async () => {
		const { url } = await serve((_seen, response, count) => {
			if (count > 1) response.end('OK');
		});
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${url}" }\ntimeout: 300ms\nspeed: max\n`,
		});
		const { stdout } = await folder.callsim(['fire', success, '--json']);
		expect(
			jsonLines(stdout).filter(({ type }) => type === 'attempt' || type === 'waiting'),
		).toMatchObject([{ outcome: { kind: 'timed-out' } }, { waitMs: 0 }, { acknowledged: true }]);
	});

	test('providers of one’s own, from the folder of the project file', async () => {
		const { url, seen } = await answering(200);
		const folder = folderWith({
			'callsim.yaml': `targets: { khoins: "${url}" }\nproviders: ./own`,
			'x/y': '',
		});
		const { cpSync } = await import('node:fs');
		cpSync(new URL('../../fixtures/khoins', import.meta.url), `${folder.path}/own/khoins`, {
			recursive: true,
		});
		const { stderr, code } = await folder.callsim(['fire', 'khoins/transaction-success'], {
			cwd: `${folder.path}/x`,
		});
		expect(stderr).toContain('khoins of');
		expect({ code, sent: seen.length }).toEqual({ code: 0, sent: 1 });
	});

	test('a header of a flag takes the place of one of the file', async () => {
		const { url, seen } = await answering(200);
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${url}" }\nheaders: { x-a: file, x-b: file }`,
		});
		await folder.callsim(['fire', success, '--header', 'X-A: flag']);
		expect([seen[0]?.headers['x-a'], seen[0]?.headers['x-b']]).toEqual(['flag', 'file']);
	});

	test('the line that is suggested next sends what this one sent, within the project', async () => {
		const { url, seen } = await answering(500);
		const folder = folderWith({
			'callsim.yaml': `targets: { bayarcash: "${url}" }\nheaders: { x-a: file }\nvalues: { bayarcash: { payer_name: Ali } }`,
		});
		const { stdout } = await folder.callsim(['fire', success, '--retry', 'none']);
		const [, next = ''] = /next: (callsim show .*) --explain/.exec(stdout) ?? [];
		const shown = await folder.callsim([...wordsOf(next), '--json']);
		const request = JSON.parse(shown.stdout) as { body: string };
		expect(request.body).toBe(seen[0]?.body.toString());
	});
});
