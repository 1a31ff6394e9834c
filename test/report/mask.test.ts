import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { KnownSecrets, type Mask, maskBytes, maskOf } from '../../src/report/safe/mask.ts';
import { runs } from '../support/long.ts';
import { needs } from '../support/tools.ts';

const masking = (...texts: string[]): Mask =>
	maskOf(texts.map((text) => new Secret('k', text, 'own')));
const label = '[secret:k]';

/** The next letter, the next digit: another key of the same shape, in which nothing that carries it is the same. */
const other = (key: string): string =>
	key.replace(/[a-z\d]/gi, (one) => {
		const [first, count] = /\d/.test(one) ? [48, 10] : [/[a-z]/.test(one) ? 97 : 65, 26];
		return String.fromCharCode(first + ((one.charCodeAt(0) - first + 1) % count));
	});

/** Bytes in, bytes out, as of a body that was read. */
const maskedBody = (bytes: Uint8Array, key: string): string =>
	Buffer.from(maskBytes(bytes, masking(key))).toString('latin1');

describe('spellings that were written down', () => {
	const key = `own/key&"'<>\u00fc 1~`;
	test.each([
		['Go, JSON', `"own/key\\u0026\\"'\\u003c\\u003e\u00fc 1~"`, `"${label}"`],
		['Rails, JSON', `{"k":"own/key\\u0026\\"'\\u003c\\u003e\u00fc 1~"}`, `{"k":"${label}"}`],
		['Django, escapejs', `own/key\\u0026\\u0022\\u0027\\u003C\\u003E\u00fc 1~`, label],
		['PHP, JSON', `"own\\/key&\\"'<>\\u00fc 1~"`, `"${label}"`],
		['capital hex', `"own\\/key&\\"'<>\\u00FC 1~"`, `"${label}"`],
		[
			'JSON in JSON',
			`{"a":"{\\"b\\":\\"own/key&\\\\\\"'<>\u00fc 1~\\"}"}`,
			`{"a":"{\\"b\\":\\"${label}\\"}"}`,
		],
		['three times', 'own/key&\\\\\\\\\\\\\\"\'<>\u00fc 1~', label],
		[
			'JavaScript, encodeURIComponent',
			`?k=own%2Fkey%26%22'%3C%3E%C3%BC%201~&x=1`,
			`?k=${label}&x=1`,
		],
		['PHP, urlencode', `k=own%2Fkey%26%22%27%3C%3E%C3%BC+1%7E`, `k=${label}`],
		['in lower case', `k=own%2fkey%26%22%27%3c%3e%c3%bc+1%7e`, `k=${label}`],
		['twice', `k=own%252Fkey%2526%2522%2527%253C%253E%25C3%25BC%25201~`, `k=${label}`],
		['JavaScript, escape', `own/key%26%22%27%3C%3E%FC%201%7E`, label],
		['Go, HTML', `<b>own/key&amp;&#34;&#39;&lt;&gt;\u00fc 1~</b>`, `<b>${label}</b>`],
		['PHP before 8, htmlspecialchars', `own/key&amp;&quot;'&lt;&gt;\u00fc 1~`, label],
		['PHP, htmlspecialchars', `own/key&amp;&quot;&#039;&lt;&gt;\u00fc 1~`, label],
		['Python, html.escape', `own/key&amp;&quot;&#x27;&lt;&gt;\u00fc 1~`, label],
		['XML', `own/key&amp;&quot;&apos;&lt;&gt;&#xFC; 1~`, label],
		['PHP, htmlentities', `own/key&amp;&quot;&#039;&lt;&gt;&uuml; 1~`, label],
		['HTML in HTML', `own/key&amp;amp;&amp;quot;&amp;#39;&amp;lt;&amp;gt;\u00fc 1~`, label],
		[
			'JSON in HTML',
			`&quot;own/key&amp;\\&quot;&#39;&lt;&gt;\\u00fc 1~&quot;`,
			`&quot;${label}&quot;`,
		],
		['UTF-8 read as Latin-1', `own/key&"'<>\u00c3\u00bc 1~`, label],
		['a log of nginx', `own/key&\\x22'<>\\xC3\\xBC 1~`, label],
		['a shell', `-H 'own/key&"'\\''<>\u00fc 1~'`, `-H '${label}'`],
		['in capitals', `OWN/KEY&"'<>\u00dc 1~`, label],
		['of each a part', `own%2Fkey&amp;\\u0022&#x27;\\x3c>%c3%bc+1~`, label],
		['hex', `6f776e2f6b65792622273c3ec3bc20317e`, label],
		['base64', `b3duL2tleSYiJzw+w7wgMX4=`, `${label}=`],
		['of Bearer', `QmVhcmVyIG93bi9rZXkmIic8PsO8IDF+`, `QmVhcmVyI${label}`],
		['one further', `MW93bi9rZXkmIic8PsO8IDF-`, `M${label}`],
		['two further', `MTJvd24va2V5JiInPD7DvCAxfjM`, `MT${label}M`],
		['in a URL', `t=b3duL2tleSYiJzw%2Bw7wgMX4%3D`, `t=${label}%3D`],
	])('%s', (_writer, text, shown) => expect(masking(key)(text)).toBe(shown));
});

const folder = fileURLToPath(new URL('spellings', import.meta.url));

/** What a language makes of each key, as the bytes a receiver would answer. */
function spelled(command: string, script: string, keys: readonly string[]): Buffer[][] {
	const input = keys.map((key) => Buffer.from(key, 'utf8').toString('base64')).join('\n');
	const output = execFileSync(command, [`${folder}/${script}`], { input, encoding: 'utf8' });
	return (JSON.parse(output) as string[][]).map((texts) =>
		texts.map((text) => Buffer.from(text, 'base64')),
	);
}

describe.each([
	['PHP', 'php', 'php.php'],
	['Python', 'python3', 'python.py'],
	['Ruby', 'ruby', 'ruby.rb'],
])('%s itself', (_name, command, script) => {
	test.skipIf(!needs(command))('leaves nothing of a key, whatever its characters', () => {
		const keys = [
			'Zq7wKb9Jx2Lm4Rt8',
			`Zq/wK7&"'<>v ~!*()+=%41\\x9J#$@[]{}|;:,?^\`-_.`,
			'Zq/\u00fcwK7\u00e9"9J',
			`Zq\u20acwK7\u{1f600}&\u6f22'9J`,
		].flatMap((key) => [key, other(key)]);
		const shown = spelled(command, script, keys).map((texts, at) =>
			texts.map((bytes) => maskedBody(bytes, keys[at] ?? '')),
		);
		expect(shown).toHaveLength(keys.length);
		for (const [at, texts] of shown.entries()) {
			expect(texts.length).toBeGreaterThan(15);
			for (const text of texts) expect(text).toContain(label);
			// Nothing that is left depends on the key.
			if (at % 2 === 1) expect(texts, keys[at]).toEqual(shown[at - 1]);
		}
	});
});

const hexOf = (text: string) => Buffer.from(text, 'utf8').toString('hex');
const unicode = (text: string) =>
	text.replace(/[^ -~]|[&<>'"\\/]/g, (one) =>
		[...Array(one.length).keys()]
			.map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`)
			.join(''),
	);
/** Each is what some encoder writes; any of them inside of any other. */
const encoders: readonly ((text: string) => string)[] = [
	(text) => text,
	(text) => JSON.stringify(text).slice(1, -1),
	(text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
	unicode,
	encodeURIComponent,
	(text) =>
		encodeURIComponent(text)
			.replaceAll('%20', '+')
			.replace(/%../g, (one) => one.toLowerCase()),
	(text) =>
		Buffer.from(text, 'utf8')
			.toString('latin1')
			.replace(/[^A-Za-z0-9]/g, (one) => `%${one.charCodeAt(0).toString(16)}`),
	(text) =>
		text
			.replaceAll('&', '&amp;')
			.replaceAll('<', '&lt;')
			.replaceAll('"', '&quot;')
			.replaceAll("'", '&#x27;'),
	(text) => Buffer.from(text, 'utf8').toString('latin1'),
	// It spells letters, too: of a key, not of what another encoder made of it.
	(text) => [...text].map((one) => `&#${one.codePointAt(0)};`).join(''),
];
const character = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...'abXY01') },
	{ weight: 3, arbitrary: fc.constantFrom(...`"'&<>/\\+%=~!*() -_;#`) },
	{
		weight: 2,
		arbitrary: fc.constantFrom('\u00e9', '\u20ac', '\u{1f600}', '\u6f22', '\u00c3', '\u00bf'),
	},
);
const keys = fc
	.array(character, { minLength: 6, maxLength: 24 })
	.map((all) => all.join(''))
	.filter((key) => key.trim() === key && /[a-z\d].*[a-z\d]/i.test(key));
const around = fc.string({ unit: fc.constantFrom(...`ZW89 "\\&%u;=.<\u00fc`), maxLength: 12 });

describe('any key', () => {
	test('in any text, encoded in any two ways, leaves nothing behind', () => {
		fc.assert(
			fc.property(
				keys,
				fc.constantFrom(...encoders),
				fc.constantFrom(...encoders.slice(0, -1)),
				around,
				around,
				(key, inner, outer, before, behind) => {
					const [mine, others] = [key, other(key)].map((one) =>
						masking(one)(`${before}${outer(inner(one))}${behind}`),
					);
					expect(mine).toContain(label);
					expect(mine?.split(label)[0]?.length).toBeLessThanOrEqual(before.length);
					expect(mine).toBe(others);
				},
			),
			runs(2_000),
		);
	});

	test('in any text in base64, in either alphabet, itself encoded', () => {
		fc.assert(
			fc.property(
				keys,
				fc.constantFrom(encoders[0], encoders[1], encoders[4], unicodeOnly),
				fc.constantFrom(...encoders.slice(0, 6)),
				fc.constantFrom('base64', 'base64url'),
				around,
				around,
				(key, inner, outer, alphabet, before, behind) => {
					const [mine, others] = [key, other(key)].map((one) => {
						const bytes = Buffer.from(`${before}${inner?.(one)}${behind}`, 'utf8');
						return masking(one)(outer(bytes.toString(alphabet as BufferEncoding)));
					});
					expect(mine).toContain(label);
					expect(mine).toBe(others);
				},
			),
			runs(1_000),
		);
	});

	test('in bytes that are no text', () => {
		fc.assert(
			fc.property(keys, fc.uint8Array({ maxLength: 20 }), (key, bytes) => {
				const [mine, others] = [key, other(key)].map((one) =>
					maskedBody(Buffer.concat([bytes, Buffer.from(one, 'utf8'), bytes]), one),
				);
				expect(mine).toContain(label);
				expect(mine).toBe(others);
			}),
		);
	});

	test('a text without it stays as it is', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...`ZW89 "\\&%u;=.<\u00fc`) }),
				(text) => void expect(masking('never-there')(text)).toBe(text),
			),
		);
	});
});

function unicodeOnly(text: string): string {
	return JSON.stringify(text)
		.slice(1, -1)
		.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

describe('a key that is cut off', () => {
	const key = 'sandbox-"key"-4711-hush';
	test.each([
		['as it is', (text: string) => text],
		['as JSON', (text: string) => JSON.stringify(text)],
		['in a URL', encodeURIComponent],
		['as HTML', (text: string) => text.replaceAll('"', '&quot;')],
		['in base64', (text: string) => Buffer.from(text).toString('base64')],
		['as hex', hexOf],
	])('at the end of a body, %s', (_how, spell) => {
		const whole = spell(`x ${key}`);
		for (let length = spell(`x ${key.slice(0, 12)}`).length; length < whole.length; length++) {
			const cut = Buffer.from(whole.slice(0, length));
			const shown = Buffer.from(maskBytes(cut, masking(key), true)).toString();
			expect(shown, whole.slice(0, length)).toMatch(/\[secret:k\][\\"=]*$/);
		}
	});

	test('is told from a body that ended by itself', () => {
		const bytes = Buffer.from('x sandbox-"key"-4711');
		expect(maskBytes(bytes, masking(key))).toBe(bytes);
	});

	test('before the sign that something was left out', () =>
		expect(masking(key)('it said: sandbox-"ke… (of 300)')).toBe('it said: [secret:k]… (of 300)'));

	test('of which a few characters are left, is no more than a word', () => {
		const bytes = Buffer.from('in the sandbo');
		expect(maskBytes(bytes, masking(key), true)).toBe(bytes);
	});
});

describe('a mask', () => {
	test('leaves words of less than four characters alone', () => {
		expect(masking('a', 'ab', 'abc')('abc ab a')).toBe('abc ab a');
		expect(masking('abcd')('abcde')).toBe('[secret:k]e');
	});

	test('looks for a key without the spaces around it', () =>
		expect(masking('hush-hush\n')('(hush-hush)')).toBe('([secret:k])'));

	test('covers keys that overlap, and names the longest', () => {
		const mask = maskOf([
			new Secret('a', 'abcdefgh', 'own'),
			new Secret('b', 'efghijklmnop', 'own'),
		]);
		expect(mask('-abcdefghijklmnop-')).toBe('-[secret:b]-');
	});

	test('may be laid on twice, also where the key is a word of its own sign', () => {
		const mask = masking('secret');
		expect(mask('my secret')).toBe('my [secret:k]');
		expect(mask(mask('my secret'))).toBe('my [secret:k]');
	});

	test('grows with what is learnt, and leaves what is public', () => {
		const known = new KnownSecrets();
		expect(known.mask('first second third')).toBe('first second third');
		known.learn([new Secret('one', 'first', 'own'), new Secret('two', 'second', 'simulator')]);
		expect(known.mask('first second third')).toBe('[secret:one] second third');
		known.learn([new Secret('three', 'third', 'own')]);
		expect(known.mask('first second third')).toBe('[secret:one] second [secret:three]');
	});

	// Work that grew with the square of the length would take minutes.
	test.each([
		['a beginning of the key, over and over', 'sk_live_%&"\\'],
		['backslashes', '\\'],
		['encoded percent signs', '%25'],
		['ampersands in ampersands', '&amp;'],
		['one ampersand, encoded for ever', 'amp;'],
		['quotes as a shell writes them', `'\\''`],
		['quotes of another shell', `'"`],
		['escapes', '\\u0061'],
		['letters', 'a'],
		['encoded letters', '%61'],
		['base64 of a beginning', Buffer.from('sk_live_%&"').toString('base64')],
		['signs of a cut', 'sk_live_%&…'],
		['UTF-8', '\u00e6\u00bc\u00a2'],
	])(
		'goes through 128 kB made of %s',
		(_what, piece) => {
			const keys = [
				'sk_live_%&"\\4711',
				`${'a'.repeat(40)}b`,
				'\\\\&&%%',
				'%%25%%25',
				'&amp;&amp;',
				`''"'"''"'`,
			];
			const mask = masking(...keys, ...Array.from({ length: 10 }, (_, at) => `sk_live_%&"${at}`));
			const text = `&${piece.repeat((1 << 17) / piece.length)}!`;
			expect(mask(text).length).toBeGreaterThan(0);
		},
		20_000,
	);
});
