import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { get, openKhoins, resultOf } from '../support/khoins-shop.ts';
import { runs } from '../support/long.ts';

const prices: Readonly<Record<string, number>> = { TH10: 10_550, TH50: 49_665, PLT20: 21_078 };
const tujuan = fc.constantFrom('089612345678', '089500000000', '089500000001');

/** What a shop and its provider can do, in any order; `of`: which order of those that there are. */
const steps = fc.array(
	fc.oneof(
		fc.record({ buy: fc.constantFrom(...Object.keys(prices)), tujuan, trxid: fc.nat(6) }),
		fc.record({ pay: fc.integer({ min: 900, max: 400_000 }), tujuan, trxid: fc.nat(6) }),
		fc.record({ ticket: fc.integer({ min: 1, max: 99_999 }) }),
		fc.record({
			gateway: fc.integer({ min: 1, max: 99_999 }),
			method: fc.constantFrom('QRIS', 'VA_BCA'),
		}),
		fc.record({
			settle: fc.constantFrom('success', 'failed', 'cancelled', 'expired', 'never'),
			of: fc.nat(20),
		}),
		fc.constantFrom('1m', '25h').map((advance) => ({ advance })),
		fc.constant({ resend: true }),
	),
	{ maxLength: 14 },
);

const number = (text: string, before: string): number =>
	Number(new RegExp(`${before}(-?[\\d.]+?)(?:\\.? |#|$)`).exec(text)?.[1]?.replaceAll('.', ''));

test('whatever happens, the deposit is what was there, less what was bought, and what was topped up', async () => {
	await fc.assert(
		fc.asyncProperty(steps, fc.constantFrom('ask', 'success', 'failed'), async (todo, outcome) => {
			const { box, seen } = await openKhoins({ outcome });
			/** Of each order what it moves: while it is Pending, and when it has succeeded. */
			const moves = new Map<string, { pending: number; success: number }>();
			const note = (id: string | undefined, pending: number, success: number) =>
				id !== undefined && !moves.has(id) && moves.set(id, { pending, success });
			const finals = new Map<string, string>();
			for (const step of todo) {
				const callbacks = seen.length;
				const before = new Map(box.orders().map(({ id, state }) => [id, state]));
				if ('buy' in step) {
					const { buy: kodeproduk, tujuan, trxid } = step;
					await get(box.url, { tujuan, trxid: `t-${trxid}`, kodeproduk });
					const price = prices[kodeproduk] ?? Number.NaN;
					note(newest(box, before), -price, -price);
				}
				if ('pay' in step) {
					const { pay, tujuan, trxid } = step;
					const asked = { tujuan, trxid: `t-${trxid}`, kodeproduk: 'PAYBCAB', qty: String(pay) };
					const { json } = await get(box.url, asked);
					const price = number(json.message, 'Harga:');
					note(newest(box, before), 0, -price);
				}
				if ('ticket' in step) {
					const { json } = await get(`${box.url}/ticket`, { amount: String(step.ticket) });
					note(newest(box, before), 0, number(json.message, 'transfer Rp\\. '));
				}
				if ('gateway' in step) {
					const { method, gateway } = step;
					const asked = { method, amount: String(gateway), description: 'x' };
					const { json } = await get(`${box.url}/payment-gateway`, asked);
					const { final_amount: final, amount } = json.data;
					note(newest(box, before), 0, method === 'QRIS' ? Math.floor(final) : amount);
				}
				if ('settle' in step) {
					const order = box.orders()[step.of];
					if (order !== undefined) await box.settle(order, step.settle).catch(() => undefined);
				}
				if ('resend' in step) {
					const first = seen.at(-1);
					const delivery = box.deliveries().at(-1);
					if (delivery === undefined || first === undefined) continue;
					await box.resend(delivery.id);
					expect(seen.at(-1)?.body.equals(first.body)).toBe(true);
					seen.pop();
				}
				if ('advance' in step) await box.advance(step.advance);

				const orders = box.orders();
				// One state, for ever; and a callback for each change that is no answer's.
				let told = 0;
				for (const { id, state, kind } of orders) {
					const was = before.get(id) ?? 'Pending';
					if (finals.has(id)) expect(state).toBe(finals.get(id));
					if (state !== 'Pending') finals.set(id, state);
					const isPaid = kind === 'transaction' && (moves.get(id)?.pending ?? 0) === 0;
					if (state !== was && !isPaid) told++;
				}
				expect(seen.length - callbacks).toBe('resend' in step ? 0 : told);

				const sum = orders.reduce((total, { id, state }) => {
					const { pending, success } = moves.get(id) ?? {
						pending: Number.NaN,
						success: Number.NaN,
					};
					return total + (state === 'Pending' ? pending : state === 'Success' ? success : 0);
				}, 1_000_000);
				const { json } = await get(`${box.url}/balance`, {});
				expect(json.balance).toBe(sum);
				expect(sum).toBeGreaterThanOrEqual(0);
				expect(box.balances()[0]?.balance).toBe(String(sum));
				const isOpen = ({ kind, state }: { kind: string; state: string }) =>
					kind === 'transaction' && state === 'Pending';
				expect(json.in_progress).toBe(orders.filter(isOpen).length);
				// What was told last of the deposit is what is there.
				const said = seen.slice(callbacks).map((one) => resultOf(one).message.message);
				const saldo = said.length === 1 ? number(said[0] ?? '', 'Saldo: ') : Number.NaN;
				if (!Number.isNaN(saldo) && 'settle' in step) expect(saldo).toBe(sum);
			}
			await box.close();
		}),
		runs(60),
	);
});

/** Id of the order that was not there before. */
function newest(
	box: Awaited<ReturnType<typeof openKhoins>>['box'],
	before: ReadonlyMap<string, string>,
): string | undefined {
	return box.orders().find(({ id }) => !before.has(id))?.id;
}

test('a retry carries the same bytes, whatever has become of the deposit meanwhile', async () => {
	const { box, seen } = await openKhoins({ outcome: 'success', retry: '3x60s' }, [500, 500, 200]);
	await get(box.url, { tujuan: '089612345678', trxid: 'a', kodeproduk: 'TH10' });
	box.setBalance('khoins', 7);
	await box.advance('1m');
	box.setBalance('khoins', 8);
	await box.advance('10m');
	expect(seen).toHaveLength(3);
	expect(new Set(seen.map(({ body }) => body.toString())).size).toBe(1);
	expect(resultOf(seen[2] as never).message.message).toContain('Saldo: 989.450#@');
});

test('a restart goes on with the deposit, what is known of each trxid, and what was still to come', async () => {
	const state = join(mkdtempSync(join(tmpdir(), 'callsim-khoins-')), 'state.jsonl');
	const pulsa = { tujuan: '089612345678', trxid: 'a', kodeproduk: 'TH10' };
	const first = await openKhoins({ state });
	await get(first.box.url, pulsa);
	await get(`${first.box.url}/ticket`, { amount: '10000' });
	await first.box.close();
	const { box, seen } = await openKhoins({ state });
	expect(box.balances()[0]?.balance).toBe('989450');
	expect((await get(box.url, pulsa)).json.status).toBe('Pending');
	await box.settle('a', 'failed');
	await box.advance('25h');
	expect(seen.map(resultOf).map(({ message }) => message.status)).toEqual(['Gagal', 'Expired']);
	expect(box.balances()[0]?.balance).toBe('1000000');
});
