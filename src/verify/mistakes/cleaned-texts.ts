import type { ValueChange } from './value-change.ts';

const basic = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const quoted = { ...basic, '"': '&quot;' };
type Escaping = Readonly<Record<string, string>>;

/** As languages and flags write them, the common form in values.ts apart. */
const escapings: readonly (readonly [string, Escaping])[] = [
	['&#39; for an apostrophe', { ...quoted, "'": '&#39;' }],
	['&#x27; for an apostrophe', { ...quoted, "'": '&#x27;' }],
	['&apos; for an apostrophe', { ...quoted, "'": '&apos;' }],
	['&#39; and &#34; for quotes', { ...basic, "'": '&#39;', '"': '&#34;' }],
	['apostrophes as they are', quoted],
	['quotes as they are', basic],
	['quotes alone, as &#39; and &#34;', { "'": '&#39;', '"': '&#34;' }],
	['quotes alone, as &#039; and &quot;', { "'": '&#039;', '"': '&quot;' }],
	['apostrophes alone', { "'": '&#39;' }],
	['apostrophes alone, as &#039;', { "'": '&#039;' }],
	['ampersands alone', { '&': '&amp;' }],
];

const entities: Escaping = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const emoji = /[\u{10000}-\u{10ffff}]/gu;
const stripped = (text: string): string => text.replace(/<[^>]*>/g, '');
const squished = (text: string): string => text.trim().replace(/\s+/g, ' ');
const codePoint = (text: string): number => text.codePointAt(0) ?? 0;

/** Values that a shop's middleware or database cleaned or converted before they were signed. */
export const cleanedTexts: readonly ValueChange[] = [
	// What columns and input filters usually hold; one value may be cut anywhere.
	...[15, 20, 25, 30, 32, 40, 50, 60, 64, 100, 128, 191, 255].map((length) =>
		cleaned('cut', `cut to ${length} characters`, 'before anything is cut', (text) =>
			[...text].slice(0, length).join(''),
		),
	),
	cleaned('tags-stripped', 'stripped of HTML tags', 'before strip_tags() or a sanitiser', stripped),
	cleaned(
		'tags-stripped',
		'stripped of HTML tags and of double blanks',
		'before sanitize_text_field() or another sanitiser',
		(text) => squished(stripped(text)),
	),
	cleaned(
		'tags-stripped',
		'stripped of HTML tags, quotes escaped',
		'before FILTER_SANITIZE_STRING or another sanitiser',
		(text) => stripped(text).replaceAll("'", '&#39;').replaceAll('"', '&#34;'),
	),
	cleaned('blanks-collapsed', 'squished', 'before Str::squish() or a sanitiser', squished),
	cleaned('blanks-collapsed', 'freed of double blanks', 'before blanks are collapsed', (text) =>
		text.replace(/\s+/g, ' '),
	),
	cleaned('blanks-collapsed', 'freed of all blanks', 'with their blanks', (text) =>
		text.replace(/\s+/g, ''),
	),
	...escapings.map(([what, replaced]) =>
		cleaned(
			'html-escaped',
			`HTML-escaped (${what})`,
			'before htmlspecialchars() or other escaping',
			(text) => text.replace(/[&<>"']/g, (character) => replaced[character] ?? character),
		),
	),
	cleaned('html-unescaped', 'freed of HTML entities', 'before html_entity_decode()', (text) =>
		text
			.replace(/&#(\d{1,6});/g, (_all, digits: string) => String.fromCodePoint(Number(digits)))
			.replace(/&(lt|gt|quot|apos|amp);/g, (_all, name: string) => entities[name] ?? ''),
	),
	...['?', '??', '????', '\ufffd', ''].map((mark) =>
		cleaned(
			'not-in-charset',
			mark === '' ? 'freed of emoji' : `given ${mark} for an emoji`,
			'as UTF-8 (utf8mb4 in MySQL)',
			(text) => text.replace(emoji, mark),
		),
	),
	cleaned('not-in-charset', 'written with entities for emoji', 'before wp_encode_emoji()', (text) =>
		text.replace(emoji, (one) => `&#x${codePoint(one).toString(16)};`),
	),
	cleaned('not-in-charset', 'written with numbers for emoji', 'as UTF-8', (text) =>
		text.replace(emoji, (one) => `&#${codePoint(one)};`),
	),
	cleaned('not-in-charset', 'cut before the first emoji', 'as UTF-8 (utf8mb4 in MySQL)', (text) =>
		text.replace(/[\u{10000}-\u{10ffff}].*$/su, ''),
	),
	cleaned('not-in-charset', 'written with ? for letters beyond ASCII', 'as UTF-8', (text) =>
		text.replace(/[^\0-\x7f]/gu, '?'),
	),
	cleaned('not-in-charset', 'freed of letters beyond ASCII', 'as UTF-8', (text) =>
		text.replace(/[^\0-\x7f]/gu, ''),
	),
	cleaned(
		'not-in-charset',
		'written with \\u for letters beyond ASCII',
		'JSON_UNESCAPED_UNICODE',
		(text) =>
			text.replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
	),
	cleaned('not-in-charset', 'freed of accents', 'as UTF-8, as they came', (text) =>
		text.normalize('NFD').replace(/\p{Mn}/gu, ''),
	),
	...(['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) =>
		cleaned('normalised', `in Unicode form ${form}`, 'byte for byte as they came', (text) =>
			text.normalize(form),
		),
	),
	cleaned('line-breaks', 'given line breaks of another kind', 'as they came', (text) =>
		/\r\n/.test(text) ? text.replace(/\r\n/g, '\n') : text.replace(/\n/g, '\r\n'),
	),
	cleaned('line-breaks', 'freed of line breaks', 'as they came', (text) =>
		text.replace(/[\r\n]+/g, ' '),
	),
	cleaned('title-case', 'given capitals', 'before ucwords()', (text) =>
		text.toLowerCase().replace(/(^|\s)\S/g, (first) => first.toUpperCase()),
	),
];

function cleaned(
	code: string,
	how: string,
	when: string,
	change: (text: string) => string,
): ValueChange {
	return { code, how, php: `sign the values ${when}`, change };
}
