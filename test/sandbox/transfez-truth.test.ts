import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../support/long.ts';
import { localTransfer, openTransfez, transferIn } from '../support/open-transfez.ts';
import type { Seen } from '../support/server.ts';

const follows: Readonly<Record<string, readonly string[]>> = {
	created: ['confirmed', 'canceled'],
	confirmed: ['submitted', 'canceled'],
	submitted: ['completed', 'declined'],
	completed: ['refunded'],
	declined: ['refunded'],
	canceled: [],
	refunded: [],
};

/** What anybody can do to three transfers, in any order. */
const which = fc.integer({ min: 0, max: 2 });
const steps = fc.array(
	fc.oneof(
		fc.record({ do: fc.constantFrom('create', 'confirm', 'cancel'), which }),
		fc.record({
			do: fc.constant('settle'),
			which,
			outcome: fc.constantFrom(
				...['success', 'failed', 'cancelled', 'pending', 'never', 'refunded', '7003', 'confirmed'],
			),
		}),
		fc.record({ do: fc.constant('advance'), which, by: fc.constantFrom('1s', '4s', '1h') }),
	),
	{ maxLength: 12 },
);

const settings = fc.record({
	delayMs: fc.constantFrom(0, 1_500),
	outcome: fc.constantFrom('ask', 'success', 'failed', 'pending'),
});

test('whatever is done to transfers, answers, callbacks and balance say one thing', async () => {
	await fc.assert(
		fc.asyncProperty(steps, settings, async (todo, options) => {
			const { box, shop, seen, api } = await openTransfez(options, [500, 200]);
			box.setBalance('transfez', 50_000);
			const path = (at: number) => `/transactions/T-${at}`;
			for (const step of todo) {
				const at = step.which;
				if (step.do === 'create')
					await api(
						'POST',
						'/transactions',
						localTransfer({ reference_id: `T-${at}`, callback_url: shop }),
					);
				if (step.do === 'confirm') await api('POST', `${path(at)}/confirm_by_ref_id`);
				if (step.do === 'cancel') {
					const { json } = await api('GET', path(at));
					await api('POST', `/transactions/${json.data?.id ?? 0}/cancel`);
				}
				if ('outcome' in step) await box.settle(`T-${at}`, step.outcome).catch(() => undefined);
				if ('by' in step) await box.advance(step.by);
				await addsUp();
			}
			// Everything that is under way, retries included.
			await box.advance('2h');
			await addsUp();
			const now = await states();
			for (const [reference, state] of now) {
				const told = inOrder(seen, reference);
				// Every change was called back, each after one that it follows, and nothing else.
				expect(told[0]).toBe('created');
				expect(told.at(-1)).toBe(state);
				for (const [count, one] of told.entries())
					if (count > 0) expect(follows[told[count - 1] ?? '']).toContain(one);
				expect(box.order(reference).state).toBe(state);
			}
			// A retry is the same bytes: as many bodies as changes.
			const bodies = new Set(seen.map(({ body }) => body.toString()));
			const changes = [...now.keys()].flatMap((reference) => inOrder(seen, reference));
			expect(bodies.size).toBe(changes.length);
			expect(box.deliveries().length).toBe(changes.length);
			await box.close();

			async function states(): Promise<Map<string, string>> {
				const { json } = await api('GET', '/transactions');
				return new Map(
					json.data.map((one: { reference_id: string; state: string }) => [
						one.reference_id,
						one.state,
					]),
				);
			}
			async function addsUp(): Promise<void> {
				const holding = [...(await states()).values()].filter((state) =>
					['confirmed', 'submitted', 'completed'].includes(state),
				);
				const left = 50_000 - holding.length * 22_500;
				expect(left).toBeGreaterThanOrEqual(0);
				expect(box.balances()[0]?.balance).toBe(String(left));
				const { json } = await api('GET', '/my_balances');
				expect(json.data.balances[0].balance).toBe(left);
			}
		}),
		runs(40),
	);
});

/** What was told of a transfer, each once, by the time that it carries. */
function inOrder(seen: readonly Seen[], reference: string): string[] {
	const all = seen.map(transferIn).filter(({ reference_id }) => reference_id === reference);
	const byTime = new Map(all.map(({ updated_at, state }) => [updated_at, state as string]));
	return [...byTime].sort(([a], [b]) => a.localeCompare(b)).map(([, state]) => state);
}

test.each([
	['default', []],
	['bare', ['bare']],
	['page', ['page']],
	['bare page', ['bare', 'page']],
])('every state can be called back in its form: %s', async (_, variant) => {
	const { box, shop, seen, api } = await openTransfez({ variant });
	const states = ['completed', 'refunded', 'declined', 'canceled'];
	for (const [at, state] of states.entries()) {
		const sent = localTransfer({ reference_id: `T-${at}`, callback_url: shop });
		await api('POST', '/transactions', sent);
		await box.settle(`T-${at}`, state);
	}
	await box.settle('T-2', 'refunded');
	expect(new Set(seen.map((one) => transferIn(one).state))).toEqual(new Set(Object.keys(follows)));
	expect(box.deliveries().every(({ why }) => why === 'acknowledged')).toBe(true);
});

test('twenty transfers at once keep their own data', async () => {
	const { box, shop, seen, api } = await openTransfez({ outcome: 'success' });
	await Promise.all(
		Array.from({ length: 20 }, async (_, at) => {
			const sent = localTransfer({
				reference_id: `N-${at}`,
				destination: { amount: `${10_000 + at}`, currency: 'IDR', country_iso_code: 'IDN' },
				callback_url: shop,
			});
			const { json } = await api('POST', '/transactions', sent);
			await api('POST', `/transactions/${json.data.id}/confirm`);
		}),
	);
	// On a busy machine a callback may take longer than an answer waits for it.
	await box.advance('1s');
	const finals = seen.map(transferIn).filter(({ state }) => state === 'completed');
	expect(finals).toHaveLength(20);
	for (const one of finals) expect(one.amount).toBe(10_000 + Number(one.reference_id.slice(2)));
	expect(new Set(finals.map(({ id }) => id)).size).toBe(20);
	const spent = Array.from({ length: 20 }, (_, at) => 12_500 + at).reduce((sum, one) => sum + one);
	expect(box.balances()[0]?.balance).toBe(String(254_897_585 - spent));
});
