import { describe, expect, test } from 'vitest';
import { mistakesFor } from '../../../src/verify/mistakes/index.ts';
import { contextOf, listRecipe, mistakesOf, textsOf } from '../../support/mistakes.ts';

const one = (code: string, name: string, text: string) =>
	textsOf(code, listRecipe({ [name]: text }), contextOf({ [name]: text }), 'numerous');

describe('a sum in another format', () => {
	test.each([
		['thousands-separator', '12500.50', ['12,500.50', '12.500,50']],
		['thousands-separator', '1234567', ['1,234,567', '1.234.567']],
		['thousands-separator', '60.00', ['60,00']],
		['decimal-comma', '60.00', ['60,00']],
		['decimal-comma', '60', []],
		['amount-in-cents', '60.00', ['6000']],
		['amount-in-cents', '60.5', ['6050']],
		['amount-in-cents', '60', ['6000']],
		['amount-in-cents', '0.05', ['5']],
		['amount-in-cents', '0.00', ['0']],
	])('%s: %s is signed as %j', (code, text, texts) => {
		expect(one(code, 'amount', text)).toEqual(expect.arrayContaining(texts));
	});

	test('is the amount and no other number', () => {
		for (const code of ['thousands-separator', 'decimal-comma', 'amount-in-cents'])
			expect(one(code, 'count', '12500.50'), code).toEqual([]);
	});
});

describe('a time in another format', () => {
	test('as date classes print it', () => {
		// date -u -d '2024-12-27 12:15:02 +08:00' +%FT%TZ, and +%s
		const texts = [
			'2024-12-27T12:15:02',
			'2024-12-27T12:15:02+08:00',
			'2024-12-27T12:15:02Z',
			'2024-12-27T12:15:02.000Z',
			'2024-12-27T04:15:02.000Z',
			'2024-12-27 04:15:02',
			'1735272902',
			'2024-12-27 12:15',
			'2024-12-27',
			'27/12/2024 12:15:02',
			'27-12-2024 12:15:02',
		];
		expect(one('time-reformatted', 'datetime', '2024-12-27 12:15:02')).toEqual(
			expect.arrayContaining(texts),
		);
	});

	test.each(['2024-12-27', 'x2024-12-27 12:15:02', 'A-1'])('%s is none that is known', (text) => {
		expect(one('time-reformatted', 'datetime', text)).toEqual([]);
	});

	test('each time on its own, by its name', () => {
		const fields = { from: '2024-12-27 12:15:02', to: '2024-12-28 12:15:02' };
		expect(
			textsOf('time-reformatted', listRecipe(fields), contextOf(fields), 'numerous'),
		).toContain('2024-12-27 12:15:02|2024-12-28');
		const said = mistakesOf('time-reformatted', contextOf(fields), 'numerous');
		for (const text of [said[0]?.said, said[0]?.php, said[0]?.js]) expect(text).toContain('from');
	});
});

const cleaned = (code: string, text: string) => one(code, 'name', text);

describe('a text that was cleaned', () => {
	test('cut to what columns hold, an emoji being one character', () => {
		const text = '😀'.repeat(256);
		const lengths = [20, 25, 30, 32, 40, 50, 60, 64, 100, 128, 255];
		expect(cleaned('cut', text)).toEqual(
			expect.arrayContaining(lengths.map((length) => '😀'.repeat(length))),
		);
		expect(cleaned('cut', 'x'.repeat(15))).toEqual([]);
		expect(cleaned('cut', 'x'.repeat(16))).toContain('x'.repeat(15));
		expect(mistakesOf('cut', contextOf({}), 'numerous')[0]?.said).toContain('15');
	});

	test.each([
		['tags-stripped', '<b>A</b> B<br/>', ['A B']],
		['blanks-collapsed', ' a \t b\n', ['a b', ' a b ']],
		['normalised', 'e\u0301', ['\u00e9']],
		['normalised', '\u00e9', ['e\u0301']],
		['not-in-charset', 'Å😀', ['Å?', 'Å????', 'Å', '??', 'A😀']],
	])('%s: %j is signed as %j', (code, text, texts) => {
		expect(cleaned(code, text)).toEqual(expect.arrayContaining(texts));
	});

	test('escaped for HTML, as languages and flags write it', () => {
		expect(cleaned('html-escaped', '<&>"\'')).toEqual(
			expect.arrayContaining([
				'&lt;&amp;&gt;&quot;&#39;',
				'&lt;&amp;&gt;&quot;&#x27;',
				'&lt;&amp;&gt;&quot;&apos;',
				'&lt;&amp;&gt;&#34;&#39;',
				"&lt;&amp;&gt;&quot;'",
				'&lt;&amp;&gt;"\'',
				'<&>"&#39;',
				'<&>"&#039;',
			]),
		);
	});
});

test('every known mistake says what was done, and has a line for either language', () => {
	const context = contextOf(
		{ amount: '1', datetime: 'x', id: 'T', order: 'A' },
		{
			otherLists: [{ name: '2 fields of receipt', fields: ['a'] }],
			otherKeys: [{ name: 'the other key', text: 'o' }],
			otherReferences: ['B'],
			knownFields: ['id', 'order', 'amount'],
			body: 'a=1&checksum=2',
		},
	);
	const all = [context, { ...context, body: 'a=1' }, { ...context, body: undefined }];
	for (const { code, said, php, js } of all.flatMap((one) =>
		Object.values(mistakesFor(one)).flat(),
	))
		for (const text of [code, said, php, js]) expect(text, code).toMatch(/\S/);
});
