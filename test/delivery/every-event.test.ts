import { describe, expect, test } from 'vitest';
import { everyCombination } from '../../src/compose/options.ts';
import { catalogue, eventOf } from '../support/catalogue.ts';
import { deliveryOf, run } from '../support/deliver.ts';
import { type Seen, serve } from '../support/server.ts';
import {
	bayarcashIsGenuine,
	digestChallenge,
	digestIsGenuine,
	iakIsGenuine,
	parsedBody,
	transferToHmacIsGenuine,
} from '../support/verifier.ts';

type Verdict = 'genuine' | 'forged' | 'unsigned';

/** What a merchant's code would say of the request, and whether it must be able to say so. */
interface Reading {
	readonly verdict: Verdict;
	readonly expected: Verdict;
}

const judged = (isGenuine: boolean): Reading => ({
	verdict: isGenuine ? 'genuine' : 'forged',
	expected: 'genuine',
});
/** Nothing to verify: then it must at least have the form that the merchant's code reads. */
const unsigned = (isReadable: boolean): Reading => ({
	verdict: isReadable ? 'unsigned' : 'forged',
	expected: 'unsigned',
});

/** A provider that is not here has no verifier yet, and no test can pass without one. */
const readings: Readonly<Record<string, (seen: Seen, options: readonly string[]) => Reading>> = {
	bayarcash(seen, options) {
		const fields = parsedBody(seen);
		if (!('transaction_channel' in fields)) return judged(bayarcashIsGenuine(fields, options));
		// A manual transfer carries no checksum.
		return unsigned(!('checksum' in fields) && typeof fields['order_no'] === 'string');
	},
	iak(seen, options) {
		const fields = parsedBody(seen);
		if (!options.includes('unsigned')) return judged(iakIsGenuine(fields));
		return unsigned(!('sign' in ((fields['data'] ?? fields['mp'] ?? fields) as object)));
	},
	khoins(seen) {
		const fields = parsedBody(seen);
		return unsigned(typeof fields['message'] === 'string' || typeof fields['refid'] === 'string');
	},
	transfez({ method, url, headers }, options) {
		if (options.includes('digest'))
			return judged(digestIsGenuine(headers.authorization ?? '', method, url));
		if (options.includes('hmac')) return judged(transferToHmacIsGenuine(headers));
		return unsigned(
			headers.authorization === undefined && headers['x-transferto-hmac'] === undefined,
		);
	},
};

function readingOf(provider: string, seen: Seen, options: readonly string[]): Reading {
	const read = readings[provider];
	if (read === undefined) throw new Error(`no verifier for ${provider} that is not ours`);
	return read(seen, options);
}

/** Challenges who must answer a Digest challenge, and takes everything else. */
const receiver = (options: () => readonly string[]) =>
	serve((seen, response) => {
		if (options().includes('digest') && seen.headers.authorization === undefined)
			response.writeHead(401, { 'www-authenticate': digestChallenge });
		response.end();
	});

function lastOf(seen: readonly Seen[]): Seen {
	const last = seen.at(-1);
	if (last === undefined) throw new Error('nothing arrived');
	return last;
}

const all = catalogue.events.flatMap((event) =>
	everyCombination(event.message).map((options) => [event.id, options] as const),
);

describe('every event in every combination of its choices', () => {
	test.each(catalogue.events.map((event) => [event.id] as const))(
		'%s is delivered, and genuine to a verifier that is not ours',
		async (id) => {
			const provider = eventOf(id).provider.id;
			let sent: readonly string[] = [];
			const { url, seen } = await receiver(() => sent);
			const combinations = all.filter(([event]) => event === id).map(([, options]) => options);
			for (const variants of combinations) {
				sent = variants;
				for (const fresh of [false, true]) {
					const events = await run([await deliveryOf(id, url, { variants, fresh })]);
					expect(events.at(-1)).toMatchObject({ acknowledged: 1, exitCode: 0 });
					const { verdict, expected } = readingOf(provider, lastOf(seen), variants);
					expect({ variants, fresh, verdict }).toEqual({ variants, fresh, verdict: expected });
				}
			}
			const challenges = combinations.filter((options) => options.includes('digest')).length;
			expect(seen).toHaveLength((combinations.length + challenges) * 2);
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
			expect(readingOf(id.split('/')[0] ?? '', lastOf(seen), []).verdict).toBe('forged');
		}
		expect(seen).toHaveLength(4);
	});
});

test('KHOINS arrives as JSON in a JSON string, in every form', async () => {
	const { url, seen } = await serve((_seen, response) => response.end());
	for (const form of ['full', 'short'])
		await run([await deliveryOf('khoins/transaction-failed', url, { variants: [form] })]);
	const inner = seen.map(
		(one) => JSON.parse(String(parsedBody(one)['message'])) as Record<string, string>,
	);
	expect(inner.map((one) => Object.keys(one))).toEqual([
		['tujuan', 'trxid', 'status', 'message'],
		['status', 'message'],
	]);
	expect(inner.map((one) => one['status'])).toEqual(['Gagal', 'Gagal']);
});
