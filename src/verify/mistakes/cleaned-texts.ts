import type { Mistake } from '../mistake.ts';
import { mapTexts } from './change.ts';

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
	['apostrophes alone', { "'": '&#39;' }],
	['apostrophes alone, as &#039;', { "'": '&#039;' }],
];

/**
 * Values that were cleaned, cut or converted before they were signed: the middleware and the
 * database of a shop.
 */
export const cleanedTextMistakes: readonly Mistake[] = [
	// What columns and input filters usually hold.
	...[20, 25, 30, 32, 40, 50, 60, 64, 100, 128, 255].map((length) =>
		cleaned('cut', `with texts cut to ${length} characters`, 'before anything is cut', (text) =>
			[...text].slice(0, length).join(''),
		),
	),
	cleaned(
		'tags-stripped',
		'with HTML tags stripped',
		'before strip_tags() or a sanitiser',
		(text) => text.replace(/<[^>]*>/g, ''),
	),
	cleaned(
		'blanks-collapsed',
		'with inner blanks collapsed',
		'before Str::squish() or a sanitiser',
		(text) => text.trim().replace(/\s+/g, ' '),
	),
	cleaned(
		'blanks-collapsed',
		'with inner blanks collapsed',
		'before blanks are collapsed',
		(text) => text.replace(/\s+/g, ' '),
	),
	...escapings.map(([how, replaced]) =>
		cleaned('html-escaped', `over HTML-escaped values (${how})`, 'before escaping', (text) =>
			text.replace(/[&<>"']/g, (character) => replaced[character] ?? character),
		),
	),
	cleaned(
		'not-in-charset',
		'with a question mark for an emoji',
		'as UTF-8 (utf8mb4 in MySQL)',
		(text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
	),
	cleaned(
		'not-in-charset',
		'with four question marks for an emoji',
		'as UTF-8 (utf8mb4 in MySQL)',
		(text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '????'),
	),
	cleaned('not-in-charset', 'without emoji', 'before emoji are taken out', (text) =>
		text.replace(/[\u{10000}-\u{10ffff}]/gu, ''),
	),
	cleaned('not-in-charset', 'with question marks for letters beyond ASCII', 'as UTF-8', (text) =>
		text.replace(/[^\0-\x7f]/gu, '?'),
	),
	cleaned('not-in-charset', 'with accents taken off', 'as UTF-8, as they came', (text) =>
		text.normalize('NFD').replace(/\p{Mn}/gu, ''),
	),
	cleaned(
		'normalised',
		'over Unicode that was normalised (NFC)',
		'the bytes as they came',
		(text) => text.normalize('NFC'),
	),
	cleaned(
		'normalised',
		'over Unicode that was taken apart (NFD)',
		'the bytes as they came',
		(text) => text.normalize('NFD'),
	),
];

function cleaned(
	code: string,
	said: string,
	when: string,
	change: (text: string) => string,
): Mistake {
	const hint = `sign the values ${when}`;
	return { code, said, php: hint, js: hint, apply: (recipe) => mapTexts(recipe, change) };
}
