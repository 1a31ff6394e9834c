import { isNumber } from 'lossless-json';
import { deepest, refuseDeep } from '../model/depth.ts';
import { Problem } from '../model/problem.ts';
import { exactNumber, readJson } from '../model/read-json.ts';
import type { Assignment } from '../model/settings.ts';
import { isLossless, type Value } from '../model/value.ts';
import { jsonOf, textOf } from '../model/value-text.ts';
import { type Told, told } from '../model/words.ts';
import { segmentsOf } from './path.ts';

/** Names and values, or a list of texts such as `path=value`. */
export type Assignments = Readonly<Record<string, unknown>> | readonly string[];

/**
 * What a file or a program assigns. Names stand for themselves, whatever characters they hold; a
 * value keeps the type that is there, null and objects bring their own.
 * @param what the setting
 * @throws Problem as `parseAssignment`
 */
export function assignmentsOf(
	given: Assignments | undefined,
	what: string,
): Assignment[] | undefined {
	if (given === undefined) return undefined;
	refuseDeep(given);
	if (Array.isArray(given)) return given.map((text) => parseAssignment(String(text), what));
	return Object.entries(given as Readonly<Record<string, Value>>).map(([path, value]) => ({
		path,
		value: isStructure(value)
			? { kind: 'json', json: value }
			: { kind: 'text', text: textOf(value) },
	}));
}

const isStructure = (value: Value): boolean =>
	value === null || (typeof value === 'object' && !('isLosslessNumber' in value));

/**
 * `path=text` keeps the type that is there; `path:=json` says the type itself.
 * @param what the setting
 * @throws Problem `usage` when there is no `=`, `value-misfit` when the text after `:=` is not JSON
 */
export function parseAssignment(argument: string, what: string): Assignment {
	const equals = argument.indexOf('=');
	if (equals <= 0 || argument.startsWith(':=')) {
		throw new Problem('usage', (say) => `${say(what)} "${cut(argument)}" is not an assignment`, {
			hint: (say) => `Write ${say(what, 'path=value')}, or ${say(what, 'path:=json')}.`,
		});
	}
	const right = argument.slice(equals + 1);
	const isJson = argument[equals - 1] === ':';
	const path = argument.slice(0, isJson ? equals - 1 : equals);
	if (segmentsOf(path).length > deepest)
		throw new Problem(
			'usage',
			(say) => `${say(what)} "${cut(path)}" leads deeper than ${deepest} levels`,
			{ hint: (say) => `Write a shorter path; ${say('rawBody')} sends bytes as they are.` },
		);
	if (!isJson) return { path, value: { kind: 'text', text: right } };
	return {
		path,
		value: { kind: 'json', json: parseJson(right, (say) => say(what, cut(argument))) },
	};
}

/** As `parseAssignment` reads it. */
export function assignmentText({ path, value }: Assignment): string {
	if (value.kind === 'json') return `${path}:=${jsonOf(value.json)}`;
	// A path that ends in a colon would be taken for the other form.
	return path.endsWith(':') ? `${path}:=${jsonOf(value.text)}` : `${path}=${value.text}`;
}

/** As much as a person reads of it. */
const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** JSON, its numbers as written: `60.00`, twenty digits. @throws Problem `value-misfit` */
export function parseJson(
	text: string,
	what: Told,
	code: 'value-misfit' | 'body-invalid' = 'value-misfit',
): Value {
	try {
		return readJson(text);
	} catch (cause) {
		const quoted = /^[\w .+:@/-]*$/.test(text.trim())
			? ` Text needs quotes: '"${text.trim()}"'.`
			: '';
		throw new Problem(code, (say) => `${told(what, say)}: not JSON (${(cause as Error).message})`, {
			hint: `Write valid JSON.${quoted}`,
			cause,
		});
	}
}

/**
 * A typed value as JSON of the type that stands at the path now. A forgery is written as it was
 * typed: `1.00` is another number than 1 to whoever signs its text.
 * @throws Problem `value-misfit`
 */
export function inTypeOf(
	present: Value | undefined,
	text: string,
	path: string,
	what = 'set',
): Value {
	if (present === null || present === undefined || typeof present === 'string') return text;
	if (typeof present === 'boolean') {
		if (text === 'true' || text === 'false') return text === 'true';
		throw new Problem('value-misfit', `${path} is true or false, not "${text}"`, {
			hint: (say) => `Or force the type: ${say(what, `${path}:="${text}"`)}`,
		});
	}
	if (typeof present === 'number' || isLossless(present)) {
		if (isNumber(text) && (what === 'tamper' || String(Number(text)) === text))
			return exactNumber(text);
		const why = isNumber(text)
			? `is a number, and ${text} would be sent as ${Number(text)}`
			: `is a number, not "${text}"`;
		const asText = `${path}:="${text}"`;
		throw new Problem('value-misfit', `${path} ${why}`, {
			hint: (say) =>
				isNumber(text)
					? `${say(what, `${path}:=${text}`)} writes it so in JSON, ${say(what, asText)} as text.`
					: `Force the type: ${say(what, asText)}`,
		});
	}
	throw new Problem(
		'value-misfit',
		`${path} is ${Array.isArray(present) ? 'an array' : 'an object'}`,
		{
			hint: (say) => `Set a field of it, or the whole as JSON: ${say(what, `${path}:={…}`)}`,
		},
	);
}
