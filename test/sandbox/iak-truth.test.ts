import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataOf, openIak } from '../support/iak-shop.ts';
import { runs } from '../support/long.ts';

const prices: Readonly<Record<string, number>> = {
	xld10000: 10925,
	xld25000: 25100,
	xld50000: 49960,
};
const orders = fc.constantFrom('a', 'b');

/** What a shop, and whoever decides, can do in any order. */
const steps = fc.array(
	fc.oneof(
		fc.record({ buy: orders, product: fc.constantFrom(...Object.keys(prices)) }),
		fc.record({
			settle: orders,
			as: fc.constantFrom('success', 'failed', 'pending', 'never', '13', '201', '39', 'cancelled'),
		}),
		fc.record({ inquire: orders, digit: fc.constantFrom('1', '6', '7', '8') }),
		fc.record({ pay: orders }),
		fc.record({ resend: orders }),
		fc.constantFrom('1m', '30h').map((advance) => ({ advance })),
	),
	{ minLength: 8, maxLength: 24, size: 'max' },
);

test('whatever is done, the deposit adds up, and answers, callbacks and states say one thing', async () => {
	await fc.assert(
		fc.asyncProperty(steps, fc.integer({ min: 0, max: 700_000 }), async (todo, start) => {
			const { box, seen, ask, buy, status, deposit } = await openIak(
				{ retry: '2x10s' },
				[500, 200],
			);
			box.setBalance('iak', start);
			const at = '/api/v1/bill/check';
			const bill = (ref: string) => `bill-${ref}`;
			const ids = new Map<string, string>();
			const finals = new Map<string, string>();
			for (const step of todo) {
				const [before, states] = [
					seen.length,
					JSON.stringify(box.orders().map((one) => one.state)),
				];
				if ('buy' in step) await buy(step.buy, { product_code: step.product });
				if ('settle' in step)
					for (const ref of [step.settle, bill(step.settle)])
						await box.settle(ref, step.as).catch(() => undefined);
				if ('inquire' in step) {
					const ref_id = bill(step.inquire);
					const fields = { commands: 'inq-pasca', code: 'CBN', hp: `0178300${step.digit}`, ref_id };
					const { json } = await ask(at, ref_id, fields);
					if (json.data.response_code === '00') ids.set(ref_id, String(json.data.tr_id));
				}
				if ('pay' in step) {
					const tr_id = ids.get(bill(step.pay)) ?? '1';
					await ask(at, tr_id, { commands: 'pay-pasca', tr_id });
				}
				if ('resend' in step) await box.resend(step.resend).catch(() => undefined);
				if ('advance' in step) await box.advance(step.advance);
				// No callback without a change of state, but those that are asked for again or retried.
				const isRepeat = 'resend' in step || 'advance' in step;
				if (!isRepeat && JSON.stringify(box.orders().map((one) => one.state)) === states)
					expect(seen.length).toBe(before);
				for (const { id, state } of box.orders()) {
					const final = finals.get(id);
					if (final !== undefined) expect(state).toBe(final);
					if (['success', 'failed', 'paid'].includes(state)) finals.set(id, state);
				}
			}
			await box.advance('1m');
			const held = box.orders().map(({ kind, state, amount }) => {
				if (kind === 'top-up') return state === 'failed' ? 0 : Number(amount);
				return ['paid', 'in process'].includes(state) ? Number(amount) - 1_000 : 0;
			});
			const left = start - held.reduce((sum, one) => sum + one, 0);
			expect(await deposit()).toBe(left);
			expect(left).toBeGreaterThanOrEqual(0);
			expect(box.balances()[0]?.balance).toBe(String(left));
			const bodies = new Map<string, string>();
			for (const callback of seen) {
				const { ref_id = '', rc = '', price, product_code = '' } = dataOf(callback);
				expect(Number(price)).toBe(prices[product_code]);
				const key = `${ref_id} ${rc}`;
				expect(bodies.get(key) ?? callback.body.toString()).toBe(callback.body.toString());
				bodies.set(key, callback.body.toString());
			}
			// What was final in a callback is what the query tells; one that is retried may come late.
			for (const told of seen.map(dataOf).filter((one) => one['status'] !== '0')) {
				const { data } = (await status(told['ref_id'] ?? '')).json;
				expect([String(data.status), data.rc, data.sn]).toEqual([
					...[told['status'], told['rc'], told['sn']],
				]);
			}
			await box.close();
		}),
		runs(40),
	);
});

test('fifty top-ups at once, some of one order, take the deposit for each order once', async () => {
	const { box, seen, buy, deposit } = await openIak({ outcome: 'success' });
	const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => buy(`order-${at % 10}`)));
	expect(new Set(answers.map(({ json }) => json.data.tr_id)).size).toBe(10);
	// On a busy machine a callback may take longer than an answer waits for it.
	await box.advance('1s');
	expect(
		seen
			.map(dataOf)
			.map(({ ref_id }) => ref_id)
			.sort(),
	).toEqual(Array.from({ length: 10 }, (_, at) => `order-${at}`));
	expect(await deposit()).toBe(100_000_000 - 10 * 25_100);
});
