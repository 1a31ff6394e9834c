import type { RuleCase } from '../case.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { khoinsTransaction, owasp } from './sources.ts';
import { genuine } from './steps.ts';

function named(names: Readonly<Record<string, string>>) {
	return (subject: Subject): readonly RuleCase[] | string => {
		const { names: fields, serial } = subject.message.roles;
		if (fields === undefined) return 'the messages carry no names';
		// A name that shares its field with a serial stands before it.
		const write = (name: string) =>
			fields.map((field) => `${field}=${name}${field === serial ? ' 621597343042654' : ''}`);
		return Object.entries(names).map(([about, name]) =>
			genuine(about, subject, { set: write(name) }),
		);
	};
}

/** Names and free text, as people write them. */
export const nameRules: readonly Rule[] = [
	{
		id: 'name-apostrophe',
		title: 'Names with an apostrophe or a quotation mark are accepted',
		level: 'must',
		why: 'WordPress adds a backslash before every quote in $_POST, and the signature of every Nur’ain is wrong.',
		hint: 'Verify the raw values: wp_unslash($_POST), no escaping before the check; bind values in SQL.',
		source: 'https://developer.wordpress.org/reference/functions/wp_unslash/',
		cases: named({
			"Nur'ain": "Nur'ain binti Ali",
			'a quotation mark': 'Ali "Boy" Hassan',
			'a backslash': 'Ali \\ Sons',
		}),
	},
	{
		id: 'name-ampersand',
		title: 'Names with &, <, + and % are accepted',
		level: 'must',
		why: 'A form decoded by hand, or HTML-escaped before the check, breaks on Tom & Jerry Sdn Bhd.',
		hint: 'Let the framework decode the body, verify what it gives you, escape when you print.',
		source: owasp,
		cases: named({
			'Tom & Jerry': 'Tom & Jerry Sdn Bhd',
			'a < b': 'A <b> Trading',
			'plus and per cent': '1+1=2 100%',
			'an encoded %20': 'A%20B',
		}),
	},
	{
		id: 'name-pipe',
		title: 'Names with a | are accepted',
		level: 'should',
		why: 'The separator is not escaped, and a name may hold it: refusing it refuses a payer. (In ids it is an attack, see separator-recut.)',
		hint: 'Join the values as they are; refuse | in ids only.',
		source: null,
		cases: named({ 'a pipe': 'Siti Nurhaliza | Kedai Kopi' }),
	},
	{
		id: 'name-unicode',
		title: 'Names in any script, and emoji, are accepted',
		level: 'must',
		why: 'A three-byte utf8 column in MySQL answers 500 to an emoji; stripping what is not ASCII breaks the signature.',
		hint: 'utf8mb4, and no cleaning before the check.',
		source: null,
		cases: named({
			'é and ñ': 'José Muñoz',
			'an emoji': 'Kedai 😀 Ali',
			'right to left': 'محمد علي',
			'a combining mark': 'Jose\u0301',
			Chinese: '陳大文',
		}),
	},
	{
		id: 'name-outer-spaces',
		title: 'Blanks around a value break nothing',
		level: 'advice',
		why: 'Laravel’s TrimStrings takes them away before you verify. The provider’s docs say to trim before signing, its SDKs do not: both are seen.',
		hint: 'Verify the untouched values; exempt the route from trimming.',
		source: 'https://api.webimpian.support/bayarcash/checksum/checksum-validation',
		cases: named({ 'blanks on both sides': ' Mohd Ali ' }),
	},
	{
		id: 'text-quotes',
		title: 'Free text may hold quotes, brackets and line breaks',
		level: 'must',
		providers: ['khoins'],
		why: 'The text is written by people and banks: put into SQL, HTML or a pattern as it is, it is a crash or worse.',
		hint: 'Treat it as text: bind it, escape it, and take the serial number out with care.',
		source: khoinsTransaction,
		cases: (subject) =>
			Object.entries({
				'quotes and brackets': `R#{reference} [1]>>>Transaksi "TH50" (3) ke 0896 Harga:49.665 SUKSES. SN: A'B"C. Saldo: -9.858.221#@24/03 20:38:08`,
				'a pattern and a tag':
					'R#{reference} [1]>>>Transaksi TH50 ke 0896 Harga:49.665 SUKSES. SN: ((a+)*[<b>$1\\. Saldo: 1#@24/03 20:38:08',
				'an emoji and a line break':
					'R#{reference} [1]>>>Transaksi TH50 SUKSES. SN: 123😀\n456. Saldo: 1#@24/03 20:38:08',
			}).map(([about, text]) => genuine(about, subject, { set: [`message.message=${text}`] })),
	},
];
