import { isNumber, LosslessNumber, parse } from 'lossless-json';
import { Problem } from '../model/problem.ts';
import type { Value } from '../model/value.ts';

/** `path=text` keeps the type that is there; `path:=json` says the type itself. */
export type Assignment =
	| { readonly path: string; readonly text: string }
	| { readonly path: string; readonly json: Value };

/** @throws Problem `usage` when there is no `=`, `value-misfit` when the text after `:=` is not JSON */
export function parseAssignment(argument: string, flag: string): Assignment {
	const equals = argument.indexOf('=');
	if (equals <= 0 || argument.startsWith(':=')) {
		throw new Problem('usage', `${flag} "${argument}" is not an assignment`, {
			hint: `Write ${flag} path=value, or ${flag} path:=json.`,
		});
	}
	const right = argument.slice(equals + 1);
	if (argument[equals - 1] !== ':') return { path: argument.slice(0, equals), text: right };
	return { path: argument.slice(0, equals - 1), json: parseJson(right, `${flag} ${argument}`) };
}

/**
 * JSON with its numbers as they are written: `60.00` and twenty digits survive.
 *
 * @throws Problem `value-misfit`
 */
export function parseJson(text: string, what: string, code: 'value-misfit' | 'body-invalid' = 'value-misfit'): Value {
	try {
		return parse(text, null, { parseNumber: exactNumber, onDuplicateKey: ({ newValue }) => newValue }) as Value;
	} catch (cause) {
		const quoted = /^[\w .+:@/-]*$/.test(text.trim()) ? ` Text needs quotes: '"${text.trim()}"'.` : '';
		throw new Problem(code, `${what}: not JSON (${(cause as Error).message})`, {
			hint: `Write valid JSON.${quoted}`,
			cause,
		});
	}
}

/** A plain number where JavaScript prints it back the same, the written text otherwise. */
export function exactNumber(text: string): number | LosslessNumber {
	const number = Number(text);
	return String(number) === text ? number : new LosslessNumber(text);
}

/**
 * A typed value as JSON of the type that stands at the path now.
 *
 * @throws Problem `value-misfit`
 */
export function inTypeOf(present: Value | undefined, text: string, path: string): Value {
	if (present === null || present === undefined || typeof present === 'string') return text;
	if (typeof present === 'boolean') {
		if (text === 'true' || text === 'false') return text === 'true';
		throw new Problem('value-misfit', `${path} is true or false, not "${text}"`, {
			hint: `Or force the type: --set '${path}:="${text}"'`,
		});
	}
	if (typeof present === 'number' || 'isLosslessNumber' in present) {
		if (isNumber(text) && String(Number(text)) === text) return Number(text);
		const why = isNumber(text)
			? `is a number, and ${text} would be sent as ${Number(text)}`
			: `is a number, not "${text}"`;
		const options = isNumber(text)
			? `--set '${path}:=${text}' writes it so in JSON, --set '${path}:="${text}"' as text.`
			: `Force the type: --set '${path}:="${text}"'`;
		throw new Problem('value-misfit', `${path} ${why}`, { hint: options });
	}
	throw new Problem('value-misfit', `${path} is ${Array.isArray(present) ? 'an array' : 'an object'}`, {
		hint: `Set a field of it, or the whole as JSON: --set '${path}:={…}'`,
	});
}
