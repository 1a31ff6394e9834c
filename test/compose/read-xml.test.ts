import { describe, expect, test } from 'vitest';
import { bodyText } from '../../src/compose/body-text.ts';
import { readXml } from '../../src/compose/read-xml.ts';
import { verdictOf } from '../../src/verify/verify-received.ts';
import { bodyOf, composed } from '../support/catalogue.ts';
import { receivedOf, worldOf } from '../support/verify.ts';

const inside = (xml: string) => (readXml(`<mp>${xml}</mp>`, 'the body') as { mp: unknown }).mp;

describe('XML is read as every XML reader reads it', () => {
	test.each([
		['<b>Nur&#39;ain</b>', "Nur'ain"],
		['<b>Nur&#x27;ain</b>', "Nur'ain"],
		['<b>Nur&#X27;ain</b>', undefined],
		['<b>&#0039;&#x0027;</b>', "''"],
		['<b>&#128512; &#x1F600;</b>', '😀 😀'],
		['<b>&lt;&gt;&amp;&quot;&apos;</b>', '<>&"\''],
		['<b>&amp;#39; &#38;amp;</b>', '&#39; &amp;'],
		['<b>a&#13;&#10;b&#9;c</b>', 'a\r\nb\tc'],
		['<b>a\r\nb</b>', 'a\nb'],
		['<b><![CDATA[x & <y> &#39;]]></b>', 'x & <y> &#39;'],
		['<b>p<![CDATA[q]]>r</b>', 'pqr'],
		['<!-- c --><b>1<!-- &x; -->2</b>', '12'],
		['<b/>', ''],
		['<b> 1 </b>', ' 1 '],
		['<b x="&#39;">007</b>', '007'],
		['<b>&nbsp;</b>', undefined],
		['<b>&#0;</b>', undefined],
		['<b>&#xD800;</b>', undefined],
		['<b>&#9999999999;</b>', undefined],
		['<b>x & y</b>', undefined],
		['<b>&constructor;</b>', undefined],
	])('%s', (xml, text) => {
		if (text === undefined) expect(() => inside(xml)).toThrow('the body');
		else expect(inside(xml)).toEqual({ b: text });
	});

	test('an unknown name or number is told', () => {
		expect(() => inside('<b>&nbsp;</b>')).toThrow('&nbsp; stands for no character of XML');
	});
});

describe('a body is read in the encoding it has', () => {
	const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><mp><sn>Ren\u00e9</sn></mp>';
	const utf16 = Buffer.from(xml, 'utf16le');
	test.each([
		['UTF-8', Buffer.from(xml), ''],
		['UTF-8 with a mark', Buffer.from(`\ufeff${xml}`), ''],
		['UTF-16 with a mark', Buffer.from(`\ufeff${xml}`, 'utf16le'), ''],
		['UTF-16, big end first', Buffer.from(`\ufeff${xml}`, 'utf16le').swap16(), ''],
		['UTF-16 without a mark', utf16, ''],
		['UTF-16 without a mark, big end first', Buffer.from(utf16).swap16(), ''],
		['what its declaration says', Buffer.from(xml, 'latin1'), ''],
		[
			'what its content type says',
			Buffer.from(xml.replace('ISO-8859-1', 'UTF-8'), 'latin1'),
			'text/xml; charset="windows-1252"',
		],
	])('%s', (_name, bytes, type) => {
		expect(bodyText(bytes, type).replace('UTF-8', 'ISO-8859-1')).toBe(xml);
	});

	test('what nothing explains is replaced, and a strange label throws nothing', () => {
		expect(bodyText(Buffer.from('a\xe9b', 'latin1'), 'text/plain; charset=klingon')).toBe(
			'a\ufffdb',
		);
		expect(bodyText(new Uint8Array())).toBe('');
	});
});

describe('a callback in XML', () => {
	const set = ["sn=Nur'ain"];
	const judge = async (change: (xml: string) => string | Buffer) => {
		const item = await composed('iak/pulsa-success', { variants: ['xml'], set });
		const received = { ...receivedOf(item), body: Buffer.from(change(bodyOf(item))) };
		return verdictOf(received, worldOf('iak'));
	};

	test('is genuine however its characters are written', async () => {
		for (const change of [
			(xml: string) => xml.replace(/&apos;|'/g, '&#39;'),
			(xml: string) => xml.replace('order002', '<![CDATA[order002]]>'),
			(xml: string) => xml.replace('order002', 'order&#48;02'),
			(xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le'),
		])
			expect(await judge(change)).toMatchObject({
				genuine: true,
				options: ['xml', 'v1', 'signed', 'strings'],
			});
	});

	test('with an element twice is ambiguous', async () => {
		const verdict = await judge((xml) => xml.replace(/<status>.*?<\/status>/, '$&$&'));
		expect(verdict).toMatchObject({ genuine: false, cause: 'duplicate-field' });
	});
});
