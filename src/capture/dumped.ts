import { readJson } from '../model/read-json.ts';
import { isLossless, isObject, type Value } from '../model/value.ts';
import type { Received } from './received.ts';

/**
 * Fields that somebody's code had read already: they came as JSON, as a form or in a query.
 * @param text JSON of them
 */
export function dumpedFields(text: string): Received[] | undefined {
	const value = valueIn(text);
	if (!isObject(value) || Object.keys(value).length === 0) return undefined;
	const pairs = pairsOf(value);
	const form = new URLSearchParams([...pairs]).toString();
	const post = (type: string, body: string): Received => ({
		method: 'POST',
		target: '/',
		headers: { 'content-type': type },
		body: Buffer.from(body),
	});
	const isOtherReading = true;
	return [
		post('application/json', text),
		{ ...post('application/x-www-form-urlencoded', form), isOtherReading },
		{ method: 'GET', target: `/?${form}`, headers: {}, body: new Uint8Array(), isOtherReading },
	];
}

function valueIn(text: string): Value | undefined {
	try {
		return readJson(text);
	} catch {
		return undefined;
	}
}

/** The fields of a form, as PHP names the inner ones: `a[b]`. */
export function pairsOf(value: Value, name = ''): [string, string][] {
	if (Array.isArray(value) || isObject(value))
		return Object.entries(value).flatMap(([key, inner]) =>
			pairsOf(inner, name === '' ? key : `${name}[${key}]`),
		);
	return [[name, scalarText(value)]];
}

function scalarText(value: Value): string {
	if (value === null || value === false) return '';
	if (value === true) return '1';
	return isLossless(value) ? value.toString() : String(value);
}
