import { parseJson } from '../compose/assignment.ts';
import { withValue } from '../compose/path.ts';
import { isObject, type Value, type ValueObject } from '../model/value.ts';
import type { Encoding, Received } from './received.ts';

export interface ReadFields {
	readonly encoding: Encoding;
	/** Envelope included; numbers as written. */
	readonly value: ValueObject;
}

/** The fields of a request, read by its content type, or by what the body looks like where it has none. */
export async function readFields(received: Received): Promise<ReadFields | undefined> {
	const text = Buffer.from(received.body)
		.toString('utf8')
		.replace(/^\ufeff/, '')
		.trim();
	if (text === '') return fromQuery(received.target);
	const type = received.headers['content-type'] ?? '';
	if (/xml/i.test(type) || text.startsWith('<')) return fromXml(text);
	if (/json/i.test(type) || /^[[{]/.test(text)) return fromJson(text);
	return text.includes('=') ? { encoding: 'form', value: formFields(text) } : undefined;
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
	const { XMLParser, XMLValidator } = await import('fast-xml-parser');
	if (XMLValidator.validate(text) !== true) return undefined;
	const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreDeclaration: true });
	const value = withoutBlankText(parser.parse(text) as Value);
	return isObject(value) ? { encoding: 'xml', value } : undefined;
}

/** Line breaks between elements are no text of theirs. */
function withoutBlankText(value: Value): Value {
	if (!isObject(value)) return value;
	const entries = Object.entries(value).filter(([key]) => key !== '#text');
	return Object.fromEntries(entries.map(([key, inner]) => [key, withoutBlankText(inner)]));
}

/** Bayarcash glues its query behind a second question mark: the last part that reads like fields is the provider's. */
function fromQuery(target: string): ReadFields | undefined {
	const at = target.lastIndexOf('?');
	return at < 0 ? undefined : { encoding: 'query', value: formFields(target.slice(at + 1)) };
}

export function formFields(text: string): ValueObject {
	let value: ValueObject = {};
	for (const [key, part] of new URLSearchParams(text))
		value = withValue(value, key.replaceAll(']', '').split('['), part);
	return value;
}
