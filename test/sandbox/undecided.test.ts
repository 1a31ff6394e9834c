import { expect, test } from 'vitest';
import { callsimProcess } from '../support/cli-process.ts';
import { call, intentFields } from '../support/open-sandbox.ts';
import { inTmux } from '../support/tmux.ts';
import { needs } from '../support/tools.ts';

const wide = { columns: 160, rows: 40 };

/** A sandbox that somebody sits before. */
async function sandboxInTerminal(flags = '') {
	const terminal = await inTmux(`sandbox bayarcash --port 0 --delay 0 ${flags}`, wide);
	const [, url = ''] = /sandbox on (\S+)/.exec(await terminal.shows('Orders, and what')) ?? [];
	const make = (reference: string, more: object = {}) =>
		call('POST', `${url}/v3/payment-intents`, intentFields({ order_number: reference, ...more }));
	const state = async (reference: string) =>
		(await call('GET', `${url}/_callsim/orders/${reference}`)).json.state;
	return { terminal, url, make, state };
}

test.skipIf(!needs('tmux'))(
	'an order that waits for whoever sits there says what to type and to open, and that does it',
	async () => {
		const { terminal, url, make, state } = await sandboxInTerminal();
		const { json } = await make('ORD-1');
		const shown = await terminal.shows('to decide: ');
		expect(shown).toContain(`to pay: ${json.url}\n`);
		const [, typed = ''] = /to decide: callsim (.+?) {2}\(or failed, /.exec(shown) ?? [];
		expect(typed).toBe(`sandbox settle ${json.id} success --port ${new URL(url).port}`);
		expect((await callsimProcess(typed.split(' '))).code).toBe(0);
		expect(await state('ORD-1')).toBe('paid');
	},
);

test.skipIf(!needs('tmux'))('a test bank decides by itself, and nobody is asked', async () => {
	const { terminal, make, state } = await sandboxInTerminal();
	await make('ORD-1', { payer_bank_code: 'TEST0021' });
	expect(await state('ORD-1')).toBe('paid');
	expect(await terminal.shows('→ 200 · ORD-1')).not.toContain('to decide: ');
});

test.skipIf(!needs('tmux'))('with --outcome ask it does not', async () => {
	const { terminal, make, state } = await sandboxInTerminal('--outcome ask');
	await make('ORD-1', { payer_bank_code: 'TEST0021' });
	await terminal.shows('to decide: ');
	expect(await state('ORD-1')).toBe('pending');
});
