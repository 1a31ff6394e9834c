import { createHash, createHmac } from 'node:crypto';
import type { Credentials } from '../compose/credentials.ts';
import { applyFilter } from '../compose/fill-template.ts';
import { segmentsOf, valueAt } from '../compose/path.ts';
import { phpText } from '../compose/print-value.ts';
import { jsonText } from '../compose/write-json.ts';
import { type KeyForm, keyBytes } from '../model/key-form.ts';
import type { SignatureRule } from '../model/provider.ts';
import { partsOf } from '../model/template.ts';
import { isObject, type ValueObject } from '../model/value.ts';

/** One signed part: a field's or a credential's text. */
export interface Part {
	readonly name: string;
	readonly text: string;
	readonly secret?: boolean;
}

/**
 * Everything that decides a signature, taken apart so that one thing at a time can be done wrong.
 */
export interface Recipe {
	readonly parts: readonly Part[];
	readonly join: string;
	/** `md5`, `sha256`, …, or `hmac-` of one. */
	readonly algorithm: string;
	readonly key: string;
	/** How the key's text becomes bytes; UTF-8 unless said otherwise. */
	readonly keyAs?: 'hex' | 'base64' | undefined;
	/** Of a key that its provider writes as hex or base64. */
	readonly keyForm?: KeyForm | undefined;
	readonly as: 'hex' | 'HEX' | 'base64' | 'base64url' | 'base64 of hex';
	readonly prefix: string;
	/** Replaces the joined parts: a body, a JSON text. */
	readonly text?: string | undefined;
	/** How the text becomes bytes; UTF-8 unless said otherwise. */
	readonly bytes?: 'latin1' | 'utf16le' | undefined;
}

/**
 * The recipe of a rule over received values; undefined for another kind of key.
 * @param more what the values do not hold: times in headers, the body
 */
export function recipeOf(
	rule: SignatureRule,
	values: ValueObject,
	credentials: Credentials,
	more: (path: string) => string = () => '',
): Recipe | undefined {
	if (rule.algorithm.startsWith('rsa')) return undefined;
	const secret = rule.key === undefined ? undefined : credentials(rule.key);
	const base = {
		algorithm: rule.algorithm,
		key: secret?.reveal() ?? '',
		keyForm: secret?.form,
		as: rule.as,
		prefix: rule.prefix ?? '',
	} as const;
	if (rule.over === 'body')
		return { ...base, parts: [{ name: 'body', text: more('body') }], join: '' };
	if (typeof rule.over === 'object') {
		const parts = rule.over.fields.map((name) => ({ name, text: textAt(values, name) }));
		return { ...base, parts, join: rule.over.join };
	}
	const parts = partsOf(rule.over).map((part): Part => {
		if ('literal' in part) return { name: 'text', text: part.literal };
		if (!part.source.startsWith('cred.'))
			return { name: part.source, text: textOfPart(part, values, more) };
		const secret = credentials(part.source.slice('cred.'.length));
		return { name: secret.name, text: secret.reveal(), secret: secret.origin === 'own' };
	});
	return { ...base, parts, join: '' };
}

function textOfPart(
	{ source, filters }: { readonly source: string; readonly filters: readonly string[] },
	values: ValueObject,
	more: (path: string) => string,
): string {
	const text = textAt(values, source) || more(source);
	return filters.reduce<string>(
		(value, filter) => phpText(applyFilter(filter, value, source), source),
		text,
	);
}

export function textAt(values: ValueObject, path: string): string {
	const value = valueAt(values, segmentsOf(path));
	return isObject(value) || Array.isArray(value) ? jsonText(value) : phpText(value, path);
}

export function canonicalOf(recipe: Recipe): string {
	return recipe.text ?? recipe.parts.map(({ text }) => text).join(recipe.join);
}

/** Bytes of a digest. */
const sizes: Readonly<Record<string, number>> = {
	md5: 16,
	sha1: 20,
	sha224: 28,
	sha256: 32,
	sha384: 48,
	sha512: 64,
};

/** Whether a signature has the length that this recipe's has: to know that, nothing is hashed. */
export function hasLengthOf(recipe: Recipe, signature: string): boolean {
	const size = sizes[hashOf(recipe)];
	if (size === undefined) return true;
	return signature.length === recipe.prefix.length + lengths[recipe.as](size);
}

const base64 = (bytes: number): number => 4 * Math.ceil(bytes / 3);

/** Characters for so many bytes. */
const lengths: Readonly<Record<Recipe['as'], (bytes: number) => number>> = {
	hex: (bytes) => 2 * bytes,
	HEX: (bytes) => 2 * bytes,
	base64,
	base64url: (bytes) => Math.ceil((bytes * 4) / 3),
	'base64 of hex': (bytes) => base64(2 * bytes),
};

const hashOf = ({ algorithm }: Recipe): string => algorithm.replace('hmac-', '');

/** The same with the user's own credentials named instead of shown. */
export function shownCanonical(recipe: Recipe): string {
	return (
		recipe.text ??
		recipe.parts
			.map(({ name, text, secret }) => (secret === true ? `[secret:${name}]` : text))
			.join(recipe.join)
	);
}

function keyOf({ key, keyAs, keyForm }: Recipe): string | Uint8Array {
	if (keyAs !== undefined) return Buffer.from(key, keyAs);
	return (keyForm && keyBytes(key, keyForm)) ?? key;
}

export function signatureOf(recipe: Recipe, text = canonicalOf(recipe)): string {
	const { algorithm, prefix, as } = recipe;
	const hash = algorithm.startsWith('hmac-')
		? createHmac(algorithm.slice('hmac-'.length), keyOf(recipe))
		: createHash(algorithm);
	hash.update(text, recipe.bytes ?? 'utf8');
	if (as === 'base64' || as === 'base64url') return `${prefix}${hash.digest(as)}`;
	const digest = hash.digest('hex');
	if (as === 'base64 of hex') return `${prefix}${Buffer.from(digest).toString('base64')}`;
	return `${prefix}${as === 'HEX' ? digest.toUpperCase() : digest}`;
}
