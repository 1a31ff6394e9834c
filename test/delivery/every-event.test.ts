import { describe, expect, test } from 'vitest';
import { everyCombination } from '../../src/compose/options.ts';
import { catalogue, eventOf } from '../support/catalogue.ts';
import { deliveryOf, run } from '../support/deliver.ts';
import { type Seen, serve } from '../support/server.ts';
import { bayarcashIsGenuine, iakIsGenuine, parsedBody, transferToHmacIsGenuine } from '../support/verifier.ts';

/** Whether a merchant's code would take the request for genuine; undefined where the provider signs nothing. */
function verdict(provider: string, seen: Seen, options: readonly string[]): boolean | undefined {
	if (provider === 'bayarcash') {
		const fields = parsedBody(seen);
		return 'transaction_channel' in fields ? undefined : bayarcashIsGenuine(fields, options);
	}
	if (provider === 'iak') return options.includes('unsigned') ? undefined : iakIsGenuine(parsedBody(seen));
	if (provider === 'transfez' && options.includes('hmac')) return transferToHmacIsGenuine(seen.headers);
	return undefined;
}

const all = catalogue.events.flatMap((event) =>
	everyCombination(event.message).map((options) => [event.id, options] as const),
);

describe('every event in every combination of its choices', () => {
	test.each(catalogue.events.map((event) => [event.id] as const))(
		'%s is delivered, and genuine to a verifier that is not ours',
		async (id) => {
			const { url, seen } = await serve((_seen, response) => response.writeHead(200).end());
			const combinations = all.filter(([event]) => event === id).map(([, options]) => options);
			for (const variants of combinations) {
				for (const fresh of [false, true]) {
					const events = await run([await deliveryOf(id, url, { variants, fresh })]);
					expect(events.at(-1)).toMatchObject({ acknowledged: 1, exitCode: 0 });
					const last = seen.at(-1);
					expect(last).toBeDefined();
					if (last !== undefined) expect(verdict(eventOf(id).provider.id, last, variants)).not.toBe(false);
				}
			}
			expect(seen).toHaveLength(combinations.length * 2);
		},
	);

	test('with one character changed is genuine no more', async () => {
		const { url, seen } = await serve((_seen, response) => response.writeHead(200).end());
		for (const [id, tamper] of [
			['bayarcash/transaction-success', 'amount=60.01'],
			['bayarcash/receipt-success', 'status=2'],
			['bayarcash/pre-transaction', 'order_number=ORD-0061'],
			['iak/pulsa-success', 'ref_id=order003'],
		] as const) {
			await run([await deliveryOf(id, url, { tamper: [tamper] })]);
			const last = seen.at(-1);
			if (last !== undefined) expect(verdict(id.split('/')[0] ?? '', last, [])).toBe(false);
		}
		expect(seen).toHaveLength(4);
	});
});

test('KHOINS arrives as JSON in a JSON string, in every form', async () => {
	const { url, seen } = await serve((_seen, response) => response.end());
	for (const form of ['full', 'short'])
		await run([await deliveryOf('khoins/transaction-failed', url, { variants: [form] })]);
	const inner = seen.map((one) => JSON.parse(String(parsedBody(one)['message'])) as Record<string, string>);
	expect(inner.map((one) => Object.keys(one))).toEqual([
		['tujuan', 'trxid', 'status', 'message'],
		['status', 'message'],
	]);
	expect(inner.map((one) => one['status'])).toEqual(['Gagal', 'Gagal']);
});
