import { formFields } from '../compose/read-fields.ts';
import { readXml } from '../compose/read-xml.ts';
import { Problem } from '../model/problem.ts';
import { readJson } from '../model/read-json.ts';
import { isObject, type ValueObject } from '../model/value.ts';
import type { IncomingCall } from './server.ts';

/** What nobody sends to a payment provider. */
const mostFields = 500;

/** Fields of a body; a sentence where it has none that can be read. */
export function fieldsOf(body: Uint8Array, contentType: string): ValueObject | string {
	const text = Buffer.from(body)
		.toString('utf8')
		.replace(/^\ufeff/, '')
		.trim();
	if (text === '') return {};
	if (isMultipart(contentType)) return 'a multipart body is not read here';
	if (/^[[{]/.test(text)) return jsonFields(text, contentType);
	return /^<[?\w]/.test(text) ? xmlFields(text) : readForm(text, contentType);
}

function jsonFields(text: string, contentType: string): ValueObject | string {
	if (/urlencoded/i.test(contentType))
		return 'the body is JSON, and content-type says it is a form: a server would read no field';
	try {
		const value = readJson(text);
		return isObject(value) ? value : 'the body is JSON, but no object';
	} catch (error) {
		return `the body is no JSON: ${(error as Error).message}`;
	}
}

const isMultipart = (contentType: string): boolean => /^multipart\/form-data/i.test(contentType);

/** Of a multipart form, files by their names; undefined where it is none. */
export async function multipartFields({
	body,
	headers,
}: Pick<IncomingCall, 'body' | 'headers'>): Promise<ValueObject | string | undefined> {
	const type = headers['content-type'] ?? '';
	if (!isMultipart(type)) return undefined;
	try {
		const form = await new Response(body, { headers: { 'content-type': type } }).formData();
		const fields = [...form].slice(0, mostFields);
		return Object.fromEntries(
			fields.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
		);
	} catch (error) {
		return `the body is no multipart form: ${(error as Error).message}`;
	}
}

/** The elements within the outermost one, whatever that is called. */
function xmlFields(text: string): ValueObject | string {
	try {
		const [root] = Object.values(readXml(text, 'the body') as ValueObject);
		return isObject(root) ? root : 'the body is XML, and its outermost element holds no others';
	} catch (error) {
		if (error instanceof Problem) return error.message;
		throw error;
	}
}

/** `a[]=1&a[]=2` counts on, as PHP does. */
function readForm(text: string, contentType: string): ValueObject | string {
	if (/json/i.test(contentType)) return 'content-type says JSON, and the body is none';
	const pairs = [...new URLSearchParams(text)];
	if (pairs.length > mostFields) return `the body has more than ${mostFields} fields`;
	const counts = new Map<string, number>();
	const numbered = pairs.map(([name, value]): [string, string] => {
		if (!name.endsWith('[]')) return [name, value];
		const count = counts.get(name) ?? 0;
		counts.set(name, count + 1);
		return [`${name.slice(0, -1)}${count}]`, value];
	});
	try {
		return formFields(new URLSearchParams(numbered).toString());
	} catch (error) {
		return (error as Error).message;
	}
}
