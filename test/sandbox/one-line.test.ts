import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from 'callback-simulator';
import { expect, test } from 'vitest';
import { openIak } from '../support/iak-shop.ts';
import { get, openKhoins } from '../support/khoins-shop.ts';
import { localTransfer, openTransfez } from '../support/open-transfez.ts';
import { scratch } from '../support/scratch.ts';

/** Where it begins, what is taken of it in which states, what else an order costs. */
const money: Readonly<Record<string, readonly [begin: number, taking: string[], fee: number]>> = {
	khoins: [1_000_000, ['Pending', 'Success'], 0],
	iak: [0, ['process', 'pending', 'success'], 0],
	transfez: [254_897_585, ['confirmed', 'submitted', 'completed'], 2_500],
};

function expectSum(box: Sandbox, provider: string, start?: number) {
	const [begin, taking, fee] = money[provider] ?? [0, [], 0];
	const taken = box
		.orders()
		.filter(({ state }) => taking.includes(state))
		.reduce((sum, { amount }) => sum + Number(amount) + fee, 0);
	expect(Number(box.balances()[0]?.balance)).toBe((start ?? begin) - taken);
}

/** Each begins three orders: one waits, one succeeds, one fails. */
const shops = {
	async khoins(state: string) {
		const { box } = await openKhoins({ state });
		for (const trxid of ['a', 'b', 'c'])
			await get(box.url, { tujuan: '089612345678', trxid, kodeproduk: 'TH50' });
		return box;
	},
	async iak(state: string) {
		const { box, buy } = await openIak({ state });
		for (const ref of ['a', 'b', 'c']) await buy(ref);
		return box;
	},
	async transfez(state: string) {
		const { box, api } = await openTransfez({ state });
		for (const reference_id of ['a', 'b', 'c']) {
			const { json } = await api('POST', '/transactions', localTransfer({ reference_id }));
			await api('POST', `/transactions/${json.data.id}/confirm`);
		}
		return box;
	},
};

const reopened = {
	khoins: async (state: string) => (await openKhoins({ state })).box,
	iak: async (state: string) => (await openIak({ state })).box,
	transfez: async (state: string) => (await openTransfez({ state })).box,
};

test.each(Object.keys(shops) as (keyof typeof shops)[])(
	'whatever line a kill leaves as the last one, deposit and orders of %s add up',
	async (id) => {
		const state = join(scratch(), 'state.jsonl');
		const empty = await reopened[id](`${state}.empty`);
		const start = Number(empty.balances()[0]?.balance);
		const box = await shops[id](state);
		await box.settle('b', 'success');
		await box.settle('c', 'failed');
		expectSum(box, id, start);
		await box.close();
		const lines = readFileSync(state, 'utf8').split('\n').slice(0, -1);
		expect(lines.length).toBeGreaterThan(5);
		for (let kept = 1; kept <= lines.length; kept++) {
			const whole = lines.slice(0, kept).map((line) => `${line}\n`);
			const torn = lines[kept]?.slice(0, -7) ?? '';
			const path = `${state}.${kept}`;
			writeFileSync(path, [...whole, torn].join(''));
			const after = await reopened[id](path);
			expectSum(after, id, start);
			await after.close();
		}
	},
);

test('a reference of a transfer is used up with the transfer itself', async () => {
	const state = join(scratch(), 'state.jsonl');
	const first = await openTransfez({ state });
	await first.api('POST', '/transactions', localTransfer());
	await first.box.close();
	const lines = readFileSync(state, 'utf8').split('\n');
	const order = lines.findIndex((line) => line.includes('"transfer"'));
	writeFileSync(state, `${lines.slice(0, order + 1).join('\n')}\n`);
	const { api } = await openTransfez({ state });
	expect((await api('POST', '/transactions', localTransfer())).status).toBe(422);
});
