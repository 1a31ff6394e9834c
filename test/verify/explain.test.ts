import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/verify/explain.ts';
import { mistakeContextOf } from '../../src/verify/mistake-context.ts';
import { mistakesFor } from '../../src/verify/mistakes/index.ts';
import { readFields } from '../../src/verify/read-fields.ts';
import { recipeOf, signatureOf } from '../../src/verify/recipe.ts';
import { recognise } from '../../src/verify/recognise.ts';
import { bodyOf, composed } from '../support/catalogue.ts';
import { part } from '../support/long.ts';
import { keys } from '../support/verifier.ts';
import { judged, receivedOf, worldOf } from '../support/verify.ts';

/** A callback in which every mistake changes something. */
const telling = [
	"payer_name=Nur'ain Ängström & Co + 5%20",
	'payer_bank_name:=null',
	'amount=60.00',
];
const other = { name: 'another key', text: 'another-key' };

async function patient(id: string, set: readonly string[]) {
	const item = await composed(id, { set });
	const received = receivedOf(item);
	const context = worldOf(item.event.provider.id, { otherKeys: [other] });
	const read = await readFields(received);
	const reading = read === undefined ? undefined : recognise(received, read, context.events)[0];
	const rule = reading?.chosen.message.signature;
	const honest =
		rule === undefined || reading === undefined
			? undefined
			: recipeOf(rule, reading.values, context.credentials);
	if (reading === undefined || honest === undefined) throw new Error('not recognised');
	return {
		honest,
		mistakes: mistakesFor(
			mistakeContextOf(reading, received, honest, signatureOf(honest), context),
		),
	};
}

const patients = [
	['bayarcash/transaction-success', telling],
	['bayarcash/transaction-success', ['payer_email= mohd@example.com ']],
	['bayarcash/receipt-success', []],
	['bayarcash/pre-transaction', []],
	['bayarcash/dd-authorization-success', []],
	['bayarcash/dd-transaction-success', []],
	['iak/pulsa-success', []],
] as const;

describe.each(part(patients, 3))('every mistake planted in %s with %j', (id, set) => {
	test('is named back, or one that makes the same signature', async () => {
		const { honest, mistakes } = await patient(id, set);
		// Of the numerous ones every nineteenth: each search tries all of them.
		const some = mistakes.numerous.filter((_mistake, at) => at % 19 === 0);
		const planted = [...mistakes.common, ...some].flatMap((mistake) => {
			const recipe = mistake.apply(honest);
			return recipe === undefined || signatureOf(recipe) === signatureOf(honest)
				? []
				: [{ mistake, signature: signatureOf(recipe) }];
		});
		expect(planted.length).toBeGreaterThan(10);
		for (const { mistake, signature } of planted) {
			const found = explain(honest, signature, mistakes);
			expect(found?.mistakes, mistake.code).toHaveLength(1);
			// Where two mistakes make the same signature, the likelier is named: its recipe must really make it.
			if (found?.mistakes[0]?.code !== mistake.code)
				expect(signatureOf(found?.recipe ?? honest)).toBe(signature);
		}
	});

	test('is found in pairs too', async () => {
		const { honest, mistakes } = await patient(id, set);
		for (const first of [
			'unsorted',
			'no-separator',
			'key-newline',
			'plain-hash',
			'username-key-swapped',
		]) {
			for (const second of ['key-newline', 'number-reprinted', 'no-separator', 'wrong-algorithm']) {
				const one = mistakes.common.find(({ code }) => code === first)?.apply(honest);
				const both =
					one === undefined
						? undefined
						: mistakes.common.find(({ code }) => code === second)?.apply(one);
				if (both === undefined) continue;
				const found = explain(honest, signatureOf(both), mistakes);
				expect(found, `${first} and ${second}`).toBeDefined();
				expect(signatureOf(found?.recipe ?? honest)).toBe(signatureOf(both));
			}
		}
	});

	test('no mistake is named for a random signature', async () => {
		const { honest, mistakes } = await patient(id, set);
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
				const signature = Buffer.from(bytes).toString('hex').slice(0, signatureOf(honest).length);
				expect(explain(honest, signature, mistakes)).toBeUndefined();
			}),
			{ numRuns: 2 },
		);
	});
});

describe('mistakes as real code makes them, not as ours plants them', () => {
	const hmac = (text: string, key: string = keys.bayarcash) =>
		createHmac('sha256', key).update(text).digest('hex');
	const fields = async (id = 'bayarcash/transaction-success') => {
		const { checksum, ...rest } = Object.fromEntries(
			new URLSearchParams(bodyOf(await composed(id))),
		);
		expect(checksum).toHaveLength(64);
		return rest;
	};
	const cause = async (signature: string, id = 'bayarcash/transaction-success') => {
		const verdict = await judged(await composed(id, { tamper: [`checksum=${signature}`] }));
		expect(verdict.genuine).toBe(false);
		return verdict.cause;
	};

	test('without ksort', async () =>
		expect(await cause(hmac(Object.values(await fields()).join('|')))).toBe('unsorted'));
	test('nine fields instead of thirteen', async () => {
		const nine = [
			'amount',
			'currency',
			'exchange_reference_number',
			'exchange_transaction_id',
			'order_number',
			'payer_bank_name',
			'status',
			'status_description',
			'transaction_id',
		];
		const all = await fields();
		expect(await cause(hmac(nine.map((name) => all[name]).join('|')))).toBe('wrong-fields');
	});
	test('no separator', async () => {
		const all = await fields();
		expect(
			await cause(
				hmac(
					Object.keys(all)
						.sort()
						.map((name) => all[name])
						.join(''),
				),
			),
		).toBe('no-separator');
	});
	test('of two mistakes neither is called right', async () => {
		const { checksum: _, ...rest } = await fields();
		const text = `${new URLSearchParams(rest)}&key=${keys.bayarcash}`;
		const signature = createHash('sha256').update(text).digest('hex').toUpperCase();
		const verdict = await judged(
			await composed('bayarcash/transaction-success', { tamper: [`checksum=${signature}`] }),
		);
		expect(verdict.explanation).toBe(
			'The checksum was made over name=value pairs of the listed fields as they came, joined with &, ' +
				'and with a plain sha256 over text and key instead of an HMAC, and in upper-case letters.',
		);
	});
	test('a plain hash', async () => {
		const all = await fields();
		const text = Object.keys(all)
			.sort()
			.map((name) => all[name])
			.join('|');
		expect(await cause(createHash('sha256').update(text).digest('hex'))).toBe('plain-hash');
		expect(
			await cause(
				createHash('sha256')
					.update(text + keys.bayarcash)
					.digest('hex'),
			),
		).toBe('plain-hash-key-last');
	});
	test('a key with a line break', async () => {
		const all = await fields();
		expect(
			await cause(
				hmac(
					Object.keys(all)
						.sort()
						.map((name) => all[name])
						.join('|'),
					`${keys.bayarcash}\n`,
				),
			),
		).toBe('key-newline');
	});
	test('the amount as a number', async () => {
		const all = { ...(await fields()), amount: '60' };
		expect(
			await cause(
				hmac(
					Object.keys(all)
						.sort()
						.map((name) => (all as Record<string, string>)[name])
						.join('|'),
				),
			),
		).toBe('number-reprinted');
	});
	test('four fields instead of three', async () => {
		const { checksum, ...all } = Object.fromEntries(
			new URLSearchParams(bodyOf(await composed('bayarcash/pre-transaction'))),
		);
		expect(checksum).toBeDefined();
		// The documented four fields are an option of their own, and found genuine as such.
		const verdict = await judged(
			await composed('bayarcash/pre-transaction', {
				tamper: [
					`checksum=${hmac(
						Object.keys(all)
							.sort()
							.map((name) => all[name])
							.join('|'),
					)}`,
				],
			}),
		);
		expect(verdict).toMatchObject({ genuine: true, options: ['form', '4-fields'] });
	});
	test('IAK with username and key swapped, and with another order', async () => {
		const { username, apiKey } = keys.iak;
		const md5 = (text: string) => createHash('md5').update(text).digest('hex');
		const verdict = async (sign: string) =>
			judged(await composed('iak/pulsa-success', { tamper: [`sign=${sign}`] }));
		expect((await verdict(md5(`${apiKey}${username}order002`))).cause).toBe('username-key-swapped');
		expect((await verdict(md5(`${username}${apiKey}order001`))).cause).toBe('other-reference');
	});
	test('every explanation is one sentence that names the mistake, with lines to look for', async () => {
		const verdict = await judged(
			await composed('bayarcash/transaction-success', {
				tamper: [`checksum=${hmac(Object.values(await fields()).join('|'))}`],
			}),
		);
		expect(verdict.explanation).toBe(
			'The checksum was made over the right fields, but not sorted by name.',
		);
		expect(verdict.mistakes[0]?.php).toContain('ksort');
	});
});
