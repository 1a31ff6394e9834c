import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyCharacter } from '../support/any-character.ts';
import { openIak, sign, username } from '../support/iak-shop.ts';
import { runs } from '../support/long.ts';

const names = [
	...['ref_id', 'customer_id', 'product_code', 'hp', 'pulsa_code', 'code', 'tr_id', 'game_code'],
	...['status', 'month', 'desc', 'nomor_identitas', 'province', '__proto__', 'constructor'],
];
const known = [
	...['order001', '0817777215', 'xld25000', 'pulsa10000', 'PLNPOSTPAID', 'BPJS', 'SHOPEEPAY'],
	...[
		'530000000001',
		'103',
		'142',
		'12345678901',
		'2',
		'constructor',
		'claim',
		'-1',
		'1e9',
		'0x10',
	],
];
const value = fc.oneof(
	fc.constantFrom(...known),
	fc.string({ unit: anyCharacter, maxLength: 20 }),
	fc.jsonValue({ maxDepth: 2 }),
	fc.record({ amount: fc.oneof(fc.integer(), fc.constantFrom('100000', '', null)) }),
);
const commands = [
	...['topup', 'inquiry', 'balance', 'pricelist', 'inquiry_pln', 'check-game-id'],
	...['game-server-list', 'game-format-id', 'inq-pasca', 'pay-pasca', 'checkstatus', 'x'],
];
const paths = [
	...['top-up', 'check-status', 'check-balance', 'pricelist', 'pricelist/pulsa', 'check-operator'],
	...['inquiry-pln', 'inquiry-ovo', 'inquiry-game', 'inquiry-game-server', 'game/format'],
	...['esim/notification/activation', 'v1/bill/check', 'v1/bill/check/pln', '../v1/legacy/index'],
].map((path) => new URL(`http://x/api/${path}`).pathname);
/** Fields that some sign ends with. */
const ends = ['ref_id', 'customer_id', 'hp', 'game_code', 'tr_id', 'bl', 'pl', 'op', 'cs'];

const textOf = (one: unknown): string => (typeof one === 'string' ? one : JSON.stringify(one));
const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

test('whatever is sent is answered as IAK would, and nothing is made of nothing', async () => {
	const { box } = await openIak({ outcome: 'success' });
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...paths),
			fc.constantFrom(...ends),
			fc.constantFrom(...commands),
			fc.dictionary(fc.constantFrom(...names), value),
			fc.boolean(),
			async (path, end, command, fields, isXml) => {
				const own = Object.hasOwn(fields, end) ? fields[end] : end;
				const signed = { ...fields, commands: command, username, sign: sign(textOf(own)) };
				const inner = Object.entries(signed).map(
					([name, one]) => `<${name}>${escaped(textOf(one))}</${name}>`,
				);
				const body = isXml ? `<mp>${inner.join('')}</mp>` : JSON.stringify(signed);
				const answer = await fetch(`${box.url}${path}`, { method: 'POST', body });
				const text = await answer.text();
				expect([200, 400]).toContain(answer.status);
				expect(text).toMatch(isXml ? /^<\?xml[\s\S]*<\/mp>$/ : /^\{"data":[[{][\s\S]*\}$/);
			},
		),
		runs(400),
	);
	// Where something broke, this would throw it.
	const left = Number(box.balances()[0]?.balance);
	const held = box.orders().filter(({ state }) => !['inquiry', 'failed'].includes(state));
	expect(left <= 100_000_000 - held.length).toBe(true);
});
