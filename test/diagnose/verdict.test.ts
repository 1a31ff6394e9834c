import { describe, expect, test } from 'vitest';
import { everyCombination } from '../../src/compose/options.ts';
import { readReceived } from '../../src/diagnose/read-received.ts';
import { verdictOfAny } from '../../src/diagnose/verdict.ts';
import { catalogue, composed, eventOf } from '../support/catalogue.ts';
import { judged, receivedOf, worldOf } from '../support/diagnose.ts';

const digestOnly = (options: readonly string[]) => options.includes('digest');

describe.each(catalogue.events.map(({ id }) => [id] as const))('%s', (id) => {
	const combinations = everyCombination(eventOf(id).message);

	test('is recognised and genuine in every combination of its choices', async () => {
		for (const variants of combinations.filter((options) => !digestOnly(options))) {
			const verdict = await judged(await composed(id, { variants }));
			expect({ variants, genuine: verdict.genuine, event: verdict.event, cause: verdict.cause }).toEqual({
				variants,
				genuine: true,
				event: id,
				cause: null,
			});
		}
	});

	test('is recognised when fresh', async () => {
		const [variants = []] = combinations.filter((options) => !digestOnly(options));
		const { genuine, event } = await judged(await composed(id, { variants, fresh: true }));
		// Samples that differ only in their values cannot be told apart once these are fresh.
		expect([genuine, event === null ? null : eventOf(event).file.message]).toEqual([true, eventOf(id).file.message]);
	});

	test('is not genuine with a changed seal, without one, or under another key', async () => {
		const { message } = eventOf(id);
		const field = message.seal !== undefined && 'field' in message.seal.into ? message.seal.into.field : undefined;
		if (field === undefined) return;
		expect(await judged(await composed(id, { tamper: [`${field}=${'0'.repeat(64)}`] }))).toMatchObject({
			genuine: false,
			event: id,
			cause: null,
		});
		expect((await judged(await composed(id, { wrongKey: true }))).genuine).toBe(false);
		// A body without sign is what IAK's page of 2021 shows; nobody can tell one from the other.
		if (message.choices?.['sign'] === undefined)
			expect(await judged(await composed(id, { unsealed: true }))).toMatchObject({
				genuine: false,
				cause: 'seal-missing',
			});
	});
});

describe('what is signed', () => {
	test('decides what a change is noticed in', async () => {
		for (const field of [
			'amount=60.01',
			'order_number=ORD-0061',
			'status=2',
			'payer_name=Mohd Al',
			'datetime=2024-12-27 12:15:03',
		]) {
			expect((await judged(await composed('bayarcash/transaction-success', { tamper: [field] }))).genuine).toBe(false);
		}
		expect(
			(await judged(await composed('bayarcash/transaction-identity', { tamper: ['payer_identity_verified:=false'] })))
				.genuine,
		).toBe(true);
	});
});

describe('inputs', () => {
	const id = 'bayarcash/transaction-success';
	const verdict = (text: string | Uint8Array, type?: string, provider = 'bayarcash') =>
		verdictOfAny(readReceived(Buffer.from(text), type), worldOf(provider));

	test('a raw request, with either line end and one more at its end', async () => {
		const received = receivedOf(await composed(id));
		const head = ['POST /cb HTTP/1.1', 'Host: localhost', 'Content-Type: application/x-www-form-urlencoded'];
		for (const end of ['\r\n', '\n']) {
			expect(await verdict(`${head.join(end)}${end}${end}${Buffer.from(received.body).toString()}\n`)).toMatchObject({
				genuine: true,
				event: id,
			});
		}
	});

	test('a body alone, with and without its type', async () => {
		const body = Buffer.from(receivedOf(await composed(id)).body);
		expect(await verdict(body)).toMatchObject({ genuine: true });
		expect(await verdict(body, 'application/x-www-form-urlencoded')).toMatchObject({ genuine: true });
		expect(await verdict(receivedOf(await composed(id, { variants: ['json'] })).body)).toMatchObject({ genuine: true });
		expect(
			await verdict(receivedOf(await composed('iak/game-success', { variants: ['xml'] })).body, undefined, 'iak'),
		).toMatchObject({ genuine: true });
	});

	test('a URL, a query, and a query glued behind another', async () => {
		for (const to of ['http://localhost/done', 'http://localhost/done?order=1']) {
			const { request } = await composed('bayarcash/receipt-success', {}, { target: new URL(to) });
			expect(await verdict(request.url.href)).toMatchObject({ genuine: true, event: 'bayarcash/receipt-success' });
			expect(await verdict(request.url.search)).toMatchObject({ genuine: true });
		}
		const { request } = await composed('bayarcash/receipt-success');
		expect(await verdict(request.url.search.slice(1))).toMatchObject({
			genuine: true,
			event: 'bayarcash/receipt-success',
		});
	});

	test('a line of this tool and a HAR entry', async () => {
		const { body, headers } = receivedOf(await composed(id));
		const text = Buffer.from(body).toString();
		expect(
			await verdict(
				JSON.stringify({
					v: 1,
					type: 'attempt',
					request: { method: 'POST', url: 'http://localhost/cb', headers, body: text },
				}),
			),
		).toMatchObject({ genuine: true });
		const har = {
			request: {
				method: 'POST',
				url: 'http://localhost/cb',
				headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
				postData: { text },
			},
		};
		expect(await verdict(JSON.stringify({ log: { entries: [har] } }))).toMatchObject({ genuine: true });
	});

	test('what is nothing, or of no shape, is told apart from what is forged', async () => {
		expect(() => readReceived(Buffer.from('  \n'), undefined)).toThrow(
			expect.objectContaining({ code: 'body-invalid' }),
		);
		expect(await verdict('hello')).toMatchObject({ genuine: false, cause: 'unreadable' });
		expect(await verdict('{"hello":"world"}')).toMatchObject({ genuine: false, cause: 'unknown-shape', event: null });
	});
});
