import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { bodyOf, composed } from '../support/catalogue.ts';
import { keys } from '../support/verifier.ts';
import { judged } from '../support/verify.ts';

/** Ways in which receivers in public got a Bayarcash checksum wrong, computed here and not by the code under test. */

const key = keys.bayarcash;
type Fields = Readonly<Record<string, string>>;

const signedNames = [
	'amount',
	'currency',
	'datetime',
	'exchange_reference_number',
	'exchange_transaction_id',
	'order_number',
	'payer_bank_name',
	'payer_email',
	'payer_name',
	'record_type',
	'status',
	'status_description',
	'transaction_id',
];
const textOf = (fields: Fields, names: readonly string[] = signedNames) =>
	names.map((name) => fields[name] ?? '').join('|');
const hmac = (text: string | Buffer, under: string = key) =>
	createHmac('sha256', under).update(text).digest('hex');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const asSent = (fields: Fields) => Object.keys(fields).filter((name) => signedNames.includes(name));
const changed = (fields: Fields, change: (text: string) => string) =>
	hmac(
		textOf(Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, change(text)]))),
	);
const without =
	(...left: string[]) =>
	(fields: Fields) =>
		hmac(
			textOf(
				fields,
				signedNames.filter((name) => !left.includes(name)),
			),
		);
const query = (fields: Fields, names: readonly string[]) =>
	new URLSearchParams(names.map((name): [string, string] => [name, fields[name] ?? ''])).toString();

const odd = "payer_name=  Nur'ain  binti <b>Abdullah</b> 😀 of a very long name";

const rows: readonly [
	name: string,
	cause: string,
	set: readonly string[],
	signature: (fields: Fields) => string,
][] = [
	[
		'values sorted instead of keys',
		'values-sorted',
		[],
		(f) =>
			hmac(
				asSent(f)
					.map((n) => f[n])
					.sort()
					.join('|'),
			),
	],
	[
		'name:value pairs',
		'name-value',
		[],
		(f) => hmac(signedNames.map((n) => `${n}:${f[n]}`).join('|')),
	],
	[
		'sha256 of text, separator, key',
		'plain-hash-key-last',
		[],
		(f) => sha256(`${textOf(f)}|${key}`),
	],
	[
		'sha256 of key, separator, text',
		'plain-hash-key-first',
		[],
		(f) => sha256(`${key}|${textOf(f)}`),
	],
	[
		'sha256 of the key and a few values',
		'few-fields+plain-hash-key-first',
		[],
		(f) =>
			sha256(
				key +
					['transaction_id', 'order_number', 'amount', 'currency', 'status']
						.map((n) => f[n])
						.join(''),
			),
	],
	[
		'sha256 of a query and the key',
		'query-string+plain-hash-key-last',
		[],
		(f) => sha256(query(f, signedNames) + key),
	],
	['all 13 fields as they came', 'unsorted', [], (f) => hmac(textOf(f, asSent(f)))],
	['three fields missing', 'fields-missing', [], without('payer_email', 'datetime', 'record_type')],
	['two fields missing', 'fields-missing', [], without('currency', 'status_description')],
	[
		'a name cut to 30 characters',
		'cut',
		[odd],
		(f) => changed(f, (t) => [...t].slice(0, 30).join('')),
	],
	['tags stripped', 'tags-stripped', [odd], (f) => changed(f, (t) => t.replace(/<[^>]*>/g, ''))],
	[
		'inner blanks collapsed',
		'blanks-collapsed',
		[odd],
		(f) => changed(f, (t) => t.trim().replace(/\s+/g, ' ')),
	],
	[
		'&#39; for an apostrophe',
		'html-escaped',
		[odd],
		(f) =>
			changed(f, (t) => t.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;')),
	],
	[
		'an emoji as a question mark',
		'not-in-charset',
		[odd],
		(f) => changed(f, (t) => t.replace(/\p{Extended_Pictographic}/gu, '?')),
	],
	[
		'a thousands comma',
		'thousands-separator',
		['amount=12500.50'],
		(f) => hmac(textOf({ ...f, amount: '12,500.50' })),
	],
	[
		'an amount in sen',
		'amount-in-cents',
		['amount=60.00'],
		(f) => hmac(textOf({ ...f, amount: '6000' })),
	],
	[
		'a time in ISO form',
		'time-reformatted',
		[],
		(f) => hmac(textOf({ ...f, datetime: (f['datetime'] ?? '').replace(' ', 'T') })),
	],
	[
		'a time in ISO form with a zone',
		'time-reformatted',
		[],
		(f) => hmac(textOf({ ...f, datetime: `${(f['datetime'] ?? '').replace(' ', 'T')}+08:00` })),
	],
	['a key with a BOM', 'key-bom', [], (f) => hmac(textOf(f), `\ufeff${key}`)],
	['a key with a no-break space', 'key-blank', [], (f) => hmac(textOf(f), `${key}\u00a0`)],
	['a key with a zero-width space', 'key-blank', [], (f) => hmac(textOf(f), `${key}\u200b`)],
	['a key with two line breaks', 'key-newline', [], (f) => hmac(textOf(f), `${key}\n\n`)],
];

test.each(rows)('%s is named', async (_name, cause, set, signature) => {
	const item = await composed('bayarcash/transaction-success', { set });
	const fields = Object.fromEntries(new URLSearchParams(bodyOf(item)));
	const verdict = await judged(item, { signature: signature(fields) });
	expect(verdict).toMatchObject({ genuine: false, cause });
});

test('an HMAC over the raw body is named', async () => {
	const item = await composed('bayarcash/transaction-success');
	const verdict = await judged(item, { signature: hmac(bodyOf(item)) });
	expect(verdict).toMatchObject({ genuine: false, cause: 'raw-body' });
});
