import type { Received } from '../capture/received.ts';
import { parseJson } from '../compose/assignment.ts';
import { bodyText } from '../compose/body-text.ts';
import { formFields } from '../compose/read-fields.ts';
import { Problem } from '../model/problem.ts';
import { isObject, type ValueObject } from '../model/value.ts';
import { bounds, hasTooMany, type TooMuch } from './bounds.ts';
import type { Encoding } from './encoding.ts';

export interface ReadFields {
	readonly encoding: Encoding;
	/** Envelope included; numbers as written. */
	readonly value: ValueObject;
	/** A field that stands there twice: one reader takes the first, another the last. */
	readonly repeated?: string | undefined;
	/**
	 * A content type that says another encoding than the body has: most receivers then read no field.
	 */
	readonly mislabelled?: string | undefined;
}

/** The fields of a request, by its content type, or by the look of the body without one. */
export async function readFields(received: Received): Promise<ReadFields | undefined> {
	const read = await readWithin(received);
	return read === undefined || 'tooMuch' in read ? undefined : read;
}

/** The same, and why it is not read where it is too much of it. */
export function readWithin(received: Received): Promise<ReadFields | Unread | undefined> {
	const reading = readOnce.get(received) ?? readAnew(received);
	readOnce.set(received, reading);
	return reading;
}

export interface Unread {
	readonly tooMuch: TooMuch;
}

/** Every provider asks for the same request anew. */
const readOnce = new WeakMap<Received, Promise<ReadFields | Unread | undefined>>();

async function readAnew(received: Received): Promise<ReadFields | Unread | undefined> {
	if (received.body.length > bounds.bytes) return { tooMuch: 'too-long' };
	const type = received.headers['content-type'] ?? '';
	const text = bodyText(received.body, type).trim();
	if (/[\0\ufffd]/.test(text)) return undefined;
	if (text === '') return fromQuery(received.target);
	const told = labelOf(type);
	const look = lookOf(text);
	const read = await readAs(look ?? told, text);
	const mislabelled = told !== undefined && look !== undefined && told !== look ? type : undefined;
	if (read === undefined || 'tooMuch' in read) return read;
	return hasTooMany(read.value) ? { tooMuch: 'too-many-fields' } : { ...read, mislabelled };
}

type BodyEncoding = Exclude<Encoding, 'query'>;

/** What the content type says, where it is one that a provider uses. */
function labelOf(type: string): BodyEncoding | undefined {
	if (/xml/i.test(type)) return 'xml';
	if (/json/i.test(type)) return 'json';
	return /x-www-form-urlencoded/i.test(type) ? 'form' : undefined;
}

function lookOf(text: string): BodyEncoding | undefined {
	if (text.startsWith('<')) return 'xml';
	if (/^[[{]/.test(text)) return 'json';
	return isForm(text) ? 'form' : undefined;
}

function readAs(encoding: BodyEncoding | undefined, text: string) {
	if (encoding === 'xml') return fromXml(text);
	if (encoding === 'json') return fromJson(text);
	return isForm(text) ? formRead(text, 'form') : undefined;
}

/** `name=value` from the first character on, without a blank: more than an equals sign. */
function isForm(text: string): boolean {
	return /^[^\s=&]+=\S*$/.test(text);
}

function formRead(text: string, encoding: 'form' | 'query'): ReadFields | Unread | undefined {
	const pairs = [...new URLSearchParams(text)];
	if (pairs.length > bounds.fields) return { tooMuch: 'too-many-fields' };
	if (pairs.some(([key]) => key.split('[').length > bounds.depth)) return undefined;
	const names = pairs.map(([key]) => key).filter((key) => !key.endsWith('[]'));
	const repeated = names.find((name, at) => names.indexOf(name) !== at);
	return { encoding, value: formFields(text), repeated };
}

function fromJson(text: string): ReadFields | undefined {
	try {
		const value = parseJson(text, 'the body');
		return isObject(value) ? { encoding: 'json', value } : undefined;
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
}

async function fromXml(text: string): Promise<ReadFields | undefined> {
	const { readXml } = await import('../compose/read-xml.ts');
	try {
		const value = readXml(text, 'the body');
		return isObject(value) ? { encoding: 'xml', value, repeated: repeatedIn(value) } : undefined;
	} catch (error) {
		if (error instanceof Problem) return undefined;
		throw error;
	}
}

/** XML has no lists: what stands there twice is one. */
function repeatedIn(value: ValueObject): string | undefined {
	for (const [name, inner] of Object.entries(value)) {
		if (Array.isArray(inner)) return name;
		const repeated = isObject(inner) ? repeatedIn(inner) : undefined;
		if (repeated !== undefined) return repeated;
	}
	return undefined;
}

/** Bayarcash glues its query behind a second question mark: the last part like fields is its. */
function fromQuery(target: string): ReadFields | Unread | undefined {
	const at = target.lastIndexOf('?');
	const text = target.slice(at + 1);
	return at < 0 || !isForm(text) ? undefined : formRead(text, 'query');
}
