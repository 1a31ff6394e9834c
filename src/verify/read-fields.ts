import { parseJson } from '../compose/assignment.ts';
import { formFields } from '../compose/read-fields.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import type { Encoding, Received } from './received.ts';

export interface ReadFields {
	readonly encoding: Encoding;
	/** Envelope included; numbers as written. */
	readonly value: ValueObject;
	/** A field that stands there twice: one reader takes the first, another the last. */
	readonly repeated?: string;
}

/** What no provider sends, and a careless reader would choke on. */
const bounds = { fields: 500, depth: 10, bytes: 1024 * 1024 };

/** The fields of a request, read by its content type, or by what the body looks like where it has none. */
export async function readFields(received: Received): Promise<ReadFields | undefined> {
	if (received.body.length > bounds.bytes) return undefined;
	const text = Buffer.from(received.body)
		.toString('utf8')
		.replace(/^\ufeff/, '')
		.trim();
	if (/[\0\ufffd]/.test(text)) return undefined;
	if (text === '') return fromQuery(received.target);
	const type = received.headers['content-type'] ?? '';
	if (/xml/i.test(type) || text.startsWith('<')) return fromXml(text);
	if (/json/i.test(type) || /^[[{]/.test(text)) return fromJson(text);
	return isForm(text) ? formRead(text, 'form') : undefined;
}

/** `name=value` from the first character on, and no blank in it: not any text that happens to hold an equals sign. */
function isForm(text: string): boolean {
	return /^[^\s=&]+=\S*$/.test(text);
}

function formRead(text: string, encoding: 'form' | 'query'): ReadFields | undefined {
	const pairs = [...new URLSearchParams(text)];
	if (pairs.length > bounds.fields || pairs.some(([key]) => key.split('[').length > bounds.depth)) return undefined;
	const names = pairs.map(([key]) => key).filter((key) => !key.endsWith('[]'));
	const repeated = names.find((name, at) => names.indexOf(name) !== at);
	return { encoding, value: formFields(text), ...(repeated === undefined ? {} : { repeated }) };
}

function fromJson(text: string): ReadFields | undefined {
	try {
		const value = parseJson(text, 'the body');
		return isObject(value) ? { encoding: 'json', value } : undefined;
	} catch {
		return undefined;
	}
}

async function fromXml(text: string): Promise<ReadFields | undefined> {
	// No provider sends a document type; it is what entity bombs are made of.
	if (/<!DOCTYPE/i.test(text)) return undefined;
	const { XMLParser, XMLValidator } = await import('fast-xml-parser');
	try {
		if (XMLValidator.validate(text) !== true) return undefined;
		const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreDeclaration: true });
		const value = withoutBlankText(parser.parse(text) as Value, 0);
		return isObject(value) ? { encoding: 'xml', value } : undefined;
	} catch {
		// The parser refuses names and depths that it takes for attacks.
		return undefined;
	}
}

/** Line breaks between elements are no text of theirs. */
function withoutBlankText(value: Value, depth: number): Value {
	if (!isObject(value) || depth > bounds.depth) return isObject(value) ? '' : value;
	const entries = Object.entries(value).filter(([key]) => key !== '#text');
	return Object.fromEntries(entries.map(([key, inner]) => [key, withoutBlankText(inner, depth + 1)]));
}

/** Bayarcash glues its query behind a second question mark: the last part that reads like fields is the provider's. */
function fromQuery(target: string): ReadFields | undefined {
	const at = target.lastIndexOf('?');
	const text = target.slice(at + 1);
	return at < 0 || !isForm(text) ? undefined : formRead(text, 'query');
}
