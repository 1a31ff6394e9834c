import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Draws } from '../../src/burst/draws.ts';
import { choose, everyCombination } from '../../src/compose/options.ts';
import { requestTarget } from '../../src/model/request.ts';
import { instant, sourceOf } from '../support/burst.ts';
import { catalogue, eventOf } from '../support/catalogue.ts';

const all = catalogue.events.flatMap((event) =>
	everyCombination(event.message).map(
		(options) => [`${event.id} ${options.join(' ')}`, event.id, options] as const,
	),
);

/** A burst's source, and what composing makes of its nth callback, with the same characters and instant. */
async function besideComposing(id: string, options: readonly string[]) {
	const event = eventOf(id);
	const { message } = choose(event, { named: options, of: {} });
	const { source, composeAt, draws: ofSource } = sourceOf(event, { variants: options });
	await source.begin();
	const draws = ofSource();
	const { reference } = message.roles;
	const period = reference === undefined ? 1_000 : draws.periodOf(reference);
	const inASecond = period === 1 ? 1_000 : Math.min(1_000, period);
	const composedAt = (n: number) => {
		const characters = new Uint8Array(draws.size);
		draws.write(n, characters);
		return composeAt(characters, instant - Math.floor(n / inASecond) * 1_000);
	};
	return { source, composedAt };
}

describe('a callback of a burst is, byte for byte, what composing makes of it', () => {
	test.each(all)('%s', async (_, id, options) => {
		const { source, composedAt } = await besideComposing(id, options);
		expect(source.isFast).toBe(true);
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 20_000_000 }), async (n) => {
				const wanted = await composedAt(n);
				await source.prepare(n);
				const { path, body, headersAt } = source.callback(n, { bytes: Buffer.alloc(0) });
				expect(path).toBe(requestTarget(wanted.request.url));
				expect(body && Buffer.from(body).toString('utf8')).toBe(
					wanted.request.body && Buffer.from(wanted.request.body).toString('utf8'),
				);
				expect(headersAt(instant)).toEqual(wanted.request.headersAt(instant));
				expect(source.reference(n)).toBe(wanted.order?.reference ?? '');
			}),
			{ numRuns: 3 },
		);
	});
});

test.each(['tamper', 'wrong key', 'unsigned', 'a name in another script', 'another attempt'])(
	'so is one with %s',
	async (what) => {
		const text = (path: string, value: string) => [
			{ path, value: { kind: 'text', text: value } as const },
		];
		const shaping = {
			tamper: { tamper: text('amount', '9.99') },
			'wrong key': { wrongKey: true },
			unsigned: { unsigned: true },
			'a name in another script': { set: text('payer_name', 'Nuraïn 陈 €') },
			'another attempt': { newAttempt: true },
		}[what];
		const {
			source,
			composeAt,
			draws: ofSource,
		} = sourceOf(eventOf('bayarcash/transaction-success'), shaping);
		await source.begin();
		expect(source.isFast).toBe(true);
		await source.prepare(1_234);
		const draws = ofSource();
		const characters = new Uint8Array(draws.size);
		draws.write(1_234, characters);
		const wanted = await composeAt(characters, instant - 1_000);
		const { body } = source.callback(1_234, { bytes: Buffer.alloc(0) });
		expect(body).toEqual(wanted.request.body);
	},
);

test('references differ, over many seconds of the provider, in every event that makes one', async () => {
	for (const event of catalogue.events) {
		const { reference } = event.message.roles;
		const template = reference === undefined ? undefined : event.message.fresh?.[reference];
		if (template === undefined || !template.includes('digits')) continue;
		const { source } = sourceOf(event);
		await source.begin();
		const seen = new Set<string>();
		for (let n = 0; n < 12_000; n++) {
			await source.prepare(n);
			seen.add(source.reference(n));
		}
		expect([event.id, seen.size]).toEqual([event.id, 12_000]);
	}
});

test('short ids are all met before one returns', () => {
	const draws = new Draws({ id: '${digits:4}', code: 'x${base62:2}' }, '1');
	const characters = new Uint8Array(draws.size);
	const [ids, codes] = [new Set<string>(), new Set<string>()];
	for (let n = 0; n < 9_000; n++) {
		draws.write(n, characters);
		const text = Buffer.from(characters).toString('latin1');
		ids.add(text.slice(0, 4));
		if (n < 62 * 62) codes.add(text.slice(4));
	}
	expect(ids.size).toBe(9_000);
	expect([...ids].some((id) => id.startsWith('0'))).toBe(false);
	expect(codes.size).toBe(62 * 62);
});

test('a field that is made from a hash of an id is composed one by one', async () => {
	const event = eventOf('bayarcash/transaction-success');
	const hashed = {
		...event,
		message: {
			...event.message,
			derive: { ...event.message.derive, payer_name: '${order_number|md5}' },
		},
	};
	const { source, composeAt, draws: ofSource } = sourceOf(hashed);
	await source.begin();
	expect(source.isFast).toBe(false);
	await source.prepare(70);
	const draws = ofSource();
	const characters = new Uint8Array(draws.size);
	draws.write(70, characters);
	const wanted = await composeAt(characters, instant);
	expect(source.callback(70, { bytes: Buffer.alloc(0) }).body).toEqual(wanted.request.body);
	expect(source.reference(70)).toBe(wanted.order?.reference);
});
