import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openIak, sign, username } from '../support/iak-shop.ts';
import { needs } from '../support/tools.ts';

/** As PHP shops write it, by hand. */
const mp = (end: string, fields: Readonly<Record<string, string>>): string =>
	[
		'<?xml version="1.0" ?>',
		'<mp>',
		...Object.entries({ ...fields, username, sign: sign(end) }).map(
			([name, text]) => `  <${name}>${text}</${name}>`,
		),
		'</mp>',
	].join('\n');

async function posted(url: string, body: string, type?: string) {
	const headers = type === undefined ? {} : { 'content-type': type };
	const answer = await fetch(url, { method: 'POST', body, headers });
	const text = await answer.text();
	return { status: answer.status, type: answer.headers.get('content-type'), text };
}

/** What libxml2 finds. */
const xpath = (text: string, path: string): string =>
	execFileSync('xmllint', ['--xpath', path, '-'], { input: text }).toString().trim();

const order = { ref_id: 'order001', customer_id: '0817777215', product_code: 'xld25000' };

test.each(['application/xml', 'text/xml', undefined])(
	'a top-up in XML is answered and called back in XML: content-type %s',
	async (type) => {
		const { box, seen } = await openIak();
		const bought = await posted(`${box.url}/api/top-up`, mp('order001', order), type);
		expect([bought.status, bought.type]).toEqual([200, 'application/xml']);
		const { id } = box.order('order001');
		expect(bought.text).toBe(
			[
				'<?xml version="1.0" encoding="UTF-8" ?>',
				'<mp>',
				'  <ref_id>order001</ref_id>',
				'  <status>0</status>',
				'  <product_code>xld25000</product_code>',
				'  <customer_id>0817777215</customer_id>',
				'  <price>25100</price>',
				'  <message>PROCESS</message>',
				'  <balance>99974900</balance>',
				`  <tr_id>${id}</tr_id>`,
				'  <rc>39</rc>',
				'</mp>',
			].join('\n'),
		);
		await box.settle('order001', 'success');
		expect(seen[0]?.headers['content-type']).toBe('application/xml');
		expect(seen[0]?.body.toString()).toContain('<sign>3e480dbf68b12a1427bceecc4592d636</sign>');
		expect(seen[0]?.body.toString()).toContain('<product_code>xld25000</product_code>');
	},
);

test('a status that is asked in JSON is answered in JSON, and the callback stays XML', async () => {
	const { box, seen, status } = await openIak();
	await posted(`${box.url}/api/top-up`, mp('order001', order));
	expect((await status('order001')).json.data.rc).toBe('39');
	await box.settle('order001', 'failed');
	expect(seen[0]?.body.toString()).toMatch(/^<\?xml[\s\S]*<rc>07<\/rc>/);
});

test('a callback has the encoding that the user says instead', async () => {
	const { box, seen } = await openIak({ encoding: 'json', variant: ['live'] });
	await posted(`${box.url}/api/top-up`, mp('order001', order));
	await box.settle('order001', 'success');
	expect(JSON.parse(seen[0]?.body.toString() ?? '').data).toMatchObject({
		...{ product_code: 'xld25000', pin: '', balance: '99974900' },
	});
});

test('a refusal is XML, too, and so is what is no XML at all but begins so', async () => {
	const { box } = await openIak();
	const wrong = await posted(`${box.url}/api/check-balance`, mp('pl', {}));
	expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('<rc>204</rc>')]);
	const torn = await posted(`${box.url}/v1/legacy/index`, '<mp><commands>topup');
	expect([torn.status, torn.type]).toEqual([400, 'application/xml']);
	expect(torn.text).toContain('<message>ERROR IN XML FORMAT</message>');
	const bomb = '<!DOCTYPE mp [<!ENTITY a "b">]><mp><commands>&a;</commands></mp>';
	expect((await posted(`${box.url}/v1/legacy/index`, bomb)).text).toContain('<rc>107</rc>');
});

test.skipIf(!needs('xmllint'))('libxml2 reads every list: an element for each row', async () => {
	const { box } = await openIak();
	const at = (path: string, end: string, fields: Readonly<Record<string, string>> = {}) =>
		posted(`${box.url}${path}`, mp(end, fields)).then(({ text }) => text);
	const v2 = await at('/api/pricelist/pulsa/xl', 'pl');
	expect(xpath(v2, 'count(/mp/pricelist)')).toBe('3');
	expect(xpath(v2, 'string(/mp/pricelist[2]/product_price)')).toBe('25100');
	const v1 = await at('/v1/legacy/index/pulsa/xl', 'pl', { commands: 'pricelist' });
	expect(xpath(v1, 'string(/mp/pulsa[3]/pulsa_code)')).toBe('xld50000');
	const servers = await at('/api/inquiry-game-server', '142', { game_code: '142' });
	expect(xpath(servers, 'string(/mp/servers[2]/value)')).toBe('90002');
	const none = await at('/api/inquiry-game-server', '103', { game_code: '103' });
	expect(xpath(none, 'count(/mp/servers)')).toBe('0');
	const balance = await at('/v1/legacy/index', 'bl', { commands: 'balance' });
	expect(xpath(balance, 'string(/mp/balance)')).toBe('100000000');
	const player = await at('/api/inquiry-game', '103', {
		...{ game_code: '103', customer_id: '156378300|8483' },
	});
	expect(xpath(player, 'string(/mp/username)')).toBe('budi');
	const escaped = await at('/api/top-up', 'a&amp;b', { ...order, ref_id: 'a&amp;b' });
	expect(xpath(escaped, 'string(/mp/rc)')).toBe('204');
});
