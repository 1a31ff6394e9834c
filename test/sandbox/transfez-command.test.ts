import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { callsimProcess, inherited } from '../support/cli-process.ts';
import { call } from '../support/open-sandbox.ts';
import { digestShop, key, localTransfer, openTransfez } from '../support/open-transfez.ts';

const bin = fileURLToPath(new URL('../../bin/callsim.js', import.meta.url));

/** `callsim sandbox transfez` on a free port, where nobody is there to be asked. */
async function started(...flags: readonly string[]): Promise<{ url: string; out(): string }> {
	const args = [bin, 'sandbox', 'transfez', '--port', '0', '--no-journal', ...flags];
	const child = spawn(process.execPath, args, { env: inherited() });
	onTestFinished(() => void child.kill('SIGKILL'));
	let text = '';
	const url = await new Promise<string>((resolve) =>
		child.stdout.on('data', (chunk) => {
			text += chunk;
			const [, found] = /sandbox on (\S+)\n/.exec(text) ?? [];
			if (found !== undefined) resolve(found);
		}),
	);
	return { url, out: () => text };
}

const headers = { authorization: key };

test('in a terminal of nobody, the account decides; controls of another terminal do the rest', async () => {
	const shop = await digestShop();
	const { url, out } = await started('--delay', '0', '--callback-to', shop.url);
	const api = `${url}/api/v1/transactions`;
	const made = async (reference: string, account: string) => {
		const beneficiary = { ...localTransfer().beneficiary, account };
		const sent = localTransfer({ reference_id: reference, beneficiary });
		const { json } = await call('POST', api, sent, headers);
		return json.data.id;
	};
	for (const [reference, account, state] of [
		['A', '111112222233333', 'completed'],
		['B', '9997003', 'declined'],
		['C', '1172993826', 'completed'],
	] as const) {
		const id = await made(reference, account);
		await call('POST', `${api}/${id}/confirm`, undefined, headers);
		const { json } = await call('GET', `${api}/${id}`, undefined, headers);
		expect([reference, json.data.state]).toEqual([reference, state]);
	}
	const { port } = new URL(url);
	const control = (...words: readonly string[]) =>
		callsimProcess(['sandbox', ...words, '--port', port]);
	expect((await control('balance', 'transfez')).stdout).toBe('transfez: IDR 254852585\n');
	expect((await control('balance', 'transfez', '50000')).code).toBe(0);
	await made('D', '00010000');
	expect((await control('settle', 'D', '013')).code).toBe(0);
	expect((await control('orders')).stdout).toContain('D · 6251 · 20000 · declined');
	expect((await control('balance', 'transfez')).stdout).toBe('transfez: IDR 50000\n');
	const refused = await control('settle', 'D', 'success');
	expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('it is declined')]);
	expect((await control('settle', 'D', 'refunded')).code).toBe(0);
	const states = shop.bodies.map((body) => JSON.parse(body).data[0].state);
	expect(states.slice(-5)).toEqual(['created', 'confirmed', 'submitted', 'declined', 'refunded']);
	expect(out()).toContain('D · 6251: declined → refunded');
});

test('--state keeps transfers, references, the balance and what the bank still has to do', async () => {
	const state = join(mkdtempSync(join(tmpdir(), 'callsim-transfez-')), 'state.jsonl');
	const options = { state, outcome: 'success', delayMs: 1_000 };
	const first = await openTransfez(options);
	first.box.setBalance('transfez', 100_000);
	const sent = localTransfer({ callback_url: first.shop });
	await first.api('POST', '/transactions', sent);
	await first.api('POST', '/transactions/6248/confirm');
	await first.box.close();

	const second = await openTransfez(options);
	expect(second.box.order('6248').state).toBe('confirmed');
	expect(second.box.balances()[0]?.balance).toBe('77500');
	expect((await second.api('POST', '/transactions', sent)).status).toBe(422);
	const next = await second.api('POST', '/transactions', localTransfer({ reference_id: 'B' }));
	expect(next.json.data.id).toBe(6249);
	await second.box.advance('1h');
	expect(second.box.order('6248').state).toBe('completed');
	expect(second.box.deliveries('6248').map(({ event, why }) => [event, why])).toEqual(
		['created', 'confirmed', 'submitted', 'completed'].map((word) => [
			`transfez/transaction-${word}`,
			'acknowledged',
		]),
	);
	second.box.reset();
	expect(second.box.balances()[0]?.balance).toBe('254897585');
});

test('--list tells every endpoint, table and rule with its trust, and where it comes from', async () => {
	const { code, stdout } = await callsimProcess(['sandbox', '--list', 'transfez', '--json']);
	expect(code).toBe(0);
	const [{ id, facts }] = JSON.parse(stdout).sandboxes;
	expect(id).toBe('transfez');
	const kinds = new Set(facts.map(({ kind }: { kind: string }) => kind));
	expect(kinds).toEqual(
		new Set(['endpoint', 'outcome', 'rule', 'answer', 'table', 'variant', '404']),
	);
	for (const { trust, source } of facts)
		if (trust !== 'assumed') expect(source).toMatch(/^https:\/\/github\.com\//);
	const ours = facts.find(({ says }: { says: string }) => says.startsWith('the account is 999'));
	expect(ours).toMatchObject({ trust: 'assumed', note: expect.stringContaining('ours') });
});
