import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { formText } from '../../src/compose/write-form.ts';
import { bodyOf, composed } from '../support/catalogue.ts';

/** Text that XML 1.0 can hold at all; a parser may turn a carriage return into a line feed. */
const xmlText = fc
	.string({ unit: 'grapheme' })
	.filter(
		(text) =>
			!/\p{Surrogate}/u.test(text) && !/[\p{Cc}\ufffe\uffff]/u.test(text) && text.trim() === text,
	);

describe('XML', () => {
	test('any text survives, read back by a parser', async () => {
		const parser = new XMLParser({
			parseTagValue: false,
			ignoreDeclaration: true,
			trimValues: false,
		});
		await fc.assert(
			fc.asyncProperty(xmlText, async (text) => {
				const body = bodyOf(
					await composed('iak/pulsa-success', { variants: ['xml'], set: [`sn=${text}`] }),
				);
				expect((parser.parse(body) as { mp: Record<string, string> }).mp['sn']).toBe(text);
			}),
		);
	});

	test('escapes what is markup', async () => {
		expect(
			bodyOf(await composed('iak/pulsa-success', { variants: ['xml'], set: ['sn=A&B <C>'] })),
		).toContain('<sn>A&amp;B &lt;C&gt;</sn>');
	});

	test('a control character is a problem, since no XML can carry it', async () => {
		await expect(
			composed('iak/pulsa-success', { variants: ['xml'], set: ['sn=\u0007'] }),
		).rejects.toMatchObject({
			code: 'value-misfit',
		});
	});

	test('types: numbers changes nothing', async () => {
		expect(bodyOf(await composed('iak/pulsa-success', { variants: ['xml', 'numbers'] }))).toBe(
			bodyOf(await composed('iak/pulsa-success', { variants: ['xml'] })),
		);
	});
});

describe('forms', () => {
	test('are written as PHP writes them', () => {
		// Output of php -r 'echo http_build_query([...]);' for the same values.
		expect(
			formText({
				a: 'b c',
				n: null,
				t: true,
				f: false,
				i: 3,
				star: '*~',
				o: { x: 'ä', y: null },
				l: ['p', 'q'],
			}),
		).toBe('a=b+c&t=1&f=0&i=3&star=%2A%7E&o%5Bx%5D=%C3%A4&l%5B0%5D=p&l%5B1%5D=q');
	});
});

describe('null', () => {
	test('prints as null in JSON and is left out of form and query', async () => {
		expect(
			bodyOf(await composed('bayarcash/transaction-cancelled', { variants: ['json'] })),
		).toContain('"exchange_transaction_id":null');
		expect(bodyOf(await composed('bayarcash/transaction-cancelled'))).not.toContain(
			'exchange_transaction_id',
		);
		expect((await composed('bayarcash/receipt-cancelled')).request.url.search).not.toContain(
			'payer_bank_name',
		);
	});
});

describe('the URL of a receipt', () => {
	const url = async (to: string, variant: string) =>
		(await composed('bayarcash/receipt-success', { variants: [variant] }, { target: new URL(to) }))
			.request.url.href;
	test('is glued behind a second question mark, as the provider does it', async () => {
		expect(await url('http://127.0.0.1/done?order=1', 'glued')).toMatch(
			/done\?order=1\?transaction_id=trx_q6LJdl&/,
		);
		expect(await url('http://127.0.0.1/done', 'glued')).toMatch(/done\?transaction_id=/);
	});
	test('or merged', async () => {
		expect(await url('http://127.0.0.1/done?order=1', 'merged')).toMatch(
			/done\?order=1&transaction_id=/,
		);
		expect(await url('http://127.0.0.1/done', 'merged')).toMatch(/done\?transaction_id=/);
	});
	test('leads to the return URL where one is given, and messages to the server do not', async () => {
		const returnTo = new URL('http://127.0.0.1/return');
		expect(
			(await composed('bayarcash/receipt-success', {}, { returnTo })).request.url.pathname,
		).toBe('/return');
		expect(
			(await composed('bayarcash/transaction-success', {}, { returnTo })).request.url.pathname,
		).toBe('/callback');
	});
});
