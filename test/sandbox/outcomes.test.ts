import { expect, test } from 'vitest';
import { openIak } from '../support/iak-shop.ts';
import { get, openKhoins } from '../support/khoins-shop.ts';
import { call, intentFields, openSandbox } from '../support/open-sandbox.ts';
import { localTransfer, openTransfez } from '../support/open-transfez.ts';
import { callsim } from '../support/run-cli.ts';

/** A sandbox with one order that nothing has been decided about. */
const opened = {
	async bayarcash() {
		const { box } = await openSandbox();
		await call('POST', `${box.url}/v3/payment-intents`, intentFields());
		return { box, beside: '' };
	},
	async iak() {
		const { box, buy } = await openIak();
		await buy('order001');
		return { box, beside: ', or a response code such as 13' };
	},
	async khoins() {
		const { box } = await openKhoins();
		await get(box.url, { tujuan: '089612345678', trxid: 'abc-123', kodeproduk: 'TH50' });
		return { box, beside: '' };
	},
	async transfez() {
		const { box, api } = await openTransfez();
		await api('POST', '/transactions', localTransfer());
		const beside = ', a state such as completed, or the code of a decline such as 2';
		return { box, beside };
	},
};
const providers = Object.keys(opened) as (keyof typeof opened)[];

test.each(providers)('an outcome that %s has not names those of the order now', async (id) => {
	const { box, beside } = await opened[id]();
	const [order] = box.orders();
	const { id: name = '', outcomes = [] } = order ?? {};
	expect(outcomes).toContain('success');
	for (const word of ['maybe', 'constructor', ''])
		await expect(box.settle(name, word)).rejects.toThrow(
			`"${word}" is no outcome; now an outcome is one of ${outcomes.join(', ')}${beside}`,
		);
});

test.each(providers)('none is said to be possible for %s that would change nothing', async (id) => {
	const { box } = await opened[id]();
	const name = box.orders()[0]?.id ?? '';
	if (box.order(name).outcomes.includes('pending')) {
		await box.settle(name, 'pending');
		expect(box.order(name).outcomes).not.toContain('pending');
	}
	for (let tries = 0; tries < 3; tries++) {
		const [next] = box.order(name).outcomes;
		if (next !== undefined) await box.settle(name, next);
	}
	expect(box.order(name).outcomes).toEqual([]);
});

test.each([
	['sandbox', '--help'],
	['help', 'outcomes'],
])('callsim %s %s names them', async (...words) => {
	const { stdout } = await callsim(words);
	for (const id of providers) {
		const { box } = await opened[id]();
		const [, line = ''] = new RegExp(`^  ${id} +((?:.|\n {13})*)`, 'm').exec(stdout) ?? [];
		for (const word of box.orders()[0]?.outcomes ?? [])
			if (word !== 'never') expect(line).toMatch(new RegExp(`\\b${word}\\b`));
	}
});
