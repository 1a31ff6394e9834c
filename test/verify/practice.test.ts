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
const hmac = (text: string | Buffer, under: string | Buffer = key) =>
	createHmac('sha256', under).update(text).digest('hex');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
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

const exchanged = (one: string, other: string) =>
	signedNames.map((name) => (name === one ? other : name === other ? one : name));
const last = (field: string) => [...signedNames.filter((name) => name !== field), field];
const arrived = (fields: Fields) => Object.keys(fields).filter((name) => name !== 'checksum');
const pairsOf = (
	fields: Fields,
	sign: string,
	join: string,
	names: readonly string[] = signedNames,
) => names.map((name) => `${name}${sign}${fields[name]}`).join(join);

const odd = "payer_name=  Nur'ain  binti <b>Abdullah</b> 😀 of a very long name";

type Row = readonly [
	name: string,
	cause: string,
	set: readonly string[],
	signature: (fields: Fields) => string,
];

const rows: readonly Row[] = [
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
	[
		'sha256 of pairs that are not encoded, and the key',
		'name-value+plain-hash-key-last',
		[],
		(f) => sha256(signedNames.map((name) => `${name}=${f[name] ?? ''}`).join('&') + key),
	],
	...(
		[
			['signed fields as they came', (f: Fields) => asSent(f)],
			['all fields as they came', (f: Fields) => arrived(f)],
			['all fields, sorted', (f: Fields) => arrived(f).sort()],
			['fields that are not empty', (f: Fields) => signedNames.filter((name) => f[name] !== '')],
		] as const
	).flatMap(([which, names]): Row[] => [
		...(
			[
				[
					'text and &key=',
					'name-value+plain-hash-key-last',
					(t: string) => sha256(`${t}&key=${key}`),
				],
				['key= and text', 'name-value+plain-hash-key-first', (t: string) => sha256(`${key}&${t}`)],
				[
					'text, a bar and the key',
					'name-value+plain-hash-key-last',
					(t: string) => md5(`${t}|${key}`),
				],
				['&key= in the HMAC', 'name-value+key-in-text', (t: string) => hmac(`${t}&key=${key}`)],
				[
					'&key= in capitals',
					'name-value+plain-hash-key-last+signature-upper-case',
					(t: string) => md5(`${t}&key=${key}`).toUpperCase(),
				],
			] as const
		).map(
			([how, cause, sign]): Row => [
				`${which} as pairs: ${how}`,
				cause,
				['payer_email='],
				(f) => sign(pairsOf(f, '=', '&', names(f))),
			],
		),
		[
			`a query of ${which} and &secret=`,
			'query-string+plain-hash-key-last',
			['payer_email='],
			(f) => sha256(`${query(f, names(f))}&secret=${key}`),
		],
		[
			`values of ${which}, & between, and &key=`,
			'joined-values+plain-hash-key-last',
			['payer_email='],
			(f) => sha256(`${textOf(f, names(f)).replaceAll('|', '&')}&key=${key}`),
		],
	]),
	[
		'pairs with the key sorted in among them',
		'key-among-pairs+plain-hash',
		[],
		(f) =>
			sha256(pairsOf({ ...f, secret_key: key }, '=', '&', [...signedNames, 'secret_key'].sort())),
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
	// The other way round, and what else is near.
	[
		'two fields exchanged',
		'fields-exchanged',
		[],
		(f) => hmac(textOf(f, exchanged('currency', 'amount'))),
	],
	[
		'two fields that are far apart exchanged',
		'fields-exchanged',
		[],
		(f) => hmac(textOf(f, exchanged('amount', 'transaction_id'))),
	],
	['one field at the end', 'field-misplaced', [], (f) => hmac(textOf(f, last('payer_name')))],
	[
		'one field before the first',
		'field-misplaced',
		[],
		(f) => hmac(textOf(f, ['status', ...signedNames.filter((name) => name !== 'status')])),
	],
	['a field doubled', 'field-doubled', [], (f) => hmac(textOf(f, [...signedNames, 'amount']))],
	[
		'a field doubled where it stands',
		'field-doubled',
		[],
		(f) =>
			hmac(
				textOf(
					f,
					signedNames.flatMap((n) => (n === 'status' ? [n, n] : [n])),
				),
			),
	],
	[
		'values in reverse order',
		'values-sorted',
		[],
		(f) =>
			hmac(
				asSent(f)
					.map((n) => f[n])
					.sort()
					.reverse()
					.join('|'),
			),
	],
	['keys in reverse order', 'reversed', [], (f) => hmac(textOf(f, signedNames.toReversed()))],
	[
		'values sorted without regard to case',
		'values-sorted',
		['payer_name=ali', 'payer_bank_name=Zed'],
		(f) =>
			hmac(
				asSent(f)
					.map((n) => `${f[n]}`)
					.sort((one, two) => (one.toLowerCase() < two.toLowerCase() ? -1 : 1))
					.join('|'),
			),
	],
	...['/', '.', '_', '#', '::', ', ', '\t', '\r\n', '|||'].map(
		(join): Row => [
			`${JSON.stringify(join)} between the values`,
			'wrong-separator',
			[],
			(f) => hmac(signedNames.map((n) => f[n]).join(join)),
		],
	),
	['a separator before', 'leading-separator', [], (f) => hmac(`|${textOf(f)}`)],
	['name=value pairs with &', 'name-value', [], (f) => hmac(pairsOf(f, '=', '&'))],
	['name:value pairs with commas', 'name-value', [], (f) => hmac(pairsOf(f, ':', ','))],
	['a JSON list', 'json-serialised', [], (f) => hmac(JSON.stringify(signedNames.map((n) => f[n])))],
	[
		'the text in base64',
		'text-encoded',
		[],
		(f) => hmac(Buffer.from(textOf(f)).toString('base64')),
	],
	['the hash of the text', 'hashed-twice', [], (f) => hmac(sha256(textOf(f)))],
	['sha256 of key, text, key', 'plain-hash-key-twice', [], (f) => sha256(key + textOf(f) + key)],
	[
		'sha256 of pairs and &key=',
		'plain-hash-key-last',
		[],
		(f) => sha256(`${textOf(f)}&key=${key}`),
	],
	['the key in the text of the HMAC', 'key-in-text', [], (f) => hmac(`${textOf(f)}|${key}`)],
	[
		'sha256 of the key and a few values with bars',
		'few-fields+plain-hash-key-first',
		[],
		(f) => sha256([key, f['transaction_id'], f['order_number'], f['amount']].join('|')),
	],
	[
		'the reference and the amount alone',
		'few-fields',
		[],
		(f) => hmac(`${f['order_number']}|${f['amount']}`),
	],
	['another three fields missing', 'fields-missing', [], without('amount', 'status', 'currency')],
	...[10, 20, 40, 45, 50].map(
		(length): Row => [
			`one name cut to ${length}`,
			'cut',
			[`payer_name=${'Muhammad Firdaus bin Haji Abdul Rahman of Kota Kinabalu'}`],
			(f) => hmac(textOf({ ...f, payer_name: (f['payer_name'] ?? '').slice(0, length) })),
		],
	),
	...[64, 100, 255].map(
		(length): Row => [
			`all texts cut to ${length}`,
			'cut',
			[`payer_name=${'Muhammad '.repeat(30)}x`, `payer_bank_name=${'Bank '.repeat(60)}x`],
			(f) => changed(f, (t) => t.slice(0, length)),
		],
	),
	[
		'tags stripped of one field',
		'tags-stripped',
		['payer_name=<b>A</b>', 'payer_bank_name=<i>B</i>'],
		(f) => hmac(textOf({ ...f, payer_name: 'A' })),
	],
	[
		'tags stripped and blanks collapsed',
		'tags-stripped',
		[odd],
		(f) =>
			changed(f, (t) =>
				t
					.replace(/<[^>]*>/g, '')
					.replace(/\s+/g, ' ')
					.trim(),
			),
	],
	[
		'an entity for an emoji',
		'not-in-charset',
		['payer_name=Ali 😀'],
		(f) => hmac(textOf({ ...f, payer_name: 'Ali &#x1f600;' })),
	],
	...[
		['with dots between thousands', '1250000', '1.250.000', 'thousands-separator'],
		['with dots and a comma', '12500.50', '12.500,50', 'thousands-separator'],
		['as number_format() rounds it', '12500.50', '12,501', 'thousands-separator'],
		['with a currency', '60.00', 'RM60.00', 'amount-with-currency'],
		['divided by a hundred', '6000', '60.00', 'amount-in-cents'],
		['in cents, of a whole number', '6000', '600000', 'amount-in-cents'],
		['cut to a whole number', '60.75', '60', 'amount-rounded'],
	].map(
		([how, amount, signed, cause]): Row => [
			`an amount ${how}`,
			`${cause}`,
			[`amount=${amount}`],
			(f) => hmac(textOf({ ...f, amount: `${signed}` })),
		],
	),
	...[
		'2024-12-27T12:15:02Z',
		'2024-12-27T04:15:02.000Z',
		'2024-12-27T12:15:02.000000Z',
		'2024-12-27T04:15:02.000000Z',
		'2024-12-27T12:15:02+0800',
		'2024-12-27 12:15:02+08:00',
		'2024-12-27 11:15:02',
		'1735272902',
		'1735272902000',
		'20241227121502',
		'27/12/2024 12:15:02',
		'12/27/2024 12:15:02',
		'27-12-2024 12:15',
		'2024/12/27 12:15:02',
		'27 Dec 2024 12:15:02',
		'12/27/2024, 12:15:02 PM',
		'Fri, 27 Dec 2024 12:15:02 +0800',
		'Fri, 27 Dec 2024 04:15:02 GMT',
		'Fri Dec 27 2024 12:15:02 GMT+0800',
	].map(
		(time): Row => [
			`a time as ${time}`,
			'time-reformatted',
			[],
			(f) => hmac(textOf({ ...f, datetime: time })),
		],
	),
	...(
		[
			['with a tab behind', 'key-blank', `${key}\t`],
			['with a BOM and two line breaks', 'key-bom', `\ufeff${key}\n\n`],
			['with a narrow no-break space', 'key-blank', `${key}\u202f`],
			['with a quote behind', 'key-quotes', `${key}"`],
			['with a semicolon behind', 'key-punctuation', `${key};`],
			['cut after 20 characters', 'key-cut', key.slice(0, 20)],
			['without its first four characters', 'key-cut', key.slice(4)],
			['as its sha256', 'key-hashed', sha256(key)],
			['as the bytes of its md5', 'key-hashed', createHash('md5').update(key).digest()],
			['decoded from base64', 'key-decoded', Buffer.from(key, 'base64')],
			['that is undefined', 'key-empty', 'undefined'],
		] as const
	).map(([how, cause, under]): Row => [`a key ${how}`, cause, [], (f) => hmac(textOf(f), under)]),
	[
		'base64 of the hex',
		'signature-base64',
		[],
		(f) => Buffer.from(hmac(textOf(f))).toString('base64'),
	],
	['a prefix', 'signature-prefixed', [], (f) => `sha256=${hmac(textOf(f))}`],
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
