import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call, formOf, intentFields, openSandbox } from '../support/open-sandbox.ts';

/** What anybody can do to a payment, in any order. */
const steps = fc.array(
	fc.oneof(
		fc
			.constantFrom('success', 'failed', 'cancelled', 'pending', 'never')
			.map((outcome) => ({ outcome })),
		fc.constant({ visit: true }),
		fc.constant({ cancel: true }),
		fc.constantFrom('1m', '30m', '2h').map((advance) => ({ advance })),
	),
	{ maxLength: 8 },
);

test('whatever is done to a payment, its answers, its callbacks and its state say one thing', async () => {
	await fc.assert(
		fc.asyncProperty(steps, async (todo) => {
			const { box, shop, seen } = await openSandbox();
			const fields = intentFields({ callback_url: shop });
			const { json } = await call('POST', `${box.url}/v3/payment-intents`, fields);
			const at = `${box.url}/v3/payment-intents/${json.id}`;
			const states: string[] = [];
			for (const step of todo) {
				const callbacks = seen.length;
				const before = await call('GET', at);
				if ('outcome' in step) await box.settle(json.id, step.outcome).catch(() => undefined);
				if ('visit' in step) await call('GET', json.url);
				if ('cancel' in step) await call('DELETE', at);
				if ('advance' in step) await box.advance(step.advance);
				const after = await call('GET', at);
				// No callback without a change of what the query tells.
				if (
					after.json.status === before.json.status &&
					JSON.stringify(after.json) === JSON.stringify(before.json)
				)
					expect(seen.length).toBe(callbacks);
				expect(box.order(json.id).state).toBe(after.json.status);
				states.push(after.json.status);
			}
			const final = ['paid', 'cancelled'];
			const first = states.findIndex((state) => final.includes(state));
			if (first !== -1) expect(new Set(states.slice(first)).size).toBe(1);
			const { json: intent } = await call('GET', at);
			const paid = intent.attempts.filter(({ status }: { status: number }) => status === 3);
			expect(paid.length).toBe(intent.status === 'paid' ? 1 : 0);
			// The last thing that was said of an attempt is what it is.
			const said = new Map(
				seen.map(formOf).map((one) => [one['transaction_id'], one['status'] ?? '0']),
			);
			const known = intent.attempts.map((one: { transaction_id: string; status: number }) => [
				one.transaction_id,
				String(one.status),
			]);
			expect(new Map(known)).toEqual(said);
			await box.close();
		}),
		{ numRuns: 40 },
	);
});

test('fifty orders at once keep their own data', async () => {
	const { box, shop, seen } = await openSandbox({ outcome: 'success' });
	await Promise.all(
		Array.from({ length: 50 }, (_, at) =>
			call(
				'POST',
				`${box.url}/v3/payment-intents`,
				intentFields({ order_number: `N-${at}`, amount: `${at + 1}.00`, callback_url: shop }),
			),
		),
	);
	// On a busy machine a callback may take longer than an answer waits for it.
	await box.advance('1s');
	const finals = seen.map(formOf).filter((one) => one['record_type'] === 'transaction');
	expect(finals).toHaveLength(50);
	for (const one of finals)
		expect(`${Number(one['order_number']?.slice(2)) + 1}.00`).toBe(one['amount']);
	expect(new Set(finals.map((one) => one['transaction_id'])).size).toBe(50);
});
